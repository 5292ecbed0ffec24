/**
 * Two promises of unblock. Whatever two people do in two browsers, in whatever order, a card opens its holder's key and no
 * other. And wherever a process dies, a key is locked as before, or open with the new PIN and all that belongs to it.
 */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { cardOf, composeCore, expectOk, openCoreWorld } from "../../../../tests/world/core-world.ts";
import type { Keyed } from "../../../../tests/world/core-world.ts";
import { watching } from "../../../../tests/world/watched-database.ts";

const world = await openCoreWorld();
const { cards, clock, db, reservedArea, sessions, signIn } = world;
const { unblock } = world.acts;
const newPins = ["840275", "617380"] as const;
type One = 0 | 1;

interface Move {
  /** Who sits before which browser: mostly their own. */
  readonly who: One;
  readonly at: One;
  /** Whose question is answered, whose ticket is brought, whose code is typed: mostly one's own. */
  readonly whose: One;
  readonly what: "enter" | "ask" | "present" | "bring" | "sign" | "choose" | "confirm" | "cancel" | "lock" | "sign-out" | "key";
}

interface Browser {
  visitor: Visitor;
  id: string;
  door: string;
  nonce: string;
  ticket: string;
  /** Whose card opened the session that lives here, and which PIN was chosen in it. */
  holder: One | null;
  pin: string | null;
}

const pinsOf = async (owners: readonly [Keyed, Keyed]) => {
  const rows = await db<{ phone: string; kept: string }>`
    select phone, encode(pin_verifier, 'hex') || code_failures as kept from mobile_keys.key
    where phone in (${owners[0].phone}, ${owners[1].phone}) and state = 'active'`;
  return owners.map(({ phone }) => rows.find((row) => row.phone === phone)?.kept ?? "");
};

async function begin(visitor: Visitor): Promise<Browser> {
  const browser = { visitor, id: "", door: "", nonce: "", ticket: "", holder: null, pin: null };
  return enter(browser);
}

async function enter(browser: Browser): Promise<Browser> {
  const { id, slip } = await reservedArea.enter(browser.visitor, "/reserved-area/unblock", "card");
  [browser.id, browser.visitor] = [id, { ...browser.visitor, slip }];
  return browser;
}

/** Plays one move; whose key it is said to have opened. */
async function play(owners: readonly [Keyed, Keyed], browsers: readonly [Browser, Browser], move: Move): Promise<One | null> {
  const { who, at, whose, what } = move;
  const [browser, other, owner] = [browsers[at], browsers[whose], owners[who]];
  const card = cardOf(owner.person);
  /** `holder`: whose card the door heard; null when it was a key. */
  const entered = (holder: One | null, outcome: { ok: true; signedIn: string | null } | { ok: false }) => {
    if (!outcome.ok) return;
    browser.visitor = { ...browser.visitor, signedIn: outcome.signedIn };
    [browser.holder, browser.pin] = [holder, null];
  };
  const moves: Readonly<Record<Move["what"], () => Promise<One | null | void>>> = {
    enter: async () => void (await enter(browser)),
    ask: async () => {
      const asked = await signIn.by["citizen-card"].ask(browser.id, browser.visitor, "/back");
      if (asked.ok) [browser.door, browser.nonce] = [asked.question.doorToken, asked.question.nonce];
    },
    present: async () => {
      const presented = await cards.present(other.door, Buffer.from(card));
      if (presented.ok) [browser.ticket, ticketsOf[presented.ticket]] = [presented.ticket, who];
    },
    bring: async () => {
      const proof = { kind: "ticket", ticket: other.ticket } as const;
      entered(ticketsOf[other.ticket] ?? who, await signIn.by["citizen-card"].show(browser.id, browser.visitor, proof));
    },
    sign: async () => {
      const token = JSON.stringify({ signed: other.nonce, card });
      const proof = { kind: "web-eid", nonce: other.nonce, token } as const;
      entered(who, await signIn.by["citizen-card"].show(browser.id, browser.visitor, proof));
    },
    choose: async () => {
      if ((await unblock.give(browser.visitor, { pin: newPins[who] })).ok) browser.pin = newPins[who];
    },
    confirm: async () => {
      const code = await world.codeTo(owners[whose].phone).catch(() => "000000");
      return (await unblock.confirm(browser.visitor, code)).ok ? browser.holder : null;
    },
    cancel: () => unblock.cancel(browser.visitor),
    lock: async () => void (await db`update mobile_keys.key set code_failures = 3 where phone = ${owner.phone}`),
    "sign-out": () => sessions.signOut(browser.visitor),
    key: async () => {
      const { id, slip } = await reservedArea.enter(browser.visitor, "/reserved-area", "key-or-card");
      const [visitor, given] = [
        { ...browser.visitor, slip },
        { phone: owner.phone, pin: browser.pin ?? owner.pin },
      ];
      if (!(await signIn.identify(id, visitor, given)).ok) return;
      entered(null, await signIn.confirm(id, visitor, await world.codeTo(owner.phone)));
    },
  };
  return (await moves[what]()) ?? null;
}

const ticketsOf: Record<string, One> = {};
const one = fc.constantFrom<One>(0, 1);
const own = fc.constantFrom<[One, One, One]>([0, 0, 0], [1, 1, 1]);
const crossed = fc.tuple(one, one, one);
/** The way to a new PIN. */
const inOrder = ["ask", "present", "bring", "choose", "confirm"] as const;
const mine = (who: One, ...what: Move["what"][]): Move[] => what.map((each) => ({ who, at: who, whose: who, what: each }));
const stray: fc.Arbitrary<Move> = fc
  .tuple(fc.oneof(own, crossed), fc.constantFrom(...inOrder, "enter", "sign", "cancel", "lock", "sign-out", "key"))
  .map(([[who, at, whose], what]) => ({ who, at, whose, what }));
/** Each goes the way step by step, now one and now the other; a stray move comes between. */
const walk = fc
  .array(fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: stray }), { minLength: 12, maxLength: 40 })
  .map((steps) => {
    const gone: [number, number] = [0, 0];
    const next = (who: One) => mine(who, inOrder[gone[who]++ % inOrder.length] ?? "ask");
    return steps.flatMap((step) => (typeof step === "number" ? next(step) : [step]));
  });

test("in any interleaving of two people's two browsers, a card opens its holder's key and no other's", async () => {
  let opened = 0;
  const property = fc.asyncProperty(walk, async (moves) => {
    const owners = [await world.openLockedKey(), await world.openLockedKey()] as const;
    const browsers = [await begin(owners[0].visitor), await begin(owners[1].visitor)] as const;
    for (const each of moves) {
      const before = await pinsOf(owners);
      const whose = await play(owners, browsers, each);
      const after = await pinsOf(owners);
      for (const key of [0, 1] as const) {
        const pinBefore = before[key]?.slice(0, 64);
        const isOpened = pinBefore !== after[key]?.slice(0, 64);
        assert.equal(isOpened, whose === key, `key ${String(key)} after ${JSON.stringify(each)}`);
        if (isOpened) opened++;
      }
      const { holder, visitor } = browsers[each.at];
      const here = await sessions.whoIsHere(visitor);
      if (here?.proof.by === "citizen-card" && holder !== null)
        assert.equal(here.citizenId, await world.citizens.idOf(owners[holder].person.civilId));
    }
  });
  const both = inOrder.flatMap((what) => [...mine(0, what), ...mine(1, what)]);
  const swapped = both.map((each): Move => (each.what === "confirm" ? { ...each, at: each.at === 0 ? 1 : 0 } : each));
  const inOneBrowser = both.map((each): Move => ({ ...each, at: 0, whose: each.what === "confirm" ? each.whose : 0 }));
  const examples = [both, swapped, inOneBrowser, mine(0, "ask", "sign", "choose", "confirm", "lock", "choose", "confirm")];
  await fc.assert(property, { numRuns: 60, examples: examples.map((moves) => [moves]) });
  assert.ok(opened > 30, `only ${String(opened)} keys were ever opened`);
});

class Died extends Error {}

/** A process that dies before its n-th question to the database, or just after it, as often as it is armed. */
function createMortal() {
  let left = Number.POSITIVE_INFINITY;
  let afterwards = false;
  let dead = false;
  const live = (passed: boolean) => {
    if (!dead && passed === afterwards && --left <= 0) dead = true;
    if (dead) throw new Died();
  };
  const mortal = watching(db, { before: () => live(false), after: () => live(true) });
  const arm = (at: number, passed: boolean) => void ([left, afterwards, dead] = [at, passed, false]);
  return { mortal, arm, hasDied: () => dead };
}

test("dying before or after any line, the key is locked as it was, or open with the new PIN and all that belongs to it", async () => {
  const { mortal, arm, hasDied } = createMortal();
  arm(Number.POSITIVE_INFINITY, false);
  const dying = await composeCore({ ...world.ground, db: mortal });
  let deaths = 0;
  for (const passed of [false, true]) {
    for (let at = 1, isOver = false; !isOver; at++) {
      const owner = await world.openLockedKey();
      const here = await world.enterByCard(owner.person);
      expectOk(await unblock.give(here, { pin: newPins[0] }));
      const code = await world.codeTo(owner.phone);
      arm(at, passed);
      await dying.acts.unblock.confirm(here, code).catch((fault: unknown) => assert.ok(fault instanceof Died, String(fault)));
      isOver = !hasDied();
      deaths += isOver ? 0 : 1;
      arm(Number.POSITIVE_INFINITY, false);
      if (!(await isWhole(owner))) expectOk(await unblock.confirm(here, code));
      assert.equal(await isWhole(owner), true, `after dying at ${String(at)}`);
    }
  }
  assert.ok(deaths > 15, `${String(deaths)} deaths`);
});

/** Open with all that belongs to it; false when locked, with nothing of it. */
async function isWhole({ phone, person, pin, visitor }: Keyed): Promise<boolean> {
  const citizenId = (await world.citizens.idOf(person.civilId)) ?? "";
  const key = await world.keys.owned(citizenId);
  assert.ok(key);
  const told = await db`select from activity.event where citizen_id = ${citizenId} and kind = 'key.unblocked'`;
  await world.runDue();
  const heard = world.smsTo(phone).filter((text) => text.includes("desbloqueada")).length;
  const isOpen = key.condition === "active";
  assert.equal(key.condition, isOpen ? "active" : "locked");
  assert.equal(await world.keys.hasPin(key.id, isOpen ? newPins[0] : pin), true);
  assert.deepEqual([told.length, heard], isOpen ? [1, 1] : [0, 0]);
  clock.advance("PT1S");
  const checked = await world.keys.checkPin(phone, newPins[0], visitor.browser);
  assert.equal(checked.right, isOpen);
  return isOpen;
}
