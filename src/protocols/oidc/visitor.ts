/** What this door asks of the house's pages about whoever is at the other end. */
import type { Context } from "hono";
import type { Visitor } from "#core/vocabulary";

export type VisitorOf = (c: Context) => Visitor;

export interface Browsers {
  readonly visitorOf: VisitorOf;
  /** Gives a sign-in's slip to the browser it was begun in. */
  giveSlip(c: Context, id: string, slip: string): void;
  /** Takes the cookie of the session that logout has ended out of the browser. */
  forgetSignedIn(c: Context): void;
}
