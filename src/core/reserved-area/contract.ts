/**
 * The sentences in which the reserved area's pages speak with core.
 *
 * - To *enter* is to sign in at ourselves, as at a portal; nothing is told to anybody by it.
 * - The *view* is what its owner sees: themselves, their key, and which *acts* the key's condition allows (core/acts).
 * - *byCard*: the last sign-in was proven with the citizen card, and not with the key.
 */
import type { Multilingual, Visitor } from "#core/vocabulary";
import type { ActName } from "#core/acts";
import type { DocumentKind } from "#core/citizens";
import type { KeyCondition } from "#core/mobile-keys";
import type { Begun } from "#core/sign-in";
import type { Outcome } from "#platform/outcome";

export interface OwnKeyView {
  readonly condition: KeyCondition;
  readonly validUntil: Date;
  /** E.164. */
  readonly phone: string;
  readonly email: string | null;
}

export interface LastSignIn {
  /** Null for a portal that is no longer there. */
  readonly portal: Multilingual | null;
  readonly at: Date;
  readonly byCard: boolean;
}

export interface ReservedAreaView {
  readonly name: string;
  readonly givenNames: string;
  readonly civilId: string;
  readonly taxNumber: string | null;
  readonly document: { readonly kind: DocumentKind; readonly number: string; readonly expires: string };
  readonly key: OwnKeyView | null;
  /** What may be done to it as it is. */
  readonly acts: readonly ActName[];
  /** Before this visit; null when there was none in what is kept. */
  readonly lastSignIn: LastSignIn | null;
}

export interface ReservedArea {
  /** What its owner sees. Any living session of this browser will do: a portal's sign-in opens this door too. */
  view(visitor: Visitor): Promise<Outcome<{ view: ReservedAreaView }, "session.none">>;
  /**
   * Begins a sign-in at ourselves. `returnTo`: a path of our own, where to go once it is done. With `card`, the key will not do.
   */
  enter(visitor: Visitor, returnTo: string, by: "key-or-card" | "card"): Promise<Begun>;
  signOut(visitor: Visitor): Promise<void>;
}
