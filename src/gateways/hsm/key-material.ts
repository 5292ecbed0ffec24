/** What lies in a key file: its form, and how new keys are made. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import type { Purpose } from "#platform/secrets";
import type { Random } from "#platform/world";

/** `satisfies` makes a purpose added to the contract, and forgotten here, an error of the compiler. */
const purposeTable = {
  pin: true,
  code: true,
  session: true,
  "portal-secret": true,
  audit: true,
  pairwise: true,
  job: true,
  form: true,
  personal: true,
} as const satisfies Record<Purpose, true>;

export const purposes = Object.keys(purposeTable).filter((name): name is Purpose => name in purposeTable);

const key256 = z.string().refine((text) => Buffer.from(text, "base64url").length === 32, "a key has 256 bits");
const version = z.int().min(1).max(255);

const privateJwk = z.strictObject({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/** Two keys for each version: one for HMAC, one for AES; a key is never used with two algorithms. */
const keyVersion = z.strictObject({ version, mac: key256, seal: key256 });

const storedSigningKey = z.strictObject({ id: z.string().min(1), jwk: privateJwk });

export const keyFileForm = z.strictObject({
  format: z.literal(1),
  secrets: z.partialRecord(z.enum(Object.keys(purposeTable)), z.array(keyVersion).min(1)),
  /** The first signs; all are published. */
  signing: z.strictObject({ "id-token": z.array(storedSigningKey).min(1) }),
});

export type KeyMaterial = z.infer<typeof keyFileForm>;
export type KeyVersion = z.infer<typeof keyVersion>;
export type StoredSigningKey = z.infer<typeof storedSigningKey>;

export function newKeyVersion(random: Random, number: number): KeyVersion {
  const key = () => random.bytes(32).toString("base64url");
  return { version: number, mac: key(), seal: key() };
}

/** The id is the RFC 7638 thumbprint: two keys can never share one. */
export function newSigningKey(): StoredSigningKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = privateJwk.parse(privateKey.export({ format: "jwk" }));
  const { crv, kty, x, y } = jwk;
  const id = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
  return { id, jwk };
}

export function newKeyMaterial(random: Random): KeyMaterial {
  return withEveryPurpose({ format: 1, secrets: {}, signing: { "id-token": [newSigningKey()] } }, random);
}

/** A purpose that came with a later release gets its key when the file is next opened. */
export function withEveryPurpose(material: KeyMaterial, random: Random): KeyMaterial {
  const missing = purposes.filter((purpose) => material.secrets[purpose] === undefined);
  if (missing.length === 0) return material;
  const added = Object.fromEntries(missing.map((purpose) => [purpose, [newKeyVersion(random, 1)]]));
  return { ...material, secrets: { ...material.secrets, ...added } };
}
