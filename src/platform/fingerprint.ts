import { hash, timingSafeEqual } from "node:crypto";

/** SHA-256: what is kept of a 256-bit random secret that only its holder needs to present again. Never for a PIN or a code. */
export function fingerprint(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}

/** Compares in constant time. */
export function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
