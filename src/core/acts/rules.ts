/** Whose proof is good for an act, and for how long (docs/law.md#acts). Pure. */
import type { KeyCondition } from "#core/mobile-keys";
import type { SignedIn } from "#core/sessions";
import type { ProofKind } from "#core/vocabulary";
import type { KeyObstacle } from "./contract.ts";
import { minutes } from "#platform/duration";
import type { Duration } from "#platform/duration";

export const figures = {
  /** How long after it was shown a proof still speaks for who sits before the page. */
  proofHolds: minutes(10),
  /** Until a button is pressed. */
  buttonLives: minutes(15),
  /** The page that says it is done can be looked at again this long. */
  doneLives: minutes(60),
} as const;

export type Shown = Pick<SignedIn, "proof" | "authenticatedAt">;

/**
 * Whether one of those proofs was shown in this session, and just now. A moment that is yet to come was written by a clock that was
 * ahead: by the little that two of them differ it may be, by more it proves nothing.
 */
export function hasProven(
  { proof, authenticatedAt }: Shown,
  proofs: readonly ProofKind[],
  now: Date,
  within: Duration,
): boolean {
  return proofs.includes(proof.by) && Math.abs(now.getTime() - authenticatedAt.getTime()) < within;
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
