/** Who may say that a citizen card is what it claims to be: the card authority as core needs it. */

/** Who the card names. Nationals by their civil id; foreigners by the kind, country and number of their document. */
export type CardHolder =
  | { readonly kind: "national"; readonly civilId: string }
  | { readonly kind: "foreign"; readonly documentKind: string; readonly country: string; readonly number: string };

/** A card that has proven itself: its key answered, its certificate holds. */
export interface Card {
  readonly holder: CardHolder;
  readonly name: string;
  /** SHA-256 of the certificate, in hexadecimal: names this very card. */
  readonly fingerprint: string;
  readonly expiresAt: Date;
}

/** Why a card is not taken, as far as the person must be told apart what to do. */
export type CardRefusal =
  | "card.absent" // no reader, no card, or no certificate was given
  | "card.not-recognised" // not a citizen card, or one we cannot read
  | "card.wrong-certificate" // the card's signature certificate, which identifies nobody
  | "card.unknown-issuer"
  | "card.expired"
  | "card.revoked"
  | "card.suspended"
  | "card.status-unavailable" // neither OCSP nor CRL can be had: nobody passes unasked
  | "card.answer-invalid"; // forged, altered, or an answer to another question

/** `reason` is for the log and for tests: finer than what the person is told, and never personal. */
export type JudgedCard =
  { readonly ok: true; readonly card: Card } | { readonly ok: false; readonly refusal: CardRefusal; readonly reason: string };

export interface CardAuthority {
  /** `certificate`: DER of the certificate whose key the TLS handshake has proven; null when none was given. */
  judgeCertificate(certificate: Uint8Array | null): Promise<JudgedCard>;
  /** `token`: a `web-eid:1.0` token as it was posted; `nonce`: the one that was asked with, known to be ours and unused. */
  judgeWebEid(token: string, nonce: string): Promise<JudgedCard>;
}
