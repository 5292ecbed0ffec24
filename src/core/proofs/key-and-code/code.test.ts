/** The code: counted, expired, sent again; and what a right one proves when the world has moved on meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, openCoreWorld, someVisitor } from "../../../../tests/world/core-world.ts";
import { createSignInStories, refusalOf, wrongFor } from "../../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { clock, db, signIn } = world;
const { stepOf, smsSince } = createSignInStories(world);

test("three wrong codes lock the key, and the owner hears of it once", async () => {
  const owner = await world.openKey();
  const { id, outcome } = await world.identify(owner.visitor, owner);
  expectOk(outcome);
  const code = await world.codeTo(owner.phone);
  const told = await smsSince(owner.phone, async () => {
    assert.deepEqual(await signIn.confirm(id, owner.visitor, wrongFor(code)), {
      ok: false,
      refusal: "code.wrong",
      triesLeft: 2,
    });
    assert.deepEqual(await signIn.confirm(id, owner.visitor, wrongFor(code)), {
      ok: false,
      refusal: "code.wrong",
      triesLeft: 1,
    });
    for (let time = 0; time < 4; time++)
      assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, time < 2 ? wrongFor(code) : code)), "code.used-up");
  });
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /bloqueada/);
  assert.equal(refusalOf((await world.identify(owner.visitor, owner)).outcome), "sign-in.refused");
  const events =
    await db`select from activity.event e join mobile_keys.key k using (citizen_id) where phone = ${owner.phone} and e.kind = 'key.locked'`;
  assert.equal(events.length, 1);
});

test("wrong codes count over all sign-ins since the last success: no more by beginning anew, and the third is told as the last", async () => {
  const owner = await world.openKey();
  const first = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  for (const triesLeft of [2, 1])
    assert.deepEqual(await signIn.confirm(first.id, owner.visitor, wrongFor(code)), {
      ok: false,
      refusal: "code.wrong",
      triesLeft,
    });
  const second = await world.identify(owner.visitor, owner);
  const other = await world.codeTo(owner.phone);
  const told = await smsSince(owner.phone, async () => {
    assert.equal(refusalOf(await signIn.confirm(second.id, owner.visitor, wrongFor(other))), "code.used-up");
  });
  assert.match(told.join(), /bloqueada/);
});

test("an expired code sends back to phone and PIN, and was no guess", async () => {
  const owner = await world.openKey();
  const { id } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  clock.advance("PT5M");
  assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, code)), "code.expired");
  assert.equal(await stepOf(id, owner.visitor), "identify");
  for (let time = 0; time < 3; time++) {
    expectOk(await signIn.identify(id, owner.visitor, owner));
    clock.advance("PT5M");
    assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, wrongFor(code))), "code.expired");
  }
  expectOk(await signIn.identify(id, owner.visitor, owner));
  expectOk(await signIn.confirm(id, owner.visitor, await world.codeTo(owner.phone)));
});

test("another code after 30 seconds, twice; the new one kills the old", async () => {
  const owner = await world.openKey();
  const { id } = await world.identify(owner.visitor, owner);
  const first = await world.codeTo(owner.phone);
  const tooSoon = await signIn.resend(id, owner.visitor);
  assert.ok(!tooSoon.ok && tooSoon.refusal === "code.too-soon" && tooSoon.until !== undefined);
  clock.advance("PT30S");
  expectOk(await signIn.resend(id, owner.visitor));
  clock.advance("PT30S");
  expectOk(await signIn.resend(id, owner.visitor));
  const last = await world.codeTo(owner.phone);
  clock.advance("PT30S");
  assert.equal(refusalOf(await signIn.resend(id, owner.visitor)), "code.no-more");
  if (first !== last) assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, first)), "code.wrong");
  expectOk(await signIn.confirm(id, owner.visitor, last));
});

test("a proof found good while the sign-in went on with another key proves nothing for that key", async () => {
  const [attacker, victim] = [await world.openKey(), await world.openKey()];
  const { id } = await world.identify(attacker.visitor, attacker);
  const code = await world.codeTo(attacker.phone);
  // What happens between the judging of the code and the transaction: it expires, and somebody else's phone and PIN are given.
  const { compare } = world.codes;
  world.codes.compare = async (...given) => {
    const checked = await compare(...given);
    world.codes.compare = compare;
    clock.advance("PT5M");
    assert.equal(refusalOf(await signIn.confirm(id, attacker.visitor, code)), "code.expired");
    expectOk(await signIn.identify(id, attacker.visitor, victim));
    return checked;
  };
  assert.equal(refusalOf(await signIn.confirm(id, attacker.visitor, code)), "sign-in.out-of-step");
  assert.equal(await stepOf(id, attacker.visitor), "code");
});

test("a key frozen between the PIN and the code, or before consent, proves nothing", async () => {
  const owner = await world.openKey();
  const freeze = () => db`update mobile_keys.key set state = 'frozen' where phone = ${owner.phone}`;
  const thaw = () => db`update mobile_keys.key set state = 'active' where phone = ${owner.phone}`;
  const { id } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  await freeze();
  assert.equal(refusalOf(await signIn.resend(id, owner.visitor)), "sign-in.gone");
  assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, code)), "sign-in.gone");
  await thaw();
  const proven = await world.prove(owner.visitor, owner);
  await freeze();
  assert.equal(refusalOf(await signIn.decide(proven.id, proven.visitor, "authorise", [])), "sign-in.gone");
  const next = await world.ask(proven.visitor);
  assert.equal(await stepOf(next, proven.visitor), "identify", "nor does the session spare the PIN");
  expectOk(await signIn.decide(proven.id, proven.visitor, "refuse", []));
});

test("a new browser is told to the owner", async () => {
  const owner = await world.openKey();
  const stranger = someVisitor();
  const told = await smsSince(owner.phone, () => world.signInto(stranger, owner));
  assert.ok(told.some((text) => text.includes("dispositivo novo")));
  clock.advance("PT1S");
  const again = await smsSince(owner.phone, () => world.signInto(stranger, owner));
  assert.ok(!again.some((text) => text.includes("dispositivo novo")));
});
