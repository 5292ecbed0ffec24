/**
 * The promise behind every count: whatever an attacker interleaves, in parallel, over crashes and clocks, no more PINs and
 * codes are compared than the law grants (docs/law.md#counting). What is counted here are the comparisons
 * themselves, as the keys outside the database see them, not what the tables say of them.
 */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import fc from "fast-check";

import {
  composeCore,
  createStories,
  openCoreWorld,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../tests/world/core-world.ts";
import { watching } from "../../../tests/world/watched-database.ts";
import type { Asked } from "../../../tests/world/watched-database.ts";
import type { LaneName } from "./rules.ts";

const world = await openCoreWorld();
const { clock } = world;
const minute = 60_000;
const rightPin = "739164";
const wrongPin = "628053";

interface Try {
  readonly what: "pin" | "code" | "resend";
  readonly right: boolean;
  /** 0 is the owner's browser. */
  readonly browser: number;
  /** Which of the open sign-ins, from the newest. */
  readonly which: number;
}

/** So many more things are asked of the database, the last of them with or without effect; then the process is no more. */
interface Death {
  readonly at: number;
  readonly done: boolean;
}

/** Requests at the same moment, or time going by. */
type Step = { readonly tries: readonly Try[]; readonly death: Death | null } | { readonly minutes: number };

/** One request to us, as far as it came. */
interface Attempt extends Pick<Try, "what" | "right"> {
  digits: string;
  inTransaction: boolean;
  /** A try was taken for it, durably. */
  counted: LaneName | "code" | null;
  compared: boolean;
  success: "none" | "uncommitted" | "committed";
}

class Died extends Error {}

const attempts = new AsyncLocalStorage<Attempt>();

/** A process that can be made to die at any question to its database, or just after. */
function createMortal(notice: (asked: Asked, rows: readonly object[]) => void) {
  let death: { left: number; readonly done: boolean } | null = null;
  let dead = false;

  function live(passed: boolean): void {
    if (!dead && death?.done === passed && --death.left <= 0) dead = true;
    if (dead) throw new Died();
  }

  const db = watching(world.db, {
    before(asked) {
      live(false);
      const attempt = attempts.getStore();
      if (attempt && asked.kind === "begin") attempt.inTransaction = true;
    },
    after(asked, rows) {
      notice(asked, rows);
      live(true);
    },
  });
  return { db, dieAt: ({ at, done }: Death) => void (death = { left: at, done }) };
}

function notice({ kind, text }: Asked, rows: readonly object[]): void {
  const attempt = attempts.getStore();
  if (!attempt) return;
  if (kind === "commit" || kind === "at once") {
    attempt.inTransaction = false;
    if (attempt.success === "uncommitted") attempt.success = "committed";
  }
  const [row] = rows;
  if (row === undefined) return;
  // Outside of a transaction, what is done at once too is answered when it is committed.
  if (text.includes("last_sign_in_at =")) attempt.success = attempt.inTransaction ? "uncommitted" : "committed";
  const counted = countedBy(text, row);
  if (counted === null) return;
  assert.equal(attempt.inTransaction, false, "a count that could be rolled back");
  attempt.counted = counted;
}

/** Which try a statement took that answered this row. */
function countedBy(text: string, row: object): LaneName | "code" | null {
  if (text.includes("code_failures = code_failures + 1")) return "code";
  if (!text.includes("tries = tries + 1")) return null;
  if ("lane" in row) return row.lane === "owner" ? "owner" : "stranger";
  return text.includes("owner_failures =") ? "owner" : "stranger";
}

/** The law in other words: so many guesses, and no more of them before so long a wait. */
function judgeGuess(times: readonly number[], limit: number): void {
  const waits = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / minute);
  const longest = Math.max(0, ...waits);
  assert.ok(times.length <= limit, `guess ${times.length}`);
  for (const [guesses, wait] of [
    [3, 5],
    [5, 30],
    [7, 120],
  ] as const) {
    assert.ok(times.length <= guesses || longest >= wait, `guess ${times.length} after a wait of ${longest} minutes at most`);
  }
}

async function openKey(temporary: boolean): Promise<{ id: string; phone: string; browsers: Visitor[] }> {
  const { id: citizenId } = await world.citizens.remember(somePerson());
  const [id, phone, browsers] = [crypto.randomUUID(), somePhone(), [someVisitor(), someVisitor(), someVisitor()]];
  const inTenYears = new Date(clock.now().getTime() + 3650 * 24 * 60 * minute);
  const standing = temporary
    ? ({ state: "pending-letter", pinTemporary: true, pinExpiresAt: inTenYears } as const)
    : ({ state: "active", pinTemporary: false, pinExpiresAt: null } as const);
  const common = {
    channel: "desk",
    signature: "available",
    level: 3,
    email: null,
    language: "pt",
    validUntil: inTenYears,
  } as const;
  await world.keys.create({ id, citizenId, phone, ...common, ...standing }, await world.keys.preparePin(id, rightPin));
  await world.keys.recordBrowser(id, browsers[0]?.browser ?? "");
  return { id, phone, browsers };
}

/** A process that dies when it is told to, and whose codes are overheard. */
async function beginLife(secrets: typeof world.secrets) {
  const { db, dieAt } = createMortal(notice);
  const ground = { ...world.ground, db, secrets };
  const core = await composeCore(ground);
  const { draw, redraw } = core.codes;
  const overhear = (digits: string) => Object.assign(attempts.getStore() ?? {}, { digits });
  core.codes.draw = async (...given) => {
    const drawn = await draw(...given);
    overhear(drawn.fresh.digits);
    return drawn;
  };
  core.codes.redraw = async (...given) => {
    const redrawn = await redraw(...given);
    if (redrawn.ok) overhear(redrawn.fresh.digits);
    return redrawn;
  };
  return { signIn: core.signIn, ask: createStories(ground, core).ask, dieAt };
}

type Counters = Record<LaneName | "code" | "tries", number>;

async function countersOf(keyId: string): Promise<Counters> {
  const [row] = await world.db<Counters>`
    select owner_failures as owner, stranger_failures as stranger, code_failures as code, tries
    from mobile_keys.key where id = ${keyId}`;
  return row ?? assert.fail();
}

function noneFell(before: Counters, after: Counters): void {
  for (const counter of ["owner", "stranger", "code"] as const)
    assert.ok(
      after[counter] >= before[counter],
      `${counter} fell from ${before[counter]} to ${after[counter]} without a success`,
    );
}

async function openSiege(temporary: boolean) {
  const key = await openKey(temporary);
  const limit = temporary ? 5 : 10;
  let guesses: Record<LaneName | "code", number[]> = { owner: [], stranger: [], code: [] };
  let open: { readonly id: string; readonly visitor: Visitor; digits: string }[] = [];

  function compare(attempt: Attempt, as: LaneName | "code"): void {
    assert.equal(attempt.compared, false, "one count, one comparison");
    attempt.compared = true;
    if (attempt.right) return;
    guesses[as].push(clock.now().getTime());
    if (as !== "code") judgeGuess(guesses[as], limit);
  }

  const secrets: typeof world.secrets = {
    ...world.secrets,
    async mac(purpose, ...given) {
      const attempt = attempts.getStore();
      if (attempt?.counted && purpose === attempt.what) compare(attempt, attempt.counted);
      return world.secrets.mac(purpose, ...given);
    },
  };

  let life = await beginLife(secrets);

  /** Each answers whether we were told that the secret was right. */
  const requests: Readonly<Record<Try["what"], (given: Try, attempt: Attempt) => Promise<boolean>>> = {
    async pin({ right, browser }, attempt) {
      const visitor = { ...(key.browsers[browser] ?? assert.fail()), session: crypto.randomUUID() };
      const id = await life.ask(visitor);
      const outcome = await life.signIn.identify(id, visitor, { phone: key.phone, pin: right ? rightPin : wrongPin });
      if (outcome.ok) open.push({ id, visitor, digits: attempt.digits });
      return outcome.ok || outcome.refusal !== "sign-in.refused";
    },
    async code({ right, which }) {
      const one = open.at(-1 - which);
      if (!one) return false;
      const wrong = String((Number(one.digits) + 1) % 1_000_000).padStart(6, "0");
      return (await life.signIn.confirm(one.id, one.visitor, right ? one.digits : wrong)).ok;
    },
    async resend({ which }, attempt) {
      const one = open.at(-1 - which);
      if (!one) return false;
      await life.signIn.resend(one.id, one.visitor).finally(() => (one.digits = attempt.digits || one.digits));
      return false;
    },
  };

  async function attemptOne(given: Try): Promise<Attempt> {
    const { what, right } = given;
    const attempt: Attempt = { what, right, digits: "", inTransaction: false, counted: null, compared: false, success: "none" };
    await attempts.run(attempt, async () => {
      const told = await requests[what](given, attempt).catch((fault: unknown) => {
        if (fault instanceof Died) return false;
        throw fault;
      });
      assert.ok(
        !told || (right && attempt.compared),
        `told that a ${what} was right, which was ${right ? "not counted" : "wrong"}`,
      );
    });
    return attempt;
  }

  return {
    guesses: () => guesses,
    counters: () => countersOf(key.id),
    async take(step: Step): Promise<void> {
      if ("minutes" in step) return clock.advance(step.minutes * minute);
      const before = await countersOf(key.id);
      if (step.death) life.dieAt(step.death);
      const made = await Promise.all(step.tries.map(attemptOne));
      if (step.death) life = await beginLife(secrets);
      const after = await countersOf(key.id);
      assert.ok(after.tries >= before.tries);
      const succeeded = made.some(({ success }) => success === "committed");
      // At most two codes before the success, and three of other sign-ins at the same moment after it.
      assert.ok(guesses.code.length <= (succeeded ? 5 : 3), `${guesses.code.length} codes compared`);
      if (succeeded) {
        guesses = { owner: [], stranger: [], code: [] };
        open = [];
        return;
      }
      noneFell(before, after);
    },
  };
}

const death = fc.option(fc.record({ at: fc.integer({ min: 1, max: 25 }), done: fc.boolean() }), { nil: null, freq: 2 });
const tryOf = (what: fc.Arbitrary<Try["what"]>, right: fc.Arbitrary<boolean>): fc.Arbitrary<Try> =>
  fc.record({ what, right, browser: fc.integer({ min: 0, max: 2 }), which: fc.integer({ min: 0, max: 2 }) });
const seldom = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0);
const burst = (one: fc.Arbitrary<Try>) => fc.record({ tries: fc.array(one, { minLength: 1, maxLength: 5 }), death });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: burst(tryOf(fc.constant("pin"), seldom)) },
  { weight: 2, arbitrary: burst(tryOf(fc.constantFrom("code", "code", "code", "resend"), seldom)) },
  { weight: 4, arbitrary: fc.constantFrom(1, 5, 30, 120).map((minutes) => ({ minutes })) },
);

const bounded = { numRuns: 30, endOnFailure: true } as const;

test("whatever is interleaved, no more PINs and codes are compared than the law grants, and no count falls but by a success", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 8, maxLength: 24 }), async (temporary, steps) => {
      const siege = await openSiege(temporary);
      for (const one of steps) await siege.take(one);
    }),
    bounded,
  );
});

const alive = Array<Death | null>(14).fill(null);

test("a stranger who waits out every wait, or not quite, has ten guesses (five at a temporary PIN), however the process dies", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.integer({ min: 1, max: 2 }),
      fc.constantFrom(4, 29, 119, 120),
      fc.array(death, { minLength: 14, maxLength: 14 }),
      async (temporary, browser, wait, deaths) => {
        const siege = await openSiege(temporary);
        const guess: Try = { what: "pin", right: false, browser, which: 0 };
        for (const one of deaths) {
          await siege.take({ tries: [guess, guess, guess, guess], death: one });
          await siege.take({ minutes: wait });
        }
        const { stranger, owner } = siege.guesses();
        assert.equal(owner.length, 0);
        assert.ok(stranger.length <= (temporary ? 5 : 10));
        if (wait === 120 && deaths.every((one) => one === null)) assert.equal(stranger.length, temporary ? 5 : 10);
      },
    ),
    {
      ...bounded,
      numRuns: 18,
      examples: [120, 119, 29, 4].flatMap((wait) =>
        [false, true].map((temporary): [boolean, number, number, (Death | null)[]] => [temporary, 1, wait, alive]),
      ),
    },
  );
});

test("who knows the PIN has three guesses at the code, over any number of sign-ins", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(death, { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 1, max: 6 }),
      async (deaths, parallel) => {
        const siege = await openSiege(false);
        const guesses = Array.from({ length: parallel }, (_, which): Try => ({
          what: "code",
          right: false,
          browser: 1,
          which: which % 2,
        }));
        for (const one of deaths) {
          await siege.take({ tries: [{ what: "pin", right: true, browser: 1, which: 0 }], death: null });
          await siege.take({ tries: guesses, death: one });
          await siege.take({ minutes: 6 });
        }
        assert.ok(siege.guesses().code.length <= 3);
        if (deaths.every((one) => one === null)) assert.equal(siege.guesses().code.length, 3);
      },
    ),
    {
      ...bounded,
      numRuns: 12,
      examples: [
        [Array<Death | null>(6).fill(null), 4],
        [Array<Death | null>(6).fill(null), 1],
      ],
    },
  );
});
