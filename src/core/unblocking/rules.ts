/** Who may unblock what (law.md, "Secrets and counting": a locked key opens by card or desk, with a new PIN). Pure. */
import type { KeyCondition } from "#core/mobile-keys";
import type { SignedIn } from "#core/sessions";
import type { KeyObstacle } from "./contract.ts";

const minute = 60_000;

export const figures = {
  /** How long after it was shown the card still speaks for who sits before the page. */
  cardHolds: 10 * minute,
  /** From the new PIN to the last moment its code is taken: a code and two more of them. */
  lives: 15 * minute,
  /** The page that says it is done can be looked at again this long. */
  doneLives: 60 * minute,
} as const;

/**
 * Whether the card was shown in this session, and just now. A moment that is yet
 * to come was written by a clock that was ahead: by the little that two of them differ it may be, by more it proves nothing.
 */
export function hasShownCard({ proof, authenticatedAt }: SignedIn, now: Date, within: number): boolean {
  return proof.by === "citizen-card" && Math.abs(now.getTime() - authenticatedAt.getTime()) < within;
}

const obstacles: Readonly<Record<KeyCondition, KeyObstacle | null>> = {
  locked: null,
  active: "key.not-locked",
  temporary: "key.pending-letter",
  "temporary-over": "key.pending-letter",
  frozen: "key.frozen",
  suspended: "key.suspended",
  expired: "key.expired",
};

/** Null when that key is to be unblocked. `condition`: null where there is no key. */
export function judgeCondition(condition: KeyCondition | null): KeyObstacle | null {
  return condition === null ? "key.none" : obstacles[condition];
}
