/** Client assertions (RFC 7523 3), as the engine and the plain flow judge them alike: soon over, and used once. */
import type { Database } from "#platform/database";
import { inSeconds, later, minutes } from "#platform/duration";
import type { Clock } from "#platform/world";
import { hashOf, rememberOnce } from "./engine/store.ts";

/** How far off an assertion's end may be, since each is remembered until then. */
const livesAtMost = minutes(10);
const remembered = minutes(15);
const longestJti = 256;

export interface AssertionClaims {
  readonly exp?: unknown;
  readonly jti?: unknown;
}

/** What is wrong with it, besides what its signature says; null when nothing is. `now` in seconds since 1970. */
export function faultOf({ exp, jti }: AssertionClaims, now: number): string | null {
  if (typeof exp !== "number" || exp > now + inSeconds(livesAtMost)) return "the assertion lives too long";
  if (typeof jti !== "string" || jti.length > longestJti) return "the assertion's jti is not a short text";
  return null;
}

/** True for exactly one of any number of parallel requests with the same assertion. */
export function isFirstUse(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  issuer: string,
  jti: string,
): Promise<boolean> {
  const idHash = hashOf("Assertion", JSON.stringify([issuer, jti]));
  return rememberOnce(db, idHash, "Assertion", later(clock.now(), remembered));
}
