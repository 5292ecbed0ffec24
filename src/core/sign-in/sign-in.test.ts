import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  chosenPin,
  expectOk,
  healthPortal,
  openCoreWorld,
  somePhone,
  someVisitor,
  taxPortal,
} from "../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { clock, db, sessions, signIn } = world;
const wrongPin = "628053";

const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);
const asking = (...names: AttributeName[]): RequestedAttribute[] => names.map((name) => ({ name, required: true }));

async function stepOf(id: string, visitor: Parameters<typeof signIn.view>[1]): Promise<string> {
  const seen = await signIn.view(id, visitor);
  return seen.ok ? seen.view.step : seen.refusal;
}

async function smsSince(phone: string, act: () => Promise<unknown>): Promise<string[]> {
  await world.runDue();
  const before = world.smsTo(phone).length;
  await act();
  await world.runDue();
  return world.smsTo(phone).slice(before);
}

test("phone, PIN, code, consent: the portal is told what was authorised, once", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor, {
    reference: "a reference",
    attributes: [...asking("name", "tax_number"), { name: "email", required: false }],
  });
  assert.equal(await stepOf(id, owner.visitor), "identify");
  expectOk(await signIn.identify(id, owner.visitor, owner));
  const code = await world.codeTo(owner.phone);
  assert.match(world.smsTo(owner.phone).at(-1) ?? "", /ENTRAR em "Portal dos Impostos"/);
  const confirmed = await signIn.confirm(id, owner.visitor, code);
  expectOk(confirmed);
  const visitor = { ...owner.visitor, signedIn: confirmed.signedIn };
  const seen = await signIn.view(id, visitor);
  assert.ok(seen.ok && seen.view.consent);
  assert.equal(seen.view.consent.name, owner.person.name);
  assert.deepEqual(
    seen.view.consent.attributes.map(({ name, value }) => [name, value]),
    [
      ["name", owner.person.name],
      ["tax_number", owner.person.taxNumber],
      ["email", null],
    ],
  );
  assert.equal(await signIn.answer("a reference", visitor), null, "nothing before consent");
  expectOk(await signIn.decide(id, visitor, "authorise", ["email"]));
  assert.equal(await signIn.answer("a reference", someVisitor()), null, "another browser");
  const answers = await Promise.all([signIn.answer("a reference", visitor), signIn.answer("a reference", visitor)]);
  const [answer, ...others] = answers.filter((one) => one !== null);
  assert.deepEqual(others, []);
  assert.ok(answer?.outcome === "authorised");
  assert.deepEqual(answer.attributes, { name: owner.person.name, tax_number: owner.person.taxNumber });
  assert.deepEqual([answer.level, answer.portalId], [3, "tax-portal"]);
  assert.equal(await signIn.answer("a reference", visitor), null);
  const [row] = await db`select profile, answer from sign_in.request where id = ${id}`;
  assert.deepEqual(row, { profile: null, answer: null });
});

test("the first sign-in forces a new PIN before anything is told", async () => {
  const applied = await world.activateByLetter();
  const reference = "first sign-in";
  const { id, visitor } = await world.prove(applied.visitor, applied, { reference });
  assert.equal(visitor.signedIn, null, "no session yet");
  assert.equal(await stepOf(id, visitor), "new-pin");
  assert.equal(refusalOf(await signIn.decide(id, visitor, "authorise", [])), "sign-in.out-of-step");
  assert.equal(await signIn.answer(reference, visitor), null);
  assert.equal(refusalOf(await signIn.choosePin(id, visitor, "1234")), "pin.run");
  assert.equal(refusalOf(await signIn.choosePin(id, visitor, "210587")), "pin.birth-date");
  assert.equal(refusalOf(await signIn.choosePin(id, visitor, applied.phone.slice(-4))), "pin.phone");
  assert.notEqual(refusalOf(await signIn.choosePin(id, visitor, applied.pin)), "none");
  const chosen = await signIn.choosePin(id, visitor, chosenPin);
  expectOk(chosen);
  const inside = { ...visitor, signedIn: chosen.signedIn };
  assert.equal(await stepOf(id, inside), "consent");
  expectOk(await signIn.decide(id, inside, "authorise", []));
  assert.equal((await signIn.answer(reference, visitor))?.outcome, "authorised");
  assert.equal(refusalOf((await world.identify(visitor, applied)).outcome), "sign-in.refused", "the temporary PIN is dead");
});

test("at our own door too the letter's PIN is replaced first, and then nothing is consented to", async () => {
  const applied = await world.activateByLetter();
  const { id, slip } = await world.reservedArea.enter(applied.visitor, "/reserved-area", "key-or-card");
  const carrying = { ...applied.visitor, slip };
  expectOk(await signIn.identify(id, carrying, applied));
  expectOk(await signIn.confirm(id, carrying, await world.codeTo(applied.phone)));
  assert.equal(await stepOf(id, carrying), "new-pin");
  const chosen = await signIn.choosePin(id, carrying, chosenPin);
  expectOk(chosen);
  assert.equal(await stepOf(id, { ...carrying, signedIn: chosen.signedIn }), "finished");
});

test("a new PIN pressed twice is chosen once, and the second press finds the next step", async () => {
  const applied = await world.activateByLetter();
  const { id, visitor } = await world.prove(applied.visitor, applied);
  const pressed = await Promise.all([signIn.choosePin(id, visitor, chosenPin), signIn.choosePin(id, visitor, chosenPin)]);
  assert.deepEqual(pressed.map(refusalOf).toSorted(), ["none", "sign-in.out-of-step"]);
});

test("the new PIN left unchosen, the temporary one still serves, for nothing but being replaced", async () => {
  const applied = await world.activateByLetter();
  await world.prove(applied.visitor, applied);
  const again = await world.prove(applied.visitor, applied);
  assert.equal(await stepOf(again.id, again.visitor), "new-pin");
});

test("unknown, wrong, waiting, expired, frozen, locked: one answer; the owner hears the truth by SMS", async () => {
  const truths: readonly (readonly [string, (phone: string) => Promise<unknown>, RegExp | null])[] = [
    ["wrong", async () => undefined, null],
    ["expired", (phone) => db`update mobile_keys.key set valid_until = created_at where phone = ${phone}`, /documento/],
    ["frozen", (phone) => db`update mobile_keys.key set state = 'frozen' where phone = ${phone}`, /nao esta ativa/],
    ["locked", (phone) => db`update mobile_keys.key set owner_failures = 10 where phone = ${phone}`, /bloqueada/],
    ["locked by codes", (phone) => db`update mobile_keys.key set code_failures = 3 where phone = ${phone}`, /bloqueada/],
  ];
  for (const [what, happen, truth] of truths) {
    const owner = await world.openKey();
    await happen(owner.phone);
    const pin = what === "wrong" ? wrongPin : owner.pin;
    const told = await smsSince(owner.phone, async () => {
      const { id, outcome } = await world.identify(owner.visitor, { ...owner, pin });
      assert.deepEqual(outcome, { ok: false, refusal: "sign-in.refused" }, what);
      assert.equal(await stepOf(id, owner.visitor), "identify");
    });
    if (truth === null) assert.deepEqual(told, []);
    else assert.match(told.join(), truth);
  }
  assert.deepEqual((await world.identify(someVisitor(), { phone: somePhone(), pin: chosenPin })).outcome, {
    ok: false,
    refusal: "sign-in.refused",
  });
});

test("wrong PINs wait 5, 30 and 120 minutes and lock at 10, and the owner is told each time", async () => {
  const owner = await world.openKey();
  const waits = new Map([
    [3, 5],
    [5, 30],
    [7, 120],
  ]);
  for (let failure = 1; failure <= 10; failure++) {
    const told = await smsSince(owner.phone, () => world.identify(owner.visitor, { ...owner, pin: wrongPin }));
    const minutes = waits.get(failure);
    if (minutes !== undefined) {
      assert.match(told.join(), new RegExp(`dentro de ${minutes} min`));
      clock.advance(minutes * 60_000 - 1);
      assert.equal(refusalOf((await world.identify(owner.visitor, owner)).outcome), "sign-in.refused", "even the right PIN");
      clock.advance(1);
    } else if (failure === 10) assert.match(told.join(), /bloqueada/);
    else assert.deepEqual(told, []);
  }
  clock.advance("P30D");
  assert.equal(refusalOf((await world.identify(owner.visitor, owner)).outcome), "sign-in.refused");
});

test("a stranger who closes the strangers' lane does not keep the owner out", async () => {
  const owner = await world.openKey();
  for (let failure = 1; failure <= 12; failure++) {
    await world.identify(someVisitor(), { ...owner, pin: wrongPin });
    clock.advance("PT2H");
  }
  assert.equal(refusalOf((await world.identify(someVisitor(), owner)).outcome), "sign-in.refused");
  assert.ok((await world.signInto(owner.visitor, owner)).answer);
  expectOk((await world.identify(someVisitor(), owner)).outcome);
});

test("the phone hears at most five warnings a day, whatever strangers do", async () => {
  const owner = await world.openKey();
  await db`update mobile_keys.key set state = 'frozen' where phone = ${owner.phone}`;
  const told = await smsSince(owner.phone, async () => {
    for (let time = 0; time < 12; time++) await world.identify(someVisitor(), owner);
  });
  assert.equal(told.length, 5);
});

test("a network address that tries too much is stopped before any key is touched", async () => {
  const owner = await world.openKey();
  const { address } = someVisitor();
  for (let time = 0; time < 301; time++) await world.messages.countMiss(address);
  const stranger = someVisitor({ address });
  assert.equal(refusalOf((await world.identify(stranger, owner)).outcome), "address.too-many");
  const [row] = await db`select stranger_failures as failures from mobile_keys.key where phone = ${owner.phone}`;
  assert.deepEqual(row, { failures: 0 });
});

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

test("in another browser there is no such sign-in, whatever it does", async () => {
  const owner = await world.openKey();
  const { id } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  const thief = { ...someVisitor(), browser: owner.visitor.browser };
  const tried = [
    signIn.view(id, thief),
    signIn.identify(id, thief, owner),
    signIn.resend(id, thief),
    signIn.confirm(id, thief, code),
    signIn.choosePin(id, thief, chosenPin),
    signIn.decide(id, thief, "authorise", []),
    signIn.cancel(id, thief),
  ];
  for (const outcome of await Promise.all(tried)) assert.equal(refusalOf(outcome), "sign-in.gone");
  expectOk(await signIn.confirm(id, owner.visitor, code));
});

test("steps cannot be skipped", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor);
  for (const outcome of [
    await signIn.confirm(id, owner.visitor, "123456"),
    await signIn.resend(id, owner.visitor),
    await signIn.choosePin(id, owner.visitor, chosenPin),
    await signIn.decide(id, owner.visitor, "authorise", []),
  ])
    assert.equal(refusalOf(outcome), "sign-in.out-of-step");
  expectOk(await signIn.identify(id, owner.visitor, owner));
  assert.equal(refusalOf(await signIn.decide(id, owner.visitor, "authorise", [])), "sign-in.out-of-step");
  assert.equal(refusalOf(await signIn.identify(id, owner.visitor, owner)), "sign-in.out-of-step");
});

test("phone and PIN pressed twice send one code, and it is the right one", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor);
  const sent = await smsSince(owner.phone, async () => {
    const pressed = await Promise.all([signIn.identify(id, owner.visitor, owner), signIn.identify(id, owner.visitor, owner)]);
    assert.deepEqual(pressed.map(refusalOf).toSorted(), ["none", "sign-in.out-of-step"]);
  });
  assert.equal(sent.length, 1);
  expectOk(await signIn.confirm(id, owner.visitor, await world.codeTo(owner.phone)));
});

test("fifty right codes at the same moment open one session, and frighten nobody", async () => {
  const owner = await world.openKey();
  const { id } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  const told = await smsSince(owner.phone, async () => {
    const pressed = await Promise.all(Array.from({ length: 50 }, () => signIn.confirm(id, owner.visitor, code)));
    const right = pressed.filter((one) => one.ok);
    assert.equal(right.length, 1);
    assert.equal(await stepOf(id, { ...owner.visitor, signedIn: right[0]?.signedIn ?? null }), "consent");
  });
  assert.deepEqual(told, []);
  const sessions =
    await db`select from sessions.session s join mobile_keys.key k on k.id = s.key_id where phone = ${owner.phone} and s.seen_at = ${clock.now()}`;
  assert.equal(sessions.length <= 2, true);
  expectOk((await world.identify(owner.visitor, owner)).outcome);
});

test("a request that a browser brings twice is one sign-in, at the step it has reached, and nobody else's", async () => {
  const owner = await world.openKey();
  const asked = {
    portalId: taxPortal.id,
    attributes: asking("name"),
    level: 3,
    reference: "brought twice",
    returnTo: "/back",
    wayBack: "a-test",
    memory: "",
    fresh: false,
  } as const;
  const twice = await Promise.all([signIn.begin(asked, owner.visitor), signIn.begin(asked, owner.visitor)]);
  assert.deepEqual(twice[0], twice[1]);
  const { id } = twice[0];
  expectOk(await signIn.identify(id, owner.visitor, owner));
  assert.deepEqual(await signIn.begin(asked, owner.visitor), { id, step: "code", slip: null });
  for (const other of [
    await signIn.begin(asked, someVisitor()),
    await signIn.begin({ ...asked, portalId: healthPortal.id }, owner.visitor),
  ]) {
    assert.notEqual(other.id, id);
    assert.equal(await stepOf(other.id, owner.visitor), "sign-in.gone");
  }
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

test("a session spares the PIN for the same attributes at the same level or a lower one, never the consent", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner, [], { attributes: asking("name", "tax_number") });
  const cases = [
    ["the same", { attributes: asking("name", "tax_number") }, "consent"],
    ["another portal", { attributes: asking("name"), portalId: healthPortal.id }, "consent"],
    ["a lower level", { attributes: asking("name"), level: 2 }, "consent"],
    ["one more attribute", { attributes: asking("name", "email") }, "identify"],
    ["a higher level", { attributes: asking("name"), level: 4 }, "identify"],
    ["proof asked anew", { attributes: asking("name"), fresh: true }, "identify"],
  ] as const;
  for (const [what, asked, step] of cases) assert.equal(await stepOf(await world.ask(visitor, asked), visitor), step, what);
  assert.equal(
    await stepOf(await world.ask(owner.visitor, { attributes: asking("name") }), owner.visitor),
    "identify",
    "without its cookie",
  );
  const thief = someVisitor({ signedIn: "a secret that was guessed" });
  assert.equal(await stepOf(await world.ask(thief, { attributes: asking("name") }), thief), "identify");
});

test("a session ends after 60 minutes of silence, and after 8 hours whatever happens", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner);
  const step = async () => stepOf(await world.ask(visitor), visitor);
  for (let minutes = 59; minutes < 8 * 60; minutes += 59) {
    clock.advance("PT59M");
    assert.equal(await step(), "consent", `after ${minutes} minutes`);
  }
  clock.advance("PT8M");
  assert.equal(await step(), "identify");
  const again = await world.signInto(owner.visitor, owner);
  clock.advance("PT60M");
  assert.equal(await stepOf(await world.ask(again.visitor), again.visitor), "identify");
});

test("signing out ends the session, and what waits for consent in another tab", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner);
  const tab = await world.ask(visitor);
  await sessions.signOut(visitor);
  assert.equal(refusalOf(await signIn.decide(tab, visitor, "authorise", [])), "sign-in.gone");
  assert.equal(await stepOf(await world.ask(visitor), visitor), "identify");
});

test("a proof opens a new session and ends the browser's old one", async () => {
  const owner = await world.openKey();
  const first = await world.signInto(owner.visitor, owner);
  const second = await world.signInto(first.visitor, owner, [], { fresh: true });
  assert.notEqual(first.visitor.signedIn, second.visitor.signedIn);
  assert.equal(await stepOf(await world.ask(first.visitor), first.visitor), "identify");
  assert.equal(await stepOf(await world.ask(second.visitor), second.visitor), "consent");
});

test("what is granted is of what was asked, less what was unticked, however much is posted", async () => {
  const owner = await world.openKey();
  const attributes = [...asking("name"), { name: "tax_number", required: false }, { name: "phone", required: false }] as const;
  const { answer } = await world.signInto(owner.visitor, owner, ["phone", "birth_date", "civil_id"], { attributes });
  assert.ok(answer?.outcome === "authorised");
  assert.deepEqual(answer.attributes, { name: owner.person.name, phone: owner.phone });
});

test("a portal cannot ask what it is not registered for, nor can nobody ask", async () => {
  await assert.rejects(world.ask(someVisitor(), { attributes: asking("address") }));
  await assert.rejects(world.ask(someVisitor(), { portalId: "nobody" }));
});

test("a portal disabled during a sign-in hears nothing", async () => {
  const owner = await world.openKey();
  await world.portals.register({ ...taxPortal, id: "short-lived" });
  const { id, visitor } = await world.prove(owner.visitor, owner, { portalId: "short-lived" });
  await world.portals.disable("short-lived");
  assert.equal(refusalOf(await signIn.view(id, visitor)), "sign-in.gone");
  assert.equal(refusalOf(await signIn.decide(id, visitor, "authorise", [])), "sign-in.gone");
});

test("refused or left: the portal hears that, and nothing else", async () => {
  const owner = await world.openKey();
  const refused = await world.prove(owner.visitor, owner, { reference: "refused" });
  const decided = await Promise.all([
    signIn.decide(refused.id, refused.visitor, "refuse", []),
    signIn.decide(refused.id, refused.visitor, "authorise", []),
  ]);
  assert.equal(decided.filter(({ ok }) => ok).length, 1);
  const left = await world.ask(owner.visitor, { reference: "left" });
  expectOk(await signIn.cancel(left, owner.visitor));
  assert.deepEqual(await signIn.answer("left", owner.visitor), { outcome: "refused" });
  assert.equal(refusalOf(await signIn.identify(left, owner.visitor, owner)), "sign-in.out-of-step");
});

test("consent pressed twice is given once", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await world.prove(owner.visitor, owner);
  const pressed = await Promise.all([0, 1, 2].map(() => signIn.decide(id, visitor, "authorise", [])));
  assert.deepEqual(pressed.map(refusalOf).toSorted(), ["none", "sign-in.out-of-step", "sign-in.out-of-step"]);
});

test("a right code and leaving, at the same moment: one of them, never a fault", async () => {
  const owner = await world.openKey();
  const { id } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  const [confirmed] = await Promise.all([signIn.confirm(id, owner.visitor, code), signIn.cancel(id, owner.visitor)]);
  assert.ok(["none", "sign-in.out-of-step"].includes(refusalOf(confirmed)));
  assert.equal(await stepOf(id, owner.visitor), "finished");
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

test("a request is gone after half an hour, and an answer nobody fetched after five minutes", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor);
  clock.advance("PT30M");
  assert.equal(refusalOf(await signIn.identify(id, owner.visitor, owner)), "sign-in.gone");
  const { id: late, visitor } = await world.prove(owner.visitor, owner, { reference: "late" });
  expectOk(await signIn.decide(late, visitor, "authorise", []));
  clock.advance("PT5M");
  assert.equal(await signIn.answer("late", visitor), null);
  clock.advance("PT1S");
  await signIn.purge();
  assert.deepEqual(await db`select from sign_in.request where reference = 'late'`, []);
});
