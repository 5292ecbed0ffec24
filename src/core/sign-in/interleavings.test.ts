/** Two people, two cards, two keys and two browsers, whatever they do in whatever order. */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { cardOf, openCoreWorld } from "../../../tests/world/core-world.ts";
import { asking, createCardStories } from "../../../tests/world/sign-in-stories.ts";
import { fingerprint } from "#platform/fingerprint";

const world = await openCoreWorld();
const { cards, db, sessions, signIn } = world;
const { carried, bring, sign } = createCardStories(world);
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
