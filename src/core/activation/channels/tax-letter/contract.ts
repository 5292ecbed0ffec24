/**
 * The sentences of the channel through the tax authority.
 *
 * - The *tax authority* signs the person in with tax number and password, and asks them whether we may have number and name.
 * - The *PIN letter* carries a *temporary PIN* to the address on the citizen card; it serves for the first sign-in alone.
 */
import type { Outcome } from "#platform/outcome";
import type { Applicant, CommonRefusal } from "../../common.ts";

/** Why this channel ends an activation, besides what ends any (docs/law.md#error-ends). */
export type TaxLetterRefusal =
  | "tax-authority.refused" // the person did not authorise number and name
  | "tax-authority.failed" // the answer was forged, stale or replayed
  | "tax-authority.unavailable"
  | "registry.unavailable"
  | "person.unknown" // the registry has nobody with that tax number
  | "person.name-mismatch"
  | "person.deceased"
  | "document.identity-document" // a BI holder goes to a desk
  | "document.not-citizen-card"
  | "document.expired"
  | "document.cancelled"
  | "address.unknown"
  | "address.recently-changed"
  | "key.exists"
  | "letter.pending"
  | "letter.returned"
  | "letter.too-soon" // one letter in 24 h
  | "letter.too-many"; // three letters a year

export interface TaxLetterSteps {
  /** Begins an activation, ending any other in this browser. `url` is where to send the browser. */
  begin(applicant: Applicant): Promise<Outcome<{ url: string }, "tax-authority.unavailable">>;
  /** The browser came back with this query string. */
  identify(applicant: Applicant, query: string): Promise<Outcome<object, CommonRefusal | TaxLetterRefusal>>;
}

export interface TaxLetterShown {
  /** Null before it is on its way. */
  readonly letter: LetterView | null;
}

/** Where the letter is: a line of days. */
export interface LetterView {
  readonly reference: string;
  readonly maskedPhone: string;
  readonly requestedAt: Date;
  /** Last of the five working days. */
  readonly dueBy: Date;
  readonly expiresAt: Date;
  readonly state: "queued" | "printed" | "delivered" | "returned" | "used" | "cancelled" | "expired";
}
