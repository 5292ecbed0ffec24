import type { Language } from "#core/vocabulary";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import type { Stretch } from "#platform/stretch";
import { judgePin } from "./pin-rules.ts";
import type { Known, PinWeakness } from "./pin-rules.ts";
import { createPins } from "./pins.ts";
import type { PinMode, Pins } from "./pins.ts";
import { afterFailure, conditionOf, figures, judgeKey, judgeTry } from "./rules.ts";
import type { Closed, KeyCondition, KeyState, LaneName } from "./rules.ts";
import * as store from "./store.ts";
import type { KeyRow, KeySummary, NewKey } from "./store.ts";

export type CheckedPin =
  | RightPin
  /** `why` is for the owner alone: null when there is nothing to tell yet, or nobody to tell. */
  | { readonly right: false; readonly why: Closed | null; readonly until: Date | null };

export interface RightPin {
  readonly right: true;
  readonly key: KeySummary;
  readonly lane: LaneName;
  /** Of the PIN it was compared with. */
  readonly verifier: Buffer;
}

export interface CountedCodeTry {
  readonly left: number;
  readonly key: KeySummary;
  /** Whether this browser was seen with the key before. */
  readonly knownBrowser: boolean;
}

/** A living key as its owner sees it. */
export interface OwnedKey {
  readonly id: string;
  readonly condition: KeyCondition;
  readonly phone: string;
  readonly email: string | null;
  readonly language: Language;
  readonly validUntil: Date;
}

export type NewMobileKey = Omit<NewKey, "signature">;

export interface MobileKeys {
  /** Makes the record of a PIN for a key about to be made; slow on purpose, so done before the transaction. */
  preparePin(keyId: string, pin: string): ReturnType<Pins["make"]>;
  /** Joins the caller's transaction. False when phone or person already has a living key. */
  create(key: NewMobileKey, pin: Awaited<ReturnType<Pins["make"]>>): Promise<boolean>;
  /** Counts, then judges, in constant work whatever the answer. Not inside a transaction: a rolled back count is a free guess. */
  checkPin(phone: string, pin: string, browser: string): Promise<CheckedPin>;
  /** Takes the count of a right PIN back. For what is done at once: not done when the key has another PIN by now, and the proof is worth nothing. */
  acceptPin(right: RightPin): Promise<void>;
  /** Takes one of the key's code tries before the code is compared; the key and how many are left then, null when the key is locked. Not inside a transaction. */
  countCodeTry(keyId: string, browser: string): Promise<CountedCodeTry | null>;
  /** No code was compared after all. */
  takeBackCodeTry(keyId: string): Promise<void>;
  /** PIN and code were right. For what is done at once: not done when the key ended or was locked meanwhile, and the proof is worth nothing. */
  recordSuccess(keyId: string, browser: string): Promise<void>;
  /** For what is done at once: not done unless the key may plainly be used. Where it is not done, `loadUsable` says whether it may. */
  requireUsable(keyId: string): Promise<void>;
  /** Marks the browser in which the key was asked for as the owner's. */
  recordBrowser(keyId: string, browser: string): Promise<void>;
  judgeNewPin(keyId: string, pin: string, known: Omit<Known, "phone">): Promise<PinWeakness | null>;
  /** The chosen PIN takes the place of the temporary one. False when that already happened. */
  activate(keyId: string, pin: Awaited<ReturnType<Pins["make"]>>): Promise<boolean>;
  /** Ends a living key in favour of another. Joins the caller's transaction, in which that one is made. False when it lives no more. */
  replace(keyId: string): Promise<boolean>;
  /** The person wants to sign documents too, with `pin` or, where it is null, with the sign-in PIN. Joins the caller's transaction. */
  wishSignature(keyId: string, pin: Awaited<ReturnType<Pins["make"]>> | null): Promise<void>;
  load(keyId: string): Promise<KeySummary | null>;
  /** As `load`, but null too for a key that is locked, expired, frozen or over: what was proven with it may be used no more. */
  loadUsable(keyId: string): Promise<KeySummary | null>;
  living(citizenId: string): Promise<{ id: string; state: KeyState } | null>;
  owned(citizenId: string): Promise<OwnedKey | null>;
  /** Whether that is the PIN the key has. Counts nothing: the answer must never reach whoever typed the PIN before they proved all else. */
  hasPin(keyId: string, pin: string): Promise<boolean>;
  /** A locked key opens again with a new PIN, every count at zero. Joins the caller's transaction. False when it is not locked, or ended. */
  unblock(keyId: string, pin: Awaited<ReturnType<Pins["make"]>>): Promise<boolean>;
  /** Another e-mail, or none, for a key in use that still has `former`. Joins the caller's transaction. False when it is neither. */
  changeEmail(keyId: string, email: string | null, former: string | null): Promise<boolean>;
  /** Its owner came with the citizen card: browsers nobody knows may try again, if they were shut out (law.md, "the victim's lane"). */
  reopenToStrangers(citizenId: string): Promise<void>;
  phoneIsTaken(phone: string): Promise<boolean>;
  /** By phone, for a warning to its owner. */
  ownerOf(phone: string): Promise<KeySummary | null>;
  endPending(keyId: string, reason: string): Promise<boolean>;
  /** Keys whose temporary PIN can no longer be used. */
  spentTemporary(): Promise<string[]>;
}

export interface MobileKeyNeeds {
  readonly floor: Floor;
  readonly stretch: Stretch;
  readonly pinMode: PinMode;
}

/** Each round somebody else counted first; after three counts a lane is waiting, so more rounds mean something is wrong. */
const rounds = 12;
const nobody = "00000000-0000-0000-0000-000000000000";

export function createMobileKeys({ floor, stretch, pinMode }: MobileKeyNeeds): MobileKeys {
  const { db, clock, random, secrets } = floor;
  const pins = createPins({ secrets, stretch, random, mode: pinMode });

  type Counted =
    { readonly key: KeyRow; readonly lane: LaneName } | { readonly key: KeyRow | null; readonly closed: Closed | null };

  /** Where nothing failed before, at once; otherwise the key is loaded and judged first. */
  async function countOneTry(phone: string, browser: string): Promise<Counted & { readonly isSpared?: boolean }> {
    const [browserHash, now] = [fingerprint(browser), clock.now()];
    const answers = await db.atOnce(() => [
      store.countFirstTry(db, phone, browserHash, afterFailure(noLane, now), now),
      store.loadKeyByPhone(db, phone, browserHash),
    ]);
    if (answers === null) throw new Error("there was nothing to be met");
    const [counted, loaded] = answers;
    if (counted !== null && loaded !== null) return { key: loaded, lane: counted, isSpared: true };
    let key = loaded;
    for (let round = 0; round < rounds; round++) {
      if (round > 0) key = await store.loadKeyByPhone(db, phone, fingerprint(browser));
      const lane = laneOf(key);
      const closed = key && judgeTry(key, lane, clock.now());
      if (!key || closed) {
        await store.countTry(db, nothingToCount, lane, afterFailure(noLane, clock.now()));
        return { key, closed };
      }
      if (await store.countTry(db, key, lane, afterFailure(key.lanes[lane], clock.now()))) return { key, lane };
    }
    return { key: null, closed: null };
  }

  function afterWrongPin({ key, lane }: { key: KeyRow; lane: LaneName }): CheckedPin {
    const next = afterFailure(key.lanes[lane], clock.now());
    const why = judgeTry({ ...key, lanes: { ...key.lanes, [lane]: next } }, lane, clock.now());
    return { right: false, why, until: next.waitUntil };
  }

  return {
    preparePin: (keyId, pin) => pins.make(keyId, pin),

    create: (key, pin) =>
      store.insertKey(db, { ...key, signature: key.channel === "tax-letter" ? "desk-only" : "available" }, pin, clock.now()),

    async checkPin(phone, pin, browser) {
      const counted = await countOneTry(phone, browser);
      if (!("lane" in counted)) {
        await (counted.key ? pins.matches(counted.key.id, pin, counted.key.pin) : pins.matchNothing(pin));
        // An attempt while waiting is not told again: the owner heard of it when the wait began.
        return { right: false, why: counted.closed === "waiting" ? null : counted.closed, until: null };
      }
      const { key, lane } = counted;
      const right = await pins.matches(key.id, pin, key.pin);
      if (right) return { right, key, lane, verifier: key.pin.verifier };
      if (!counted.isSpared) return afterWrongPin(counted);
      // What was spared is done after all, or the answer would come sooner than for a number that nobody has.
      await store.countTry(db, nothingToCount, lane, afterFailure(noLane, clock.now()));
      return { right, why: null, until: null };
    },

    acceptPin: ({ key, lane, verifier }) => store.takeBackTry(db, key.id, lane, verifier),
    countCodeTry: (keyId, browser) => store.countCodeTry(db, keyId, fingerprint(browser), figures.codeFailures),
    takeBackCodeTry: (keyId) => store.takeBackCodeTry(db, keyId),
    recordSuccess: (keyId, browser) => store.recordSuccess(db, keyId, fingerprint(browser), figures, clock.now()),
    requireUsable: (keyId) => store.meetUnfailed(db, keyId, clock.now()),
    recordBrowser: (keyId, browser) => store.recordBrowser(db, keyId, fingerprint(browser), clock.now()),

    async judgeNewPin(keyId, pin, known) {
      const key = await store.loadKeyById(db, keyId);
      if (!key) return "pin.temporary";
      const weakness = judgePin(pin, { ...known, phone: key.phone });
      if (weakness) return weakness;
      return key.pinTemporary && (await pins.matches(key.id, pin, key.pin)) ? "pin.temporary" : null;
    },

    async activate(keyId, pin) {
      const key = await store.loadKeyById(db, keyId);
      if (!key || judgeKey(key, clock.now()) !== null) return false;
      return store.activateWithPin(db, keyId, pin, clock.now());
    },

    replace: (keyId) => store.replaceKey(db, keyId, clock.now()),
    wishSignature: (keyId, pin) => store.insertSignatureWish(db, keyId, pin, clock.now()),
    load: (keyId) => store.loadKeyById(db, keyId),
    async loadUsable(keyId) {
      const key = await store.loadKeyById(db, keyId);
      return key && judgeKey(key, clock.now()) === null ? key : null;
    },
    living: (citizenId) => store.livingKeyOf(db, citizenId),
    async owned(citizenId) {
      const key = await store.loadLivingKey(db, citizenId);
      if (!key) return null;
      const { id, phone, email, language, validUntil } = key;
      return { id, condition: conditionOf(key, clock.now()), phone, email, language, validUntil };
    },
    async hasPin(keyId, pin) {
      const key = await store.loadKeyById(db, keyId);
      return key !== null && pins.matches(key.id, pin, key.pin);
    },
    unblock: (keyId, pin) =>
      store.unblock(db, keyId, pin, {
        locks: { failures: figures.lock, codeFailures: figures.codeFailures },
        now: clock.now(),
      }),
    changeEmail: (keyId, email, former) =>
      store.changeEmail(db, keyId, {
        ...{ email, former },
        locks: { failures: figures.lock, codeFailures: figures.codeFailures },
        now: clock.now(),
      }),
    reopenToStrangers: (citizenId) => store.reopenToStrangers(db, citizenId),
    phoneIsTaken: (phone) => store.phoneIsTaken(db, phone),
    ownerOf: (phone) => store.loadKeyByPhone(db, phone, Buffer.alloc(0)),
    endPending: (keyId, reason) => store.endPending(db, keyId, reason, clock.now()),
    spentTemporary: () => store.endedTemporary(db, clock.now(), 500, figures.temporaryLock, figures.codeFailures),
  };
}

const noLane = { failures: 0, waitUntil: null };
const laneOf = (key: KeyRow | null): LaneName => (key?.knownBrowser ? "owner" : "stranger");
/** A row that no key has: the statement costs the same as a real count. */
const nothingToCount = { id: nobody, tries: -1 };
