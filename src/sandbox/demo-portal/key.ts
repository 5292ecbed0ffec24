/** The portal's own ES256 key (private_key_jwt), made once and kept on its shelf: Chave only ever sees the public half. */
import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { PrivateKeyJwt, type ClientAuth } from "openid-client";
import { openShelf } from "../kit/shelf.ts";

export interface PortalKey {
  readonly authentication: ClientAuth;
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

export async function openPortalKey(shelfFolder: string): Promise<PortalKey> {
  const shelf = openShelf<JWK>(shelfFolder, "demo-portal-key");
  if (shelf.entries.length === 0) shelf.add(await makeKey());
  const { d, ...pub } = shelf.entries[0] ?? {};
  const key = await importJWK({ ...pub, ...(d === undefined ? {} : { d }) }, "ES256");
  if (!(key instanceof CryptoKey) || pub.kid === undefined) throw new Error("the demo portal's key cannot be read");
  return { authentication: PrivateKeyJwt({ key, kid: pub.kid }), jwks: { keys: [pub] } };
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString("hex"), alg: "ES256", use: "sig" };
}
