/** Signatures of authorities and responders: only algorithms that are still strong, and only with a key of their own kind. */
import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";

interface Scheme {
  readonly hash: "sha256" | "sha384" | "sha512";
  readonly key: "ec" | "rsa";
}

/** By object identifier (RFC 5758 3.2, RFC 8017 A.2.4). SHA-1 and MD5 are not there, on purpose. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  "1.2.840.10045.4.3.2": { hash: "sha256", key: "ec" },
  "1.2.840.10045.4.3.3": { hash: "sha384", key: "ec" },
  "1.2.840.10045.4.3.4": { hash: "sha512", key: "ec" },
  "1.2.840.113549.1.1.11": { hash: "sha256", key: "rsa" },
  "1.2.840.113549.1.1.12": { hash: "sha384", key: "rsa" },
  "1.2.840.113549.1.1.13": { hash: "sha512", key: "rsa" },
};

const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

export function isStrongAlgorithm(algorithm: string): boolean {
  return Object.hasOwn(SCHEMES, algorithm);
}

/** RSA of 2048 to 4096 bits with an ordinary exponent: a larger one would only cost us time. */
export function isStrongKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === "ec") return CURVES.has(details?.namedCurve ?? "");
  const { modulusLength = 0, publicExponent = 0n } = details ?? {};
  return type === "rsa" && modulusLength >= 2048 && modulusLength <= 4096 && publicExponent >= 3n && publicExponent < 1n << 32n;
}

export function verifies(algorithm: string, key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const scheme = SCHEMES[algorithm];
  if (scheme === undefined || scheme.key !== key.asymmetricKeyType || !isStrongKey(key)) return false;
  return verify(scheme.hash, data, key, signature);
}
