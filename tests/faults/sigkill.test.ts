/** SIGKILL after each step that was acknowledged to the person: what they were told stays true, and nothing happens twice. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeIn, hubJson, newPerson, smsSeen } from "../journeys/country.ts";
import type { Person, Sms } from "../journeys/country.ts";
import { identify, identifyAndGetCode, letters, reachContact, startSession, temporaryPin } from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import type { Visitor } from "../journeys/visitor.ts";
import { until } from "../world/patience.ts";
import { startMortalCountry } from "./mortal-country.ts";
import type { MortalCountry } from "./mortal-country.ts";
import { livingKeyOf, printedAt } from "./remains.ts";

const pin = "739158";
let mortal: MortalCountry;

before(async () => {
  mortal = await startMortalCountry();
});
after(() => mortal.remove());

/** The page, as its owner finds it again after the country has died and risen. */
async function dieAt(visitor: Visitor, name: string): Promise<void> {
  assert.equal(visitor.page.name, name, visitor.page.text);
  const { url } = visitor.page;
  await mortal.dieAndRise();
  await visitor.go(url);
  assert.equal(visitor.page.name, name, visitor.page.text);
}

/** The code that a message brought which may have been sent again: the same digits, and no more often than there were deaths. */
async function codeAfterDeath(phone: string, seen: ReadonlySet<string>): Promise<string> {
  await mortal.outliveLeases();
  let fresh: Sms[] = [];
  await until(`a code for ${phone}`, async () => {
    const all = await hubJson<Sms[]>(mortal.alive, `/phones/${encodeURIComponent(phone)}/messages`);
    fresh = all.filter((sms) => !seen.has(sms.id) && codeIn(sms) !== "");
    return fresh.length > 0;
  });
  assert.ok(fresh.length <= 2, `${String(fresh.length)} messages for one death`);
  const [code = "", ...others] = new Set(fresh.map(codeIn));
  assert.deepEqual(others, [], "two codes were sent for one");
  return code;
}

test("killed after every step of the story, the country goes on where each person was told they are", async (t) => {
  const person: Person = await newPerson(mortal.alive);
  const visitor = createVisitor();
  let temporary = "";

  await t.test("begin activation: the tax authority forgot too, so it is begun anew", async () => {
    await visitor.go(`${mortal.alive.url}/activate/tax-authority`);
    await visitor.submit({});
    await mortal.dieAndRise();
  });

  await t.test("returned from the tax authority", async () => {
    await reachContact(mortal.alive, visitor, person);
    await dieAt(visitor, "activation-contact");
  });

  await t.test("contact given: the code arrives all the same", async () => {
    const seen = await smsSeen(mortal.alive, person.phone);
    await visitor.submit({ phone: person.phone, consent: "yes" });
    await dieAt(visitor, "activation-code");
    const code = await codeAfterDeath(person.phone, seen);
    const confirm = visitor.prepare({ code });
    await visitor.submit({ code });
    const reference = /CH-\w{4}-\w{4}/.exec(visitor.page.text)?.[0];
    await dieAt(visitor, "activation-done");
    const again = await confirm();
    assert.equal(again.name, "activation-done", "a code pressed twice leads to what it did the first time");
    assert.equal(/CH-\w{4}-\w{4}/.exec(again.text)?.[0], reference);
  });

  await t.test("letter handed to the post", async () => {
    await mortal.outliveLeases();
    await until("a printed letter", () => printedAt(mortal.place).length === 1);
    await mortal.dieAndRise();
    await mortal.outliveLeases();
    temporary = await temporaryPin(mortal.alive, person);
    const { letters: ours } = await mortal.dieAndRise();
    assert.deepEqual(
      ours.map(({ wiped }) => wiped),
      [true],
    );
    assert.equal((await letters(mortal.alive, person)).length, 1, "delivered, and still in the letterbox");
  });

  await t.test("a wrong PIN stays counted", async () => {
    const stranger = createVisitor();
    await identify(mortal.alive, stranger, person.phone, "48151623");
    assert.equal(stranger.page.refusal, "sign-in.refused");
    assert.equal(livingKeyOf(await mortal.dieAndRise(), person.civilId)?.strangerFailures, 1);
  });

  await t.test("first sign-in: phone and temporary PIN, code, new PIN", async () => {
    await startSession(mortal.alive, visitor);
    const seen = await smsSeen(mortal.alive, person.phone);
    await visitor.submit({ phone: person.phone, pin: temporary });
    await dieAt(visitor, "sign-in-code");
    const confirm = visitor.prepare({ code: await codeAfterDeath(person.phone, seen) });
    await confirm();
    await visitor.go(visitor.page.url);
    await dieAt(visitor, "sign-in-new-pin");
    assert.equal((await confirm()).name, "sign-in-new-pin", "the same code proves nothing twice");
    const choose = visitor.prepare({ pin_new: pin, pin_repeat: pin });
    await choose();
    await visitor.go(visitor.page.url);
    await dieAt(visitor, "sign-in-consent");
    assert.equal((await choose()).name, "sign-in-consent");
  });

  await t.test("consent given: the portal forgot its visit, and the session still spares the PIN", async () => {
    await visitor.submit({ decision: "authorise" });
    await mortal.dieAndRise();
    await visitor.go(mortal.alive.demoPortal);
    await visitor.submit({});
    assert.equal(visitor.page.name, "sign-in-consent", visitor.page.text);
    await visitor.submit({ decision: "authorise" });
    assert.equal(visitor.page.name, "portal-signed-in", visitor.page.text);
  });

  await t.test("the temporary PIN is dead, the chosen one lives", async () => {
    const other = createVisitor();
    await identify(mortal.alive, other, person.phone, temporary);
    assert.equal(other.page.refusal, "sign-in.refused");
    await other.submit({ code: await identifyAndGetCode(mortal.alive, other, person.phone, pin) });
    await other.submit({ decision: "authorise" });
    assert.equal(other.page.name, "portal-signed-in", other.page.text);
    assert.equal(livingKeyOf(await mortal.dieAndRise(), person.civilId)?.state, "active");
  });
});
