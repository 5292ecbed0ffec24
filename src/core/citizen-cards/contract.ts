/**
 * The sentences in which others ask a citizen card who stands before us.
 *
 * - A *question* is asked for one *purpose*: an act, its subject, and the browser in which it is asked.
 * - It is answered at the *card door*, which judges the certificate and gives the browser a *ticket*; or by *Web eID*, a program of
 *   the browser's that signs our *nonce* into a *token*. What comes back is a *proof*.
 */
import type { RegisteredPerson } from "#core/citizens";
import type { Outcome } from "#platform/outcome";
import type { Card, CardRefusal } from "./card-authority.ts";

export type CardAct = "activation" | "sign-in";

/** What a card's answer is for, and in which browser: it serves nothing else and nobody else. */
export interface CardPurpose {
  /** Secret of the anonymous session. */
  readonly session: string;
  readonly act: CardAct;
  /** Which activation or sign-in; "" where none is under way, so that no answer fits. */
  readonly subject: string;
}

export interface CardQuestion {
  /** Names the question at the card's own door; whoever learns it can answer it, and gains nothing by that. */
  readonly doorToken: string;
  /** For Web eID: base64 of 32 random bytes. */
  readonly nonce: string;
  readonly expiresAt: Date;
}

/** How a card was reached: through its own door, whose ticket the browser brought back, or by Web eID. */
export type CardProof =
  | { readonly kind: "ticket"; readonly ticket: string }
  | { readonly kind: "web-eid"; readonly nonce: string; readonly token: string };

/** "card.gone": no such question of this browser for this act, answered already, or too late. */
export type IdentifyByCardRefusal =
  | CardRefusal
  | "card.gone"
  | "registry.unavailable"
  | "person.unknown"
  | "person.deceased"
  | "person.name-mismatch"
  | "document.not-citizen-card"
  | "document.cancelled"
  | "document.expired";

/** What the browser alone can tell of a card and its reader. */
export type CardFailure = "card.cancelled" | "card.pin-blocked" | "card.reader-failed";

/** `returnTo`: where it was asked from, when it was answered already or too late; null for what is no question of ours. */
export interface NotHeard {
  readonly ok: false;
  readonly refusal: "card.gone";
  readonly returnTo: string | null;
}

export interface CitizenCards {
  /** One question an act and subject in a browser: asking anew ends the one before. `returnTo` is a path of our own. */
  ask(purpose: CardPurpose, returnTo: string): Promise<CardQuestion>;
  /** At the card's own door: judges the certificate that the handshake proved. The ticket goes to whichever browser brought it. */
  present(
    doorToken: string,
    certificate: Uint8Array | null,
  ): Promise<{ readonly ok: true; readonly returnTo: string; readonly ticket: string } | NotHeard>;
  /** Who stands before us. Each proof is taken once, whatever comes of it. */
  identifyByCard(
    purpose: CardPurpose,
    proof: CardProof,
  ): Promise<Outcome<{ readonly person: RegisteredPerson; readonly card: Card }, IdentifyByCardRefusal>>;
  purge(): Promise<void>;
}
