/** Whose proof is good for an act, and for how long (law.md, "Secrets and counting", "Life of a key"). Pure. */
import type { KeyCondition } from "#core/mobile-keys";
import type { KeyObstacle } from "./contract.ts";
import type { ProofKind, Shown } from "./definition.ts";

const minute = 60_000;

export const figures = {
  /** How long after it was shown a proof still speaks for who sits before the page. */
  proofHolds: 10 * minute,
  /** Until a button is pressed. */
  buttonLives: 15 * minute,
  /** The page that says it is done can be looked at again this long. */
  doneLives: 60 * minute,
} as const;

/** Null when the session was opened by neither: no key gives level 4, and nothing but the card goes without one. */
export function proofOf({ keyId, level }: Shown): ProofKind | null {
  if (keyId !== null) return level < 4 ? "key-and-code" : null;
  return level === 4 ? "citizen-card" : null;
}

/**
 * Whether one of those proofs was shown in this session, and just now. A moment that is yet to come was written by a clock that was
 * ahead: by the little that two of them differ it may be, by more it proves nothing.
 */
export function hasProven(shown: Shown, proofs: readonly ProofKind[], now: Date, within: number): boolean {
  const proof = proofOf(shown);
  return proof !== null && proofs.includes(proof) && Math.abs(now.getTime() - shown.authenticatedAt.getTime()) < within;
}

/** Null when nothing stands in the way. `condition`: null where there is no key. */
export function judgeCondition(
  obstacles: Readonly<Record<KeyCondition, KeyObstacle | null>>,
  condition: KeyCondition | null,
): KeyObstacle | null {
  return condition === null ? "key.none" : obstacles[condition];
}

/** For an act on a key that is in use. */
export const onlyActive: Readonly<Record<KeyCondition, KeyObstacle | null>> = {
  active: null,
  locked: "key.locked",
  temporary: "key.pending-letter",
  "temporary-over": "key.pending-letter",
  frozen: "key.frozen",
  suspended: "key.suspended",
  expired: "key.expired",
};
