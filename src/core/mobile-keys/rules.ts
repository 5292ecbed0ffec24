/**
 * Who may try a PIN, and when: the law of locks, pure
 * (docs/law.md#wrong-pin, docs/law.md#wrong-code, docs/law.md#locks-follow).
 *
 * A try is counted as if it had failed *before* it is judged, wait included; a right PIN takes its own count back (tries-store.ts, takeBackTry). A crash,
 * or a hundred parallel requests, can therefore only leave too few tries, never too many.
 */

/** docs/law.md#victims-lane: known browsers try in the owner's lane, all others in the stranger's: who only knows a number cannot lock its owner out. */
export type LaneName = "owner" | "stranger";

export interface Lane {
  readonly failures: number;
  readonly waitUntil: Date | null;
}

export type KeyState = "pending-letter" | "active" | "frozen" | "suspended" | "replaced" | "cancelled" | "closed";

export interface KeyStanding {
  readonly state: KeyState;
  readonly pinTemporary: boolean;
  readonly pinExpiresAt: Date | null;
  readonly validUntil: Date;
  readonly codeFailures: number;
  readonly lanes: Readonly<Record<LaneName, Lane>>;
}

export const figures = {
  /** Minutes to wait once so many tries have failed since the last success. */
  waits: new Map([
    [3, 5],
    [5, 30],
    [7, 120],
  ]),
  lock: 10,
  temporaryLock: 5,
  codeFailures: 3,
} as const;

/** Why no try may be taken now. Never told on the page; the owner is told by SMS. */
export type Closed =
  "not-active" | "expired" | "temporary-expired" | "locked" | "temporary-void" | "strangers-closed" | "waiting";

function limitOf(key: KeyStanding): number {
  return key.pinTemporary ? figures.temporaryLock : figures.lock;
}

/** The key's own obstacles, the same in both lanes. */
export function judgeKey(key: KeyStanding, now: Date): Closed | null {
  if (key.state !== "active" && key.state !== "pending-letter") return "not-active";
  if (key.validUntil <= now) return "expired";
  if (key.codeFailures >= figures.codeFailures) return "locked";
  if (key.lanes.owner.failures >= limitOf(key)) return key.pinTemporary ? "temporary-void" : "locked";
  if (key.pinTemporary && key.pinExpiresAt !== null && key.pinExpiresAt <= now) return "temporary-expired";
  return null;
}

/** How its owner finds the key, in one word. A wait ends by itself and is none. */
export type KeyCondition = "active" | "locked" | "frozen" | "suspended" | "expired" | "temporary" | "temporary-over";

/** Of a living key. */
export function conditionOf(key: KeyStanding, now: Date): KeyCondition {
  if (key.state === "frozen" || key.state === "suspended") return key.state;
  const closed = judgeKey(key, now);
  if (closed === "expired") return "expired";
  if (key.pinTemporary) return closed === null ? "temporary" : "temporary-over";
  return closed === "locked" ? "locked" : "active";
}

/** Null when a try may be taken in that lane now. */
export function judgeTry(key: KeyStanding, lane: LaneName, now: Date): Closed | null {
  const closed = judgeKey(key, now);
  if (closed) return closed;
  const { failures, waitUntil } = key.lanes[lane];
  if (failures >= limitOf(key)) return "strangers-closed";
  return waitUntil !== null && waitUntil > now ? "waiting" : null;
}

/** The lane once this try has been counted as failed. */
export function afterFailure(lane: Lane, now: Date): Lane {
  const failures = lane.failures + 1;
  const minutes = figures.waits.get(failures);
  return { failures, waitUntil: minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000) };
}

const day = 24 * 3600 * 1000;

/**
 * docs/law.md#validity, Portaria 190-A/2019 art. 9: until the document's expiry and 30 days more for a citizen card or Identity Document, the
 * document's own expiry otherwise; never beyond 10 years and 30 days.
 */
export function validUntil(document: { readonly kind: string; readonly expires: string }, now: Date): Date {
  const grace = document.kind === "CC" || document.kind === "BI" ? 30 : 0;
  const endOfDocument = new Date(`${document.expires}T23:59:59Z`).getTime() + grace * day;
  const ceiling = new Date(now);
  ceiling.setUTCFullYear(ceiling.getUTCFullYear() + 10);
  return new Date(Math.min(endOfDocument, ceiling.getTime() + 30 * day));
}
