/** How a portal proves who it is at the token endpoint (OpenID Connect Core 9), for the methods that portals register. */
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import type { JSONWebKeySet } from "jose";
import type { Database } from "#platform/database";
import type { Clock } from "#platform/world";
import { faultOf, isFirstUse } from "../assertions.ts";
import { paths } from "../paths.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import type { OidcPortal } from "../registration/registration.ts";

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, string>>;
}

export interface AuthenticationNeeds {
  readonly portals: OidcPortals;
  readonly db: Database;
  readonly clock: Clock;
  readonly issuer: string;
  /** Seconds since 1970 of the real time: portals judge by it, and nobody moves their clocks. */
  readonly epoch: () => number;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Null for whoever did not prove to be a portal of ours: the engine then says what was wrong. */
export async function authenticate(
  needs: AuthenticationNeeds,
  { authorization, body }: TokenRequest,
): Promise<OidcPortal | null> {
  const { client_id: id, client_secret: secret, client_assertion: assertion, client_assertion_type: type } = body;
  const proofs = [authorization, secret, assertion].filter((proof) => proof !== undefined).length;
  // RFC 6749 2.3: one proof at most in a request; without any, the engine serves those that live in a browser.
  if (proofs !== 1) return null;
  if (assertion !== undefined) return type === assertionType ? byAssertion(needs, assertion) : null;
  if (secret !== undefined) return id === undefined ? null : bySecret(needs, id, secret, "client_secret_post");
  const basic = readBasic(authorization ?? "");
  if (!basic || (id !== undefined && id !== basic.id)) return null;
  return bySecret(needs, basic.id, basic.secret, "client_secret_basic");
}

async function bySecret(
  { portals }: AuthenticationNeeds,
  id: string,
  secret: string,
  method: string,
): Promise<OidcPortal | null> {
  const portal = await portals.find(id);
  if (portal?.authentication.method !== method) return null;
  return (await portals.secretMatches(portal, secret)) ? portal : null;
}

async function byAssertion(needs: AuthenticationNeeds, assertion: string): Promise<OidcPortal | null> {
  const { portals, issuer, epoch } = needs;
  const portal = await portals.find(unverifiedIssuer(assertion));
  if (portal?.authentication.method !== "private_key_jwt") return null;
  const { id } = portal;
  const audience = [issuer, issuer + paths.token];
  const expected = { issuer: id, subject: id, audience, algorithms: ["ES256"], requiredClaims: ["exp", "jti"] };
  const verified = await jwtVerify(assertion, keySetOf(portal), expected).catch(() => null);
  if (!verified || faultOf(verified.payload, epoch()) !== null) return null;
  return (await isFirstUse(needs, id, verified.payload.jti ?? "")) ? portal : null;
}

function unverifiedIssuer(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? "";
  } catch {
    return "";
  }
}

type Keys = ReturnType<typeof createLocalJWKSet>;
const keysOf = new WeakMap<OidcPortal, Keys>();

/** Made once for each version of a portal: importing a key costs as much as using it. */
function keySetOf(portal: OidcPortal): Keys {
  const made = keysOf.get(portal);
  if (made) return made;
  const { authentication } = portal;
  // `as`: the portal was registered with public keys; one that is no key verifies nothing.
  const keys = createLocalJWKSet(("jwks" in authentication ? authentication.jwks : { keys: [] }) as unknown as JSONWebKeySet);
  keysOf.set(portal, keys);
  return keys;
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are joined. */
function readBasic(header: string): { id: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  const [, id, secret] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(encoded ?? "", "base64").toString()) ?? [];
  if (id === undefined || secret === undefined) return null;
  try {
    return { id: formDecoded(id), secret: formDecoded(secret) };
  } catch {
    return null;
  }
}

const formDecoded = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
