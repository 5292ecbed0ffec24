/** Signing in with the citizen card: what it opens, for whom, and what it is worth in any other hands, order or moment. */
import type { AttributeName, Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  cardOf,
  expectOk,
  openCoreWorld,
  refusedCard,
  somePerson,
  someVisitor,
  taxPortal,
} from "../../../tests/world/core-world.ts";
import { fingerprint } from "#platform/fingerprint";

import type { SignIn, SignInRequest } from "./contract.ts";

type CardSignInRefusal = Extract<Awaited<ReturnType<SignIn["by"]["citizen-card"]["show"]>>, { ok: false }>["refusal"];

const world = await openCoreWorld();
const { cards, clock, db, outside, sessions, signIn } = world;
signIn.giveWayBack("test", (answer) =>
  Promise.resolve({ to: { redirect: `https://portal.example/${answer.outcome}` }, keep: [] }),
);

const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);
const asking = (...names: AttributeName[]) => names.map((name) => ({ name, required: true }));

function registered(changes: Parameters<typeof somePerson>[0] = {}) {
  const person = somePerson(changes);
  outside.people.set(person.civilId, person);
  return person;
}

/** One that its browser carries: nothing of it is kept yet. */
async function carried(visitor = someVisitor(), changes: Partial<SignInRequest> = {}) {
  const [reference, attributes] = [crypto.randomUUID(), asking("name")];
  const asked = {
    portalId: taxPortal.id,
    attributes,
    level: 4,
    reference,
    returnTo: "/back",
    wayBack: "test",
    memory: "",
    fresh: false,
  } as const;
  const begun = await signIn.begin({ ...asked, ...changes }, visitor);
  return { id: begun.id, visitor: { ...visitor, slip: begun.slip } };
}

/** From the question to what the card's door sends back with the browser. */
async function ticketFor(id: string, visitor: Visitor, card: string | null): Promise<string> {
  const asked = await signIn.by["citizen-card"].ask(id, visitor, `/sign-in/${id}/card/return`);
  expectOk(asked);
  const presented = await cards.present(asked.question.doorToken, card === null ? null : Buffer.from(card));
  expectOk(presented);
  assert.equal(presented.returnTo, `/sign-in/${id}/card/return`);
  return presented.ticket;
}

const bring = (id: string, visitor: Visitor, ticket: string) =>
  signIn.by["citizen-card"].show(id, visitor, { kind: "ticket", ticket });
const sign = (id: string, visitor: Visitor, nonce: string, card: string) =>
  signIn.by["citizen-card"].show(id, visitor, { kind: "web-eid", nonce, token: JSON.stringify({ signed: nonce, card }) });

async function show(id: string, visitor: Visitor, card: string | null) {
  return bring(id, visitor, await ticketFor(id, visitor, card));
}

async function stepOf(id: string, visitor: Visitor): Promise<string> {
  const seen = await signIn.view(id, visitor);
  return seen.ok ? seen.view.step : seen.refusal;
}

/** From the portal's question to its answer, with that card. */
async function enter(person: Parameters<typeof cardOf>[0], visitor = someVisitor(), changes: Partial<SignInRequest> = {}) {
  const reference = crypto.randomUUID();
  const id = await world.ask(visitor, { level: 4, ...changes, reference });
  const shown = await show(id, visitor, cardOf(person));
  expectOk(shown);
  const signedIn = { ...visitor, signedIn: shown.signedIn };
  expectOk(await signIn.decide(id, signedIn, "authorise", []));
  const answer = await signIn.answer(reference, signedIn);
  assert.ok(answer?.outcome === "authorised");
  return { id, answer, visitor: signedIn };
}

const requestsOf = (id: string) => db`select step, key_id from sign_in.request where id = ${id}`;
const sessionsOf = (civilId: string) =>
  db`select s.* from sessions.session s join citizens.citizen c on c.id = s.citizen_id where c.civil_id = ${civilId}`;

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

const hostile: Readonly<Record<string, () => Promise<CardSignInRefusal | "none">>> = {
  "a ticket brought again": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    const ticket = await ticketFor(id, visitor, cardOf(person));
    expectOk(await bring(id, visitor, ticket));
    assert.equal((await bring(id, visitor, ticket)).ok, false);
    await db`update sign_in.request set step = 'identify' where id = ${id}`;
    return refusalIn(await bring(id, visitor, ticket));
  },
  "a ticket in another browser's session": async () => {
    const [person, hers, his] = [registered(), await carried(), await carried()];
    const ticket = await ticketFor(hers.id, hers.visitor, cardOf(person));
    const refusal = refusalIn(await bring(his.id, his.visitor, ticket));
    assert.equal(refusalIn(await bring(hers.id, hers.visitor, ticket)), "card.gone", "burnt by it");
    return refusal;
  },
  "a victim's ticket that their own browser brought first, where nothing waits for it": async () => {
    const [victim, strangers, victims] = [registered(), await carried(), someVisitor()];
    const ticket = await ticketFor(strangers.id, strangers.visitor, cardOf(victim));
    assert.equal(refusalIn(await bring(strangers.id, victims, ticket)), "sign-in.gone");
    return refusalIn(await bring(strangers.id, strangers.visitor, ticket));
  },
  "a ticket of another sign-in of the same browser": async () => {
    const [person, one] = [registered(), await carried()];
    const other = await carried(one.visitor);
    return refusalIn(await bring(other.id, other.visitor, await ticketFor(one.id, one.visitor, cardOf(person))));
  },
  "a nonce of another sign-in of the same browser": async () => {
    const [person, one] = [registered(), await carried()];
    const other = await carried(one.visitor);
    const asked = await signIn.by["citizen-card"].ask(one.id, one.visitor, "/back");
    expectOk(asked);
    return refusalIn(await sign(other.id, other.visitor, asked.question.nonce, cardOf(person)));
  },
  "an answer given for another act of the same browser": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    const { doorToken } = await cards.ask({ session: visitor.session, act: "activation", subject: id }, "/back");
    const presented = await cards.present(doorToken, Buffer.from(cardOf(person)));
    expectOk(presented);
    return refusalIn(await bring(id, visitor, presented.ticket));
  },
  "a proof that comes after the sign-in was cancelled": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    const ticket = await ticketFor(id, visitor, cardOf(person));
    expectOk(await signIn.cancel(id, visitor));
    return refusalIn(await bring(id, visitor, ticket));
  },
  "a proof that comes after the sign-in was finished": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    const shown = await show(id, visitor, cardOf(person));
    expectOk(shown);
    expectOk(await signIn.decide(id, { ...visitor, signedIn: shown.signedIn }, "authorise", []));
    const { doorToken } = await cards.ask({ session: visitor.session, act: "sign-in", subject: id }, "/back");
    const presented = await cards.present(doorToken, Buffer.from(cardOf(person)));
    expectOk(presented);
    return refusalIn(await bring(id, visitor, presented.ticket));
  },
  "a proof that comes after the time a sign-in may take": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    clock.advance("PT28M");
    const ticket = await ticketFor(id, visitor, cardOf(person));
    clock.advance("PT3M");
    return refusalIn(await bring(id, visitor, ticket));
  },
  "a proof after the portal was disabled": async () => {
    const [person, { id, visitor }] = [registered(), await carried()];
    const ticket = await ticketFor(id, visitor, cardOf(person));
    await world.portals.disable(taxPortal.id);
    const answered = refusalIn(await bring(id, visitor, ticket));
    await world.portals.register(taxPortal);
    return answered;
  },
  "somebody who died": async () => shownBy(registered({ deceased: true })),
  "a card that the registry has cancelled": async () =>
    shownBy(registered({ document: { kind: "CC", number: "1", expires: "2032-06-30", cancelled: true } })),
  "somebody the registry does not know": async () => shownBy(somePerson()),
};

const expected: Readonly<Record<string, CardSignInRefusal>> = {
  "a proof that comes after the sign-in was cancelled": "sign-in.out-of-step",
  "a proof that comes after the sign-in was finished": "sign-in.out-of-step",
  "a proof that comes after the time a sign-in may take": "sign-in.gone",
  "a proof after the portal was disabled": "sign-in.gone",
  "somebody who died": "person.deceased",
  "a card that the registry has cancelled": "document.cancelled",
  "somebody the registry does not know": "person.unknown",
};

const refusalIn = (outcome: Awaited<ReturnType<typeof bring>>) => (outcome.ok ? "none" : outcome.refusal);

async function shownBy(person: Parameters<typeof cardOf>[0]) {
  const { id, visitor } = await carried();
  return refusalIn(await show(id, visitor, cardOf(person)));
}

for (const [what, attempt] of Object.entries(hostile)) {
  test(`refused: ${what}`, async () => {
    const sessions = await db`select id from sessions.session`;
    const isFirst = ["a ticket brought again", "a proof that comes after the sign-in was finished"].includes(what);
    assert.equal(await attempt(), expected[what] ?? "card.gone");
    assert.equal((await db`select id from sessions.session`).length, sessions.length + (isFirst ? 1 : 0));
  });
}

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

/** What two people can do with two cards and two browsers, whatever passes through their hands, at portals and beside them. */
interface Move {
  /** Whose move it is, and about whose question, sign-in or answer: mostly one's own. */
  readonly between: readonly [0 | 1, 0 | 1];
  readonly what: "begin" | "ask" | "present" | "bring" | "sign" | "plant" | "cancel" | "decide" | "key" | "sign-out";
}
/** The card's own moves come oftener: a ticket takes three of them in their order. */
const cardMoves = ["ask", "present", "bring", "ask", "present", "bring", "sign", "plant"] as const;
const move: fc.Arbitrary<Move> = fc.record({
  between: fc.constantFrom([0, 0], [0, 0], [1, 1], [1, 1], [0, 1], [1, 0]),
  what: fc.constantFrom(...cardMoves, ...cardMoves, "begin", "begin", "begin", "cancel", "decide", "decide", "key", "sign-out"),
});

const aPerson = async (owner: Awaited<ReturnType<typeof world.openKey>>) => ({
  owner,
  ...(await carried(owner.visitor, { level: 3, attributes: asking("civil_id") })),
  door: "",
  nonce: "",
  ticket: "",
});
type Player = Awaited<ReturnType<typeof aPerson>>;

/** True when it let somebody in, or told a portal. */
async function play(mine: Player, what: Move["what"], theirs: Player): Promise<boolean> {
  const card = cardOf(mine.owner.person);
  const opened = (outcome: { ok: true; signedIn: string | null } | { ok: false }) => {
    if (outcome.ok) mine.visitor = { ...mine.visitor, signedIn: outcome.signedIn };
    return outcome.ok;
  };
  const moves: Readonly<Record<Move["what"], () => Promise<unknown>>> = {
    begin: async () => {
      const begun = await carried(mine.visitor, { level: 3, attributes: asking("civil_id") });
      [mine.id, mine.visitor] = [begun.id, begun.visitor];
    },
    ask: async () => {
      const asked = await signIn.by["citizen-card"].ask(mine.id, mine.visitor, "/back");
      if (asked.ok) [mine.door, mine.nonce] = [asked.question.doorToken, asked.question.nonce];
    },
    // Answers one's own question, or the other's: then the browser that brought the card follows the door's way back first.
    present: async () => {
      const presented = await cards.present(theirs.door, Buffer.from(card));
      if (!presented.ok) return;
      mine.ticket = presented.ticket;
      if (mine !== theirs) opened(await bring(theirs.id, mine.visitor, mine.ticket));
    },
    bring: async () => opened(await bring(mine.id, mine.visitor, theirs.ticket)),
    // The other's own answer, put into this browser.
    plant: async () => opened(await sign(mine.id, mine.visitor, theirs.nonce, cardOf(theirs.owner.person))),
    sign: async () => opened(await sign(mine.id, mine.visitor, theirs.nonce, card)),
    cancel: () => signIn.cancel(mine.id, mine.visitor),
    decide: async () => (await signIn.decide(theirs.id, mine.visitor, "authorise", [])).ok,
    key: async () => {
      if (!(await signIn.identify(mine.id, mine.visitor, mine.owner)).ok) return false;
      return opened(await signIn.confirm(mine.id, mine.visitor, await world.codeTo(mine.owner.phone)));
    },
    "sign-out": () => sessions.signOut(mine.visitor),
  };
  return (await moves[what]()) === true;
}

test("in any interleaving of two sessions, a browser is signed in as whoever's card or key it was, and as nobody else", async () => {
  const owners = [await world.openKey(), await world.openKey()] as const;
  const [told, ways] = [new Set<string>(), new Set<Move["what"]>()];
  signIn.giveWayBack("test", (answer) => {
    if (answer.outcome === "authorised") told.add(`${answer.citizenId} ${answer.attributes.civil_id ?? ""}`);
    return Promise.resolve({ to: { redirect: "https://portal.example" }, keep: [] });
  });
  const everBrowser = fc.asyncProperty(fc.array(move, { minLength: 12, maxLength: 40 }), async (moves) => {
    const players = [await aPerson(owners[0]), await aPerson(owners[1])] as const;
    for (const {
      between: [who, whose],
      what,
    } of moves)
      if (await play(players[who], what, players[whose])) ways.add(what);
    for (const { visitor, owner } of players) await isNobodyElse(visitor, owner.person.civilId);
  });
  const own = (...moves: Move["what"][]): Move[] => moves.map((what) => ({ what, between: [0, 0] }));
  const both = (...moves: Move["what"][]) => own(...moves).flatMap((one): Move[] => [one, { ...one, between: [1, 1] }]);
  const met = [both("ask", "present", "bring", "decide"), own("ask", "sign"), own("ask", "plant"), own("key")];
  await fc.assert(everBrowser, { numRuns: 100, examples: met.map((moves) => [moves]) });
  assert.deepEqual(
    [...ways].toSorted(),
    ["bring", "decide", "key", "plant", "sign"],
    "each way in, and out, was met with; planted, in one's own browser alone",
  );
  assert.equal(told.size, 2);
  const ids = await db<{ id: string; civil: string }>`select id, civil_id as civil from citizens.citizen`;
  for (const one of told) assert.ok(ids.some(({ id, civil }) => one === `${id} ${civil}`));
});

async function isNobodyElse({ session, signedIn }: Visitor, civilId: string): Promise<void> {
  const open = await db<{ civil: string }>`
    select civil_id as civil from sessions.session s join citizens.citizen c on c.id = s.citizen_id
    where s.secret_hash = ${fingerprint(signedIn ?? "")}`;
  const begun = await db<{ civil: string }>`
    select civil_id as civil from sign_in.request r join citizens.citizen c on c.id = r.citizen_id
    where r.session_hash = ${fingerprint(session)}`;
  for (const { civil } of [...open, ...begun]) assert.equal(civil, civilId);
}
