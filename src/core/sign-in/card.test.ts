/** Signing in with the citizen card: what it opens, for whom, and what it is worth. */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf, expectOk, openCoreWorld, refusedCard, someVisitor } from "../../../tests/world/core-world.ts";
import { asking, createCardStories, createSignInStories, refusalOf } from "../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { cards, db, outside, sessions, signIn } = world;
const { stepOf } = createSignInStories(world);
const { registered, carried, ticketFor, bring, sign, show, enter, requestsOf, sessionsOf } = createCardStories(world);

test("somebody who never had a key signs in with the card, at level 4", async () => {
  const [person, visitor] = [registered(), someVisitor()];
  const id = await world.ask(visitor, {
    level: 4,
    reference: "by card",
    attributes: asking("name", "civil_id", "email", "phone"),
  });
  const shown = await show(id, visitor, cardOf(person));
  expectOk(shown);
  const signedIn = { ...visitor, signedIn: shown.signedIn };
  const seen = await signIn.view(id, signedIn);
  assert.ok(seen.ok && seen.view.step === "consent");
  assert.deepEqual(
    seen.view.consent?.attributes.map(({ name, value }) => [name, value]),
    [
      ["name", person.name],
      ["civil_id", person.civilId],
      ["email", null],
      ["phone", null],
    ],
  );
  assert.equal(await signIn.answer("by card", signedIn), null, "nothing before consent");
  expectOk(await signIn.decide(id, signedIn, "authorise", []));
  const answer = await signIn.answer("by card", signedIn);
  assert.ok(answer?.outcome === "authorised");
  assert.equal(answer.level, 4);
  assert.deepEqual(answer.attributes, { name: person.name, civil_id: person.civilId });
});

test("by Web eID likewise", async () => {
  const [person, visitor] = [registered(), someVisitor()];
  const id = await world.ask(visitor, { level: 4 });
  const asked = await signIn.by["citizen-card"].ask(id, visitor, "/back");
  expectOk(asked);
  const shown = await sign(id, visitor, asked.question.nonce, cardOf(person));
  expectOk(shown);
  assert.equal(await stepOf(id, { ...visitor, signedIn: shown.signedIn }), "consent");
});

test("what the registry says now is kept of the person, over what was known before", async () => {
  const person = registered();
  await enter(person);
  outside.people.set(person.civilId, { ...person, taxNumber: "299999990" });
  const { answer } = await enter(person, someVisitor(), { attributes: asking("tax_number") });
  assert.deepEqual(answer.attributes, { tax_number: "299999990" });
  assert.equal((await db`select id from citizens.citizen where civil_id = ${person.civilId}`).length, 1);
});

test("phone and e-mail of a key in use are told with the card too; those of a key that may not be used are not", async () => {
  const { person, phone } = await world.openKey();
  const ask = { attributes: [{ name: "phone", required: true }] } as const;
  assert.deepEqual((await enter(person, someVisitor(), ask)).answer.attributes, { phone });
  const standings = {
    frozen: ["frozen", 0, 0],
    "locked by PINs": ["active", 10, 0],
    "locked by codes": ["active", 0, 3],
  } as const;
  for (const [what, [state, failures, codeFailures]] of Object.entries(standings)) {
    await db`
      update mobile_keys.key set state = ${state}, owner_failures = ${failures}, code_failures = ${codeFailures}
      where phone = ${phone}`;
    assert.deepEqual((await enter(person, someVisitor(), ask)).answer.attributes, {}, what);
  }
  const applied = await world.activateByLetter();
  assert.deepEqual(
    (await enter(applied.person, someVisitor(), ask)).answer.attributes,
    {},
    "a key still waiting for its letter",
  );
});

test("a sign-in with the card touches no key: no count, no last use, no browser, no message", async () => {
  const { person, phone } = await world.openKey();
  await db`update mobile_keys.key set owner_failures = 10 where phone = ${phone}`;
  const before = await db`select * from mobile_keys.key where phone = ${phone}`;
  const [messages, browsers] = [world.smsTo(phone).length, await db`select browser_hash from mobile_keys.browser`];
  await enter(person);
  await world.runDue();
  assert.deepEqual(await db`select * from mobile_keys.key where phone = ${phone}`, before);
  assert.equal(world.smsTo(phone).length, messages);
  assert.equal((await db`select browser_hash from mobile_keys.browser`).length, browsers.length);
});

test("a portal that asks level 4 is not reached by phone and PIN, and no try is counted", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor, { level: 4 });
  assert.equal(refusalOf(await signIn.identify(id, owner.visitor, { ...owner, pin: "628053" })), "sign-in.card-only");
  const [key] = await db`select owner_failures from mobile_keys.key where phone = ${owner.phone}`;
  assert.equal(key?.["owner_failures"], 0);
  assert.equal(await stepOf(id, owner.visitor), "identify");
});

test("a session opened by the card spares the card at level 4 and below; one opened by a key never spares it", async () => {
  const { person, ...owner } = await world.openKey();
  const { visitor } = await enter(person, owner.visitor);
  for (const level of [4, 3, 2, 1] as const)
    assert.equal(await stepOf(await world.ask(visitor, { level }), visitor), "consent", String(level));
  const more = await world.ask(visitor, { level: 2, attributes: asking("civil_id") });
  assert.equal(await stepOf(more, visitor), "identify", "other attributes");
  assert.equal(await stepOf(await world.ask(visitor, { level: 4, fresh: true }), visitor), "identify", "fresh");

  const byKey = await world.signInto(visitor, { ...owner, pin: owner.pin }, [], { fresh: true });
  assert.equal(await stepOf(await world.ask(byKey.visitor, { level: 4 }), byKey.visitor), "identify");
  assert.equal(await stepOf(await world.ask(byKey.visitor, { level: 3 }), byKey.visitor), "consent");
  assert.equal(
    await stepOf(await world.ask(visitor, { level: 3 }), visitor),
    "identify",
    "the card's session ended with the key's",
  );
});

test("the session that the browser had before ends with the card's, and its secret with it", async () => {
  const [one, other] = [registered(), registered()];
  const first = await enter(one);
  const second = await enter(other, first.visitor, { fresh: true });
  assert.notEqual(second.visitor.signedIn, first.visitor.signedIn);
  assert.equal((await sessionsOf(one.civilId)).length, 0);
  assert.equal(await stepOf(await world.ask(first.visitor), first.visitor), "identify");
});

test("signed out between card and consent, nothing is told", async () => {
  const [person, visitor] = [registered(), someVisitor()];
  const id = await world.ask(visitor, { level: 4 });
  const shown = await show(id, visitor, cardOf(person));
  expectOk(shown);
  const signedIn = { ...visitor, signedIn: shown.signedIn };
  await sessions.signOut(signedIn);
  assert.equal(refusalOf(await signIn.decide(id, signedIn, "authorise", [])), "sign-in.gone");
});

test("asking for a card keeps nothing of a carried sign-in, a refused card neither; the right one does", async () => {
  const person = registered();
  const { id, visitor } = await carried();
  assert.ok(visitor.slip);
  for (const refusal of ["card.absent", "card.expired", "card.revoked", "card.status-unavailable"] as const) {
    assert.equal(refusalOf(await show(id, visitor, refusal === "card.absent" ? null : refusedCard(refusal))), refusal);
    assert.deepEqual(await requestsOf(id), [], refusal);
  }
  const shown = await show(id, visitor, cardOf(person));
  expectOk(shown);
  assert.deepEqual(await requestsOf(id), [{ step: "consent", key_id: null }]);
  const decided = await signIn.decide(id, { ...visitor, signedIn: shown.signedIn }, "authorise", []);
  assert.ok(decided.ok && "redirect" in decided.to && decided.to.redirect === "https://portal.example/authorised");
});

test("after a card that was refused, the key still serves where its level does", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await carried(owner.visitor, { level: 3 });
  assert.equal(refusalOf(await show(id, visitor, null)), "card.absent");
  expectOk(await signIn.identify(id, visitor, owner));
  assert.equal(refusalOf(await signIn.by["citizen-card"].ask(id, visitor, "/back")), "sign-in.out-of-step");
});

test("two presentations at once: one question is heard at the door, and one answer opens one session", async () => {
  const person = registered();
  const kept = async (visitor = someVisitor()) => ({ visitor, id: await world.ask(visitor, { level: 4 }) });
  for (const begin of [carried, kept]) {
    const { id, visitor } = await begin();
    const before = (await sessionsOf(person.civilId)).length;
    const ticket = await ticketFor(id, visitor, cardOf(person));
    const brought = await Promise.all(Array.from({ length: 10 }, () => bring(id, visitor, ticket)));
    assert.equal(brought.filter(({ ok }) => ok).length, 1);
    assert.equal((await sessionsOf(person.civilId)).length, before + 1);
  }
});

test("two cards in two windows of one browser: the sign-in is of the first, and the second opens nothing", async () => {
  const [one, other, visitor] = [registered(), registered(), someVisitor()];
  const id = await world.ask(visitor, { level: 4 });
  // Both judged while the sign-in still waits: the door took the second question before the first answer came back.
  const proofs = [await ticketFor(id, visitor, cardOf(one))];
  const asked = await signIn.by["citizen-card"].ask(id, visitor, "/back");
  expectOk(asked);
  const nonce = asked.question.nonce;
  const outcomes = await Promise.all([bring(id, visitor, proofs[0] ?? ""), sign(id, visitor, nonce, cardOf(other))]);
  assert.deepEqual(outcomes.map(refusalOf), ["card.gone", "none"], "asking anew ended the first question");
  assert.equal((await sessionsOf(one.civilId)).length, 0);
});

test("phone and PIN and the card race for one sign-in: it is of one of them, wholly", async () => {
  for (let round = 0; round < 5; round++) {
    const owner = await world.openKey();
    const holder = registered();
    const { id, visitor } = await carried(owner.visitor, { level: 3 });
    const ticket = await ticketFor(id, visitor, cardOf(holder));
    const [byKey, byCard] = await Promise.all([signIn.identify(id, visitor, owner), bring(id, visitor, ticket)]);
    assert.equal([byKey, byCard].filter(({ ok }) => ok).length, 1);
    const [row] =
      await db`select step, key_id is null as bare, citizen_id, signed_in_id is null as closed from sign_in.request where id = ${id}`;
    if (byCard.ok) assert.deepEqual([row?.["step"], row?.["bare"], row?.["closed"]], ["consent", true, false]);
    else assert.deepEqual([row?.["step"], row?.["bare"], row?.["closed"]], ["code", false, true]);
    assert.equal((await sessionsOf(holder.civilId)).length, byCard.ok ? 1 : 0);
  }
});

test("a registry that does not answer ends nothing: the same person comes again", async () => {
  const [person, { id, visitor }] = [registered(), await carried()];
  outside.away.add("registry");
  assert.equal(refusalOf(await show(id, visitor, cardOf(person))), "registry.unavailable");
  outside.away.delete("registry");
  expectOk(await show(id, visitor, cardOf(person)));
});

test("killed between proof and session, the proof is spent and nothing is open; the card serves again", async () => {
  const [person, { id, visitor }] = [registered(), await carried()];
  const ticket = await ticketFor(id, visitor, cardOf(person));
  // What a process that dies then has done: the card was heard, nobody came in.
  expectOk(await cards.identifyByCard({ session: visitor.session, act: "sign-in", subject: id }, { kind: "ticket", ticket }));
  assert.equal(refusalOf(await bring(id, visitor, ticket)), "card.gone");
  assert.deepEqual(await requestsOf(id), []);
  expectOk(await show(id, visitor, cardOf(person)));
});

test("the person's history says that it was the card, and the auditor's chain holds", async () => {
  const { answer } = await enter(registered());
  const told = await db`select kind, detail from activity.event where citizen_id = ${answer.citizenId}`;
  assert.deepEqual(told, [{ kind: "sign-in.authorised", detail: { attributes: ["name"], by: "citizen-card" } }]);
  await world.activity.seal();
  assert.equal((await world.activity.check()).broken, null);
});

test("what the card said is nowhere in the clear", async () => {
  const { id, visitor } = await carried();
  const person = registered({ name: "Zulmira Rara Exemplar" });
  expectOk(await show(id, visitor, cardOf(person)));
  const [kept] = await db<{ all: string }>`
    select r::text || q::text as all from sign_in.request r join citizen_cards.question q on q.subject = r.id where r.id = ${id}`;
  assert.ok(kept);
  for (const secret of ["Zulmira", person.civilId])
    assert.ok(!kept.all.includes(secret) && !kept.all.includes(Buffer.from(secret).toString("hex")));
});

test("a lane that strangers have closed opens when the owner comes with the card; a lock of the key itself stays", async () => {
  const owner = await world.openKey();
  const tryFrom = async ({ browser }: Visitor) => (await world.keys.checkPin(owner.phone, owner.pin, browser)).right;
  await db`update mobile_keys.key set stranger_failures = 10 where phone = ${owner.phone}`;
  assert.equal(await tryFrom(someVisitor()), false);
  await enter(owner.person);
  assert.equal(await tryFrom(someVisitor()), true);
  await db`update mobile_keys.key set owner_failures = 10, stranger_failures = 10 where phone = ${owner.phone}`;
  await enter(owner.person);
  assert.equal(await tryFrom(someVisitor()), false);
  assert.equal(await tryFrom(owner.visitor), false);
});
