/** The keys of a file, imported once: HMAC-SHA256, AES-256-GCM and ES256 through node:crypto. */
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createSecretKey, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Purpose, SigningKey } from "#platform/secrets";
import type { KeyMaterial, StoredSigningKey } from "./key-material.ts";

interface SecretKeys {
  readonly version: number;
  readonly mac: KeyObject;
  readonly seal: KeyObject;
}

export interface ImportedKeys {
  current(purpose: Purpose): SecretKeys;
  find(purpose: Purpose, version: number): SecretKeys | undefined;
  readonly signing: readonly SigningKey[];
}

export function importKeys({ secrets, signing }: KeyMaterial): ImportedKeys {
  const imported = new Map(
    Object.entries(secrets).map(([purpose, versions]) => [purpose, (versions ?? []).map(importVersion)]),
  );
  return {
    current(purpose) {
      const last = imported.get(purpose)?.at(-1);
      if (last === undefined) throw new Error(`there is no key for ${purpose}`);
      return last;
    },
    find: (purpose, version) => imported.get(purpose)?.find((keys) => keys.version === version),
    signing: signing["id-token"].map(importSigningKey),
  };
}

function importVersion({ version, mac, seal }: { version: number; mac: string; seal: string }): SecretKeys {
  const key = (text: string) => createSecretKey(Buffer.from(text, "base64url"));
  return { version, mac: key(mac), seal: key(seal) };
}

function importSigningKey({ id, jwk }: StoredSigningKey): SigningKey {
  const { d: _private, ...open } = jwk;
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return {
    id,
    publicJwk: { ...open, kid: id, alg: "ES256", use: "sig" },
    sign: async (data) => sign("sha256", data, { key, dsaEncoding: "ieee-p1363" }),
  };
}

export function macOf({ mac }: SecretKeys, data: string | Uint8Array): Buffer {
  return createHmac("sha256", mac).update(data).digest();
}

/**
 * Sealed: version (1 byte), nonce (12), ciphertext, tag (16). Nonces are random, so one key must seal fewer than 2^32 values
 * (NIST SP 800-38D 8.3): rotate long before.
 */
const nonceLength = 12;
const tagLength = 16;
export const shortestSealed = 1 + nonceLength + tagLength;

export function sealWith({ version, seal }: SecretKeys, nonce: Buffer, plain: string, context: string): Buffer {
  const cipher = createCipheriv("aes-256-gcm", seal, nonce, { authTagLength: tagLength });
  cipher.setAAD(authenticated(version, context));
  return Buffer.concat([Buffer.of(version), nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the value or its context is not the one sealed. */
export function openWith({ version, seal }: SecretKeys, sealed: Buffer, context: string): string {
  const decipher = createDecipheriv("aes-256-gcm", seal, sealed.subarray(1, 1 + nonceLength), { authTagLength: tagLength });
  decipher.setAAD(authenticated(version, context));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(1 + nonceLength, -tagLength)), decipher.final()]).toString("utf8");
}

function authenticated(version: number, context: string): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(context, "utf8")]);
}
