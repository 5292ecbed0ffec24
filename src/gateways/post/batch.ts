import { createHash, createPublicKey } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { CompactEncrypt } from "jose";

export interface ComposedLetter {
  readonly reference: string;
  readonly civilId: string;
  readonly pdf: Buffer;
}

/** What the printer checks before it prints. */
export interface Manifest {
  readonly reference: string;
  readonly count: number;
  readonly created: string;
  readonly letters: readonly { readonly reference: string; readonly sha256: string }[];
}

/** @param file PEM (SubjectPublicKeyInfo) or JWK, on a curve: P-256, P-384, P-521 or X25519. */
export function readPrinterKey(file: string): KeyObject {
  const text = readFileSync(file, "utf8");
  const key = text.trimStart().startsWith("{")
    ? createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: "jwk" })
    : createPublicKey(text);
  if (key.asymmetricKeyType !== "ec" && key.asymmetricKeyType !== "x25519")
    throw new Error("the printer's key must be on a curve");
  return key;
}

/**
 * The batch as the printer alone can read it: a JWE (RFC 7516) in compact form. The manifest travels inside: a letter is
 * reproducible, so its hash in the open would let an eavesdropper try all PINs until one matches.
 */
export function sealBatch(
  reference: string,
  letters: readonly ComposedLetter[],
  created: Date,
  printer: KeyObject,
): Promise<string> {
  const manifest: Manifest = {
    reference,
    count: letters.length,
    created: created.toISOString(),
    letters: letters.map((letter) => ({ reference: letter.reference, sha256: sha256(letter.pdf) })),
  };
  const contents = letters.map((letter) => ({ ...letter, kind: "pin-letter", pdf: letter.pdf.toString("base64") }));
  const plain = Buffer.from(JSON.stringify({ manifest, letters: contents }));
  return new CompactEncrypt(plain).setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", cty: "json" }).encrypt(printer);
}

export function sha256(octets: Uint8Array): string {
  return createHash("sha256").update(octets).digest("hex");
}
