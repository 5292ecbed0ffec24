/**
 * Tries at PINs and codes: each is counted as failed before it is judged, and costs the same whatever the answer
 * (docs/law.md#counting, docs/law.md#uniform-answers).
 */
import { fingerprint } from "#platform/fingerprint";
import type { CheckedPin, CountedCodeTry, RightPin } from "./contract.ts";
import type { Needs } from "./needs.ts";
import { afterFailure, figures, judgeTry } from "./rules.ts";
import type { Closed, LaneName } from "./rules.ts";
import { loadKeyByPhone } from "./store.ts";
import type { KeyRow } from "./store.ts";
import * as store from "./tries-store.ts";

/** Each round somebody else counted first; after three counts a lane is waiting, so more rounds mean something is wrong. */
const rounds = 12;

const noLane = { failures: 0, waitUntil: null };
const laneOf = (key: KeyRow | null): LaneName => (key?.knownBrowser ? "owner" : "stranger");

/** A row that no key has: the statement costs the same as a real count. */
const nothingToCount = { id: "00000000-0000-0000-0000-000000000000", tries: -1 };

interface Counted {
  readonly key: KeyRow;
  readonly lane: LaneName;
  /** Whether it was the first failure, whose count spared a second exchange. */
  readonly isSpared: boolean;
}

/** Nobody's number, or a key that may not be tried now. `closed`: null too where others counted first in every round. */
interface Uncounted {
  readonly key: KeyRow | null;
  readonly closed: Closed | null;
}

export async function checkPin(needs: Needs, phone: string, pin: string, browser: string): Promise<CheckedPin> {
  const { pins } = needs;
  const counted = await countOneTry(needs, phone, fingerprint(browser));
  if (!("lane" in counted)) {
    await (counted.key ? pins.matches(counted.key.id, pin, counted.key.pin) : pins.matchNothing(pin));
    // An attempt while waiting is not told again: the owner heard of it when the wait began.
    return { right: false, why: counted.closed === "waiting" ? null : counted.closed, until: null };
  }
  const { key, lane } = counted;
  const right = await pins.matches(key.id, pin, key.pin);
  if (right) return { right, key, lane, verifier: key.pin.verifier };
  if (!counted.isSpared) return afterWrongPin(needs, counted);
  // What was spared is done after all, or the answer would come sooner than for a number that nobody has.
  await countNothing(needs, lane);
  return { right, why: null, until: null };
}

/** Where nothing failed before, at once; otherwise the key is loaded and judged first. */
async function countOneTry(needs: Needs, phone: string, browserHash: Buffer): Promise<Counted | Uncounted> {
  const { db, clock } = needs;
  const now = clock.now();
  const answers = await db.atOnce(() => [
    store.countFirstTry(db, phone, browserHash, afterFailure(noLane, now), now),
    loadKeyByPhone(db, phone, browserHash),
  ]);
  if (answers === null) throw new Error("there was nothing to be met");
  const [lane, key] = answers;
  return lane !== null && key !== null ? { key, lane, isSpared: true } : countLoaded(needs, phone, browserHash, key);
}

/** The count is a compare-and-swap on the row as it was loaded: where another came first, the key is loaded and judged anew. */
async function countLoaded(
  needs: Needs,
  phone: string,
  browserHash: Buffer,
  loaded: KeyRow | null,
): Promise<Counted | Uncounted> {
  const { db, clock } = needs;
  let key = loaded;
  for (let round = 0; round < rounds; round++) {
    if (round > 0) key = await loadKeyByPhone(db, phone, browserHash);
    const lane = laneOf(key);
    const closed = key && judgeTry(key, lane, clock.now());
    if (!key || closed) {
      await countNothing(needs, lane);
      return { key, closed };
    }
    const next = afterFailure(key.lanes[lane], clock.now());
    if (await store.countTry(db, key, lane, next)) return { key, lane, isSpared: false };
  }
  return { key: null, closed: null };
}

function countNothing({ db, clock }: Needs, lane: LaneName): Promise<boolean> {
  return store.countTry(db, nothingToCount, lane, afterFailure(noLane, clock.now()));
}

function afterWrongPin({ clock }: Needs, { key, lane }: Counted): CheckedPin {
  const next = afterFailure(key.lanes[lane], clock.now());
  const why = judgeTry({ ...key, lanes: { ...key.lanes, [lane]: next } }, lane, clock.now());
  return { right: false, why, until: next.waitUntil };
}

export function acceptPin({ db }: Needs, { key, lane, verifier }: RightPin): Promise<void> {
  return store.takeBackTry(db, key.id, lane, verifier);
}

export function countCodeTry({ db }: Needs, keyId: string, browser: string): Promise<CountedCodeTry | null> {
  return store.countCodeTry(db, keyId, fingerprint(browser), figures.codeFailures);
}

export function takeBackCodeTry({ db }: Needs, keyId: string): Promise<void> {
  return store.takeBackCodeTry(db, keyId);
}

export function recordSuccess({ db, clock }: Needs, keyId: string, browser: string): Promise<void> {
  return store.recordSuccess(db, keyId, fingerprint(browser), figures, clock.now());
}

export function requireUsable({ db, clock }: Needs, keyId: string): Promise<void> {
  return store.meetUnfailed(db, keyId, clock.now());
}

export function recordBrowser({ db, clock }: Needs, keyId: string, browser: string): Promise<void> {
  return store.recordBrowser(db, keyId, fingerprint(browser), clock.now());
}

export function reopenToStrangers({ db }: Needs, citizenId: string): Promise<void> {
  return store.reopenToStrangers(db, citizenId);
}
