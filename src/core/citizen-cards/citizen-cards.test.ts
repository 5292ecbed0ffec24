import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { cardOf, expectOk, openCoreWorld, refusedCard, somePerson, someVisitor } from "../../../tests/world/core-world.ts";
import type { CardPurpose } from "./contract.ts";

const world = await openCoreWorld();
const { cards, clock, db, outside } = world;

const purposeOf = (changes: Partial<CardPurpose> = {}): CardPurpose => ({
  session: someVisitor().session,
  act: "activation",
  subject: "an-activation",
  ...changes,
});

function registered(changes: Parameters<typeof somePerson>[0] = {}) {
  const person = somePerson(changes);
  outside.people.set(person.civilId, person);
  return person;
}

const certificate = (text: string) => Buffer.from(text);
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);

/** From the question to the ticket that the browser brings back. */
async function ticketOf(purpose: CardPurpose, card: string | null): Promise<string> {
  const { doorToken } = await cards.ask(purpose, "/back");
  const presented = await cards.present(doorToken, card === null ? null : certificate(card));
  expectOk(presented);
  assert.equal(presented.returnTo, "/back");
  return presented.ticket;
}

const byTicket = (purpose: CardPurpose, ticket: string) => cards.identifyByCard(purpose, { kind: "ticket", ticket });
const byWebEid = (purpose: CardPurpose, nonce: string, card: string, signed = nonce) =>
  cards.identifyByCard(purpose, { kind: "web-eid", nonce, token: JSON.stringify({ signed, card }) });

test("through the card's own door: who stands before us, once", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const ticket = await ticketOf(purpose, cardOf(person));
  const identified = await byTicket(purpose, ticket);
  expectOk(identified);
  assert.equal(identified.person.civilId, person.civilId);
  assert.equal(identified.card.expiresAt.toISOString(), "2032-06-30T00:00:00.000Z");
  assert.equal(refusalOf(await byTicket(purpose, ticket)), "card.gone");
});

test("by Web eID: who stands before us, once; the door is closed by it", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const { nonce, doorToken } = await cards.ask(purpose, "/back");
  assert.equal(Buffer.from(nonce, "base64").length, 32);
  expectOk(await byWebEid(purpose, nonce, cardOf(person)));
  assert.equal(refusalOf(await byWebEid(purpose, nonce, cardOf(person))), "card.gone");
  assert.equal(refusalOf(await cards.present(doorToken, certificate(cardOf(person)))), "card.gone");
});

test("a foreigner is found by the document the card names", async () => {
  const person = registered({
    nationality: "AF",
    document: { kind: "PAS", number: "ABC123456", expires: "2030-01-01", cancelled: false },
  });
  const purpose = purposeOf();
  const ticket = await ticketOf(purpose, JSON.stringify({ passport: "ABC123456", name: person.name }));
  const identified = await byTicket(purpose, ticket);
  assert.ok(identified.ok && identified.person.civilId === person.civilId);
});

test("a ticket of the victim's card, whom an attacker sent to answer the attacker's question, opens nothing for either", async () => {
  const [victim, attackers, victims] = [registered(), purposeOf(), purposeOf()];
  const ticket = await ticketOf(attackers, cardOf(victim));
  assert.equal(refusalOf(await byTicket(victims, ticket)), "card.gone");
  assert.equal(refusalOf(await byTicket(attackers, ticket)), "card.gone");
});

test("an attacker's own ticket, planted in the victim's browser, signs the victim in as nobody", async () => {
  const [attacker, attackers, victims] = [registered(), purposeOf(), purposeOf()];
  await cards.ask(victims, "/back");
  assert.equal(refusalOf(await byTicket(victims, await ticketOf(attackers, cardOf(attacker)))), "card.gone");
});

for (const change of [{ act: "sign-in" }, { subject: "another-activation" }] as const) {
  test(`an answer for one thing serves no other: ${JSON.stringify(change)}`, async () => {
    const [person, purpose] = [registered(), purposeOf()];
    assert.equal(refusalOf(await byTicket({ ...purpose, ...change }, await ticketOf(purpose, cardOf(person)))), "card.gone");
    const { nonce } = await cards.ask(purpose, "/back");
    assert.equal(refusalOf(await byWebEid({ ...purpose, ...change }, nonce, cardOf(person))), "card.gone");
    assert.equal(refusalOf(await byWebEid(purpose, nonce, cardOf(person))), "card.gone");
  });
}

test("after five minutes nothing is taken: at the door, with a ticket, with a nonce", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const ticket = await ticketOf(purpose, cardOf(person));
  const later = purposeOf();
  const { nonce, doorToken } = await cards.ask(later, "/back");
  clock.advance("PT5M");
  assert.equal(refusalOf(await byTicket(purpose, ticket)), "card.gone");
  assert.equal(refusalOf(await cards.present(doorToken, certificate(cardOf(person)))), "card.gone");
  assert.equal(refusalOf(await byWebEid(later, nonce, cardOf(person))), "card.gone");
  await cards.purge();
  assert.deepEqual(await db`select id from citizen_cards.question`, []);
});

test("asking anew ends the question before: its door, its ticket, its nonce", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const ticket = await ticketOf(purpose, cardOf(person));
  const old = await cards.ask(purpose, "/back");
  assert.equal(refusalOf(await byTicket(purpose, ticket)), "card.gone");
  const { nonce } = await cards.ask(purpose, "/back");
  assert.equal(refusalOf(await cards.present(old.doorToken, certificate(cardOf(person)))), "card.gone");
  assert.equal(refusalOf(await byWebEid(purpose, old.nonce, cardOf(person))), "card.gone");
  expectOk(await byWebEid(purpose, nonce, cardOf(person)));
});

test("pressed ten times at once, at the door and on the way back, one is heard", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const { doorToken } = await cards.ask(purpose, "/back");
  const at = await Promise.all(Array.from({ length: 10 }, () => cards.present(doorToken, certificate(cardOf(person)))));
  const [heard, ...more] = at.filter(({ ok }) => ok);
  assert.ok(heard?.ok && more.length === 0);
  const back = await Promise.all(Array.from({ length: 10 }, () => byTicket(purpose, heard.ticket)));
  assert.equal(back.filter(({ ok }) => ok).length, 1);
  const { nonce } = await cards.ask(purpose, "/back");
  const web = await Promise.all(Array.from({ length: 10 }, () => byWebEid(purpose, nonce, cardOf(person))));
  assert.equal(web.filter(({ ok }) => ok).length, 1);
});

test("why a card was refused at its door is told where the person is, and only there", async () => {
  for (const refusal of ["card.expired", "card.revoked", "card.status-unavailable", "card.wrong-certificate"] as const) {
    const purpose = purposeOf();
    assert.equal(refusalOf(await byTicket(purpose, await ticketOf(purpose, refusedCard(refusal)))), refusal);
  }
  const purpose = purposeOf();
  assert.equal(refusalOf(await byTicket(purpose, await ticketOf(purpose, null))), "card.absent");
});

test("what the registry says of the person outweighs the card", async () => {
  const cases: readonly (readonly [Parameters<typeof somePerson>[0], string])[] = [
    [{ deceased: true }, "person.deceased"],
    [{ name: "Outra Pessoa" }, "person.name-mismatch"],
    [{ document: { kind: "BI", number: "1", expires: "2032-06-30", cancelled: false } }, "document.not-citizen-card"],
    [{ document: { kind: "CC", number: "1", expires: "2032-06-30", cancelled: true } }, "document.cancelled"],
    [{ document: { kind: "CC", number: "1", expires: "2027-02-01", cancelled: false } }, "document.expired"],
  ];
  for (const [changes, refusal] of cases) {
    const purpose = purposeOf();
    const { civilId } = registered(changes);
    const card = JSON.stringify({ civilId, name: "Benedita Inventada Exemplar" });
    assert.equal(refusalOf(await byTicket(purpose, await ticketOf(purpose, card))), refusal);
  }
  const purpose = purposeOf();
  assert.equal(refusalOf(await byTicket(purpose, await ticketOf(purpose, cardOf(somePerson())))), "person.unknown");
  const again = purposeOf();
  const ticket = await ticketOf(again, cardOf(registered()));
  outside.away.add("registry");
  assert.equal(refusalOf(await byTicket(again, ticket)), "registry.unavailable");
  outside.away.delete("registry");
});

test("nothing that was given out, and nothing of the person, is in the table in the clear", async () => {
  const [person, purpose] = [registered(), purposeOf()];
  const { doorToken, nonce } = await cards.ask(purpose, "/back");
  const presented = await cards.present(doorToken, certificate(cardOf(person)));
  expectOk(presented);
  const [{ all } = { all: "" }] = await db<{
    all: string;
  }>`select string_agg(encode(convert_to(q::text, 'UTF8'), 'escape'), '') as all from citizen_cards.question q`;
  const hex = (text: string) => Buffer.from(text).toString("hex");
  for (const secret of [doorToken, nonce, presented.ticket, purpose.session, person.civilId, "Benedita"]) {
    assert.ok(!all.includes(secret) && !all.includes(hex(secret)), secret);
  }
  expectOk(await byTicket(purpose, presented.ticket));
  assert.deepEqual(await db`select id from citizen_cards.question where result is not null`, []);
});

/** What two people with a card each can do, in any order, with whatever passes through their hands. */
interface Move {
  readonly who: 0 | 1;
  readonly what: "ask" | "present" | "bring" | "sign" | "plant";
  readonly whose: 0 | 1;
}
const move: fc.Arbitrary<Move> = fc.record({
  who: fc.constantFrom(0, 1),
  what: fc.constantFrom("ask", "ask", "present", "present", "bring", "bring", "sign", "plant"),
  whose: fc.constantFrom(0, 1),
});

/** A browser, and what it was given last. */
const aBrowser = () => ({ purpose: purposeOf(), person: registered(), door: "", nonce: "", ticket: "" });
type Browser = ReturnType<typeof aBrowser>;

const identifications = { bring: 0, sign: 0, plant: 0 };

async function play(mine: Browser, what: Move["what"], theirs: Browser): Promise<void> {
  const card = cardOf(mine.person);
  if (what === "ask") {
    const asked = await cards.ask(mine.purpose, "/back");
    [mine.door, mine.nonce] = [asked.doorToken, asked.nonce];
  } else if (what === "present") {
    // Answers one's own question, or the other's: then the browser that brought the card follows the door's way back first.
    const presented = await cards.present(theirs.door, certificate(card));
    if (!presented.ok) return;
    mine.ticket = presented.ticket;
    if (mine !== theirs) assert.equal(refusalOf(await byTicket(mine.purpose, mine.ticket)), "card.gone");
  } else {
    // "plant": the other's own answer, put into this browser.
    const { nonce, ticket, person } = theirs;
    const signed = what === "plant" ? cardOf(person) : card;
    const identified = what === "bring" ? await byTicket(mine.purpose, ticket) : await byWebEid(mine.purpose, nonce, signed);
    if (!identified.ok) return;
    identifications[what] += 1;
    assert.equal(identified.person.civilId, mine.person.civilId);
  }
}

test("in any interleaving of two sessions, nobody is ever taken for the other", async () => {
  const everIdentified = fc.asyncProperty(fc.array(move, { minLength: 12, maxLength: 40 }), async (moves) => {
    const browsers = [aBrowser(), aBrowser()] as const;
    for (const { who, what, whose } of moves) await play(browsers[who], what, browsers[whose]);
  });
  const own = (...moves: Move["what"][]): Move[] => moves.map((what) => ({ who: 0, what, whose: 0 }));
  const met = [own("ask", "present", "bring"), own("ask", "sign"), own("ask", "plant")];
  await fc.assert(everIdentified, { numRuns: 100, examples: met.map((moves) => [moves]) });
  assert.ok(
    Object.values(identifications).every((count) => count > 0),
    "each way was met with",
  );
});
