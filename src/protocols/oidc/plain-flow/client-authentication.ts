/** How a portal proves who it is at the token endpoint (OpenID Connect Core 9), for the methods that portals register. */
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import type { JSONWebKeySet } from "jose";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import type { OidcPortal } from "../registration/registration.ts";

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, string>>;
}

export interface AuthenticationNeeds {
  readonly portals: OidcPortals;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** Seconds since 1970. */
  readonly epoch: () => number;
  /** True for exactly one of any number of requests with the same assertion (RFC 7523 3). */
  assertionIsNew(issuer: string, jti: string): Promise<boolean>;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** Seconds that an assertion may live from now. */
const assertionLives = 600;

type Keys = ReturnType<typeof createLocalJWKSet>;
const keysOf = new WeakMap<OidcPortal, Keys>();

/** Null for whoever did not prove to be a portal of ours: the engine then says what was wrong. */
export function createClientAuthentication(needs: AuthenticationNeeds): (request: TokenRequest) => Promise<OidcPortal | null> {
  const { portals } = needs;

  async function bySecret(id: string, secret: string, method: string): Promise<OidcPortal | null> {
    const portal = await portals.find(id);
    if (portal?.authentication.method !== method) return null;
    return (await portals.secretMatches(portal, secret)) ? portal : null;
  }

  async function byAssertion(assertion: string): Promise<OidcPortal | null> {
    const portal = await portals.find(unverifiedIssuer(assertion));
    if (portal?.authentication.method !== "private_key_jwt") return null;
    const { id } = portal;
    const audience = [needs.issuer, needs.tokenEndpoint];
    const expected = { issuer: id, subject: id, audience, algorithms: ["ES256"], requiredClaims: ["exp", "jti"] };
    const verified = await jwtVerify(assertion, keySetOf(portal), expected).catch(() => null);
    const { exp = 0, jti } = verified?.payload ?? {};
    if (!verified || typeof jti !== "string" || jti.length > 256) return null;
    if (exp > needs.epoch() + assertionLives) return null;
    return (await needs.assertionIsNew(id, jti)) ? portal : null;
  }

  return async ({ authorization, body }) => {
    const { client_id: id, client_secret: secret, client_assertion: assertion, client_assertion_type: type } = body;
    const ways = [authorization, secret, assertion].filter((way) => way !== undefined).length;
    // RFC 6749 2.3: one way at most in a request; without any, the engine serves those that live in a browser.
    if (ways !== 1) return null;
    if (assertion !== undefined) return type === assertionType ? byAssertion(assertion) : null;
    if (secret !== undefined) return id === undefined ? null : bySecret(id, secret, "client_secret_post");
    const basic = readBasic(authorization ?? "");
    if (!basic || (id !== undefined && id !== basic.id)) return null;
    return bySecret(basic.id, basic.secret, "client_secret_basic");
  };
}

function unverifiedIssuer(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? "";
  } catch {
    return "";
  }
}

/** Made once for each version of a portal: importing a key costs as much as using it. */
function keySetOf(portal: OidcPortal): Keys {
  const known = keysOf.get(portal);
  if (known) return known;
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
