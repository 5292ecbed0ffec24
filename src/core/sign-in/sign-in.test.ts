import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenPin, expectOk, healthPortal, openCoreWorld, someVisitor, taxPortal } from "../../../tests/world/core-world.ts";
import { asking, createSignInStories, refusalOf } from "../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { clock, db, signIn } = world;
const { stepOf, smsSince } = createSignInStories(world);

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
