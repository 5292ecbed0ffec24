/** What the reader's own program makes of a card and its PIN: a `web-eid:1.0` authentication token. */
import { createHash, sign } from "node:crypto";
import type { Card } from "../cards.ts";

export interface WebEidToken {
  readonly format: "web-eid:1.0";
  readonly algorithm: "ES256" | "RS256";
  /** Base64 of the certificate's DER: the server must judge it for itself. */
  readonly unverifiedCertificate: string;
  readonly signature: string;
  readonly appVersion: string;
}

const APP_VERSION = "https://web-eid.eu/web-eid-app/releases/v2.5.0";

/** Signs hash(origin) then hash(nonce), so that the token is good at one site and for one question alone. */
export function signToken(card: Card, origin: string, challengeNonce: string): WebEidToken {
  const { certificate, privateKey } = card.authentication;
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const asked = Buffer.concat([hash(origin), hash(challengeNonce)]);
  const isElliptic = privateKey.asymmetricKeyType === "ec";
  // The card gives r and s bare (IEEE P1363), never in DER; RSA cards sign with PKCS #1 v1.5.
  const signature = sign("sha256", asked, { key: privateKey, dsaEncoding: "ieee-p1363" });
  return {
    format: "web-eid:1.0",
    algorithm: isElliptic ? "ES256" : "RS256",
    unverifiedCertificate: certificate.raw.toString("base64"),
    signature: signature.toString("base64"),
    appVersion: APP_VERSION,
  };
}
