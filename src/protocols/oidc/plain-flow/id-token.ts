/** ID tokens of the plain flow, as the engine makes them: ES256, with what was consented to. */
import { createHash } from "node:crypto";
import type { SigningKey } from "#platform/secrets";

export interface IdTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly nonce?: string;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly auth_time: number;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const headers = new WeakMap<SigningKey, string>();

function headerOf(key: SigningKey): string {
  const header = headers.get(key) ?? base64url({ alg: "ES256", typ: "JWT", kid: key.id });
  headers.set(key, header);
  return header;
}

/** `issuedAt` in seconds of the real time, by which portals judge it. */
export async function signIdToken(
  key: SigningKey,
  claims: IdTokenClaims & Readonly<Record<string, unknown>>,
  issuedAt: number,
  lives: number,
): Promise<string> {
  const signed = `${headerOf(key)}.${base64url({ ...claims, iat: issuedAt, exp: issuedAt + lives })}`;
  return `${signed}.${(await key.sign(Buffer.from(signed))).toString("base64url")}`;
}

/** OpenID Connect Core 3.1.3.6: the left half of the hash that the signature uses. */
export function atHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}
