/** What a card, its ticket or its signature is worth in any other hands, order or moment: nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf, expectOk, openCoreWorld, somePerson, someVisitor, taxPortal } from "../../../tests/world/core-world.ts";
import { createCardStories } from "../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { cards, clock, db, signIn } = world;
const { registered, carried, ticketFor, bring, sign, show } = createCardStories(world);
type CardRefusal = Exclude<Awaited<ReturnType<typeof bring>>, { ok: true }>["refusal"];

const hostile: Readonly<Record<string, () => Promise<CardRefusal | "none">>> = {
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

const expected: Readonly<Record<string, CardRefusal>> = {
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
