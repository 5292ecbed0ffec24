/** What tests of signing in say often: at which step it is, what was refused, what a card's holder does. */
import assert from "node:assert/strict";
import type { AttributeName, RequestedAttribute, Visitor } from "../../src/core/vocabulary/index.ts";
import type { SignInRequest } from "../../src/core/sign-in/index.ts";
import { cardOf, expectOk, somePerson, someVisitor, taxPortal } from "./core-world.ts";
import type { CoreWorld } from "./core-world.ts";

export const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }): string =>
  outcome.ok ? "none" : outcome.refusal;

export const asking = (...names: AttributeName[]): RequestedAttribute[] => names.map((name) => ({ name, required: true }));

export const wrongFor = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

export function createSignInStories(world: CoreWorld) {
  const { signIn } = world;

  async function stepOf(id: string, visitor: Visitor): Promise<string> {
    const seen = await signIn.view(id, visitor);
    return seen.ok ? seen.view.step : seen.refusal;
  }

  /** What came to that phone because of what was done. */
  async function smsSince(phone: string, act: () => Promise<unknown>): Promise<string[]> {
    await world.runDue();
    const before = world.smsTo(phone).length;
    await act();
    await world.runDue();
    return world.smsTo(phone).slice(before);
  }

  return { stepOf, smsSince };
}

export function createCardStories(world: CoreWorld) {
  const { cards, db, outside, signIn } = world;
  signIn.giveWayBack("test", (answer) =>
    Promise.resolve({ to: { redirect: `https://portal.example/${answer.outcome}` }, keep: [] }),
  );

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
  return { registered, carried, ticketFor, bring, sign, show, enter, requestsOf, sessionsOf };
}
