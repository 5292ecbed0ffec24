/** What an issuer says of a certificate, and for how long its word is worth anything. */
import type { Duration } from "#platform/duration";

export type CardStatus = "good" | "revoked" | "suspended" | "unknown";

export interface Answer {
  readonly status: CardStatus;
  readonly nextUpdate: Date | null;
}

/** How old an answer may be. */
export interface Times {
  /** Two clocks need not agree. */
  readonly skew: Duration;
  /** Since `thisUpdate`, however far `nextUpdate` is promised. */
  readonly oldest: Duration;
  /** The same for an answer that promises no next one. */
  readonly oldestWithoutNext: Duration;
}

export function isFresh(
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate: Date | null },
  { skew, oldest, oldestWithoutNext }: Times,
  now: Date,
): boolean {
  const age = now.getTime() - thisUpdate.getTime();
  const isRecent = age >= -skew && age <= (nextUpdate === null ? oldestWithoutNext : oldest) + skew;
  if (!isRecent) return false; // A time that is none is neither too old nor too new, and not recent.
  return nextUpdate === null || (nextUpdate.getTime() + skew > now.getTime() && nextUpdate >= thisUpdate);
}
