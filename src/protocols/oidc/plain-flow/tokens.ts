/** The token and userinfo endpoints of the plain flow. */
import { inSeconds } from "#platform/duration";
import type { SigningKeys } from "#platform/secrets";
import { claimsOf } from "../claims.ts";
import { lifetimes } from "../lifetimes.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import { authenticate } from "./client-authentication.ts";
import type { AuthenticationNeeds, TokenRequest } from "./client-authentication.ts";
import { challengeOf, grantedFor, isOurs, redeemCode } from "./codes.ts";
import type { CodeNeeds, Granted } from "./codes.ts";
import { atHash, signIdToken } from "./id-token.ts";

export interface TokenNeeds extends CodeNeeds, AuthenticationNeeds {
  readonly portals: OidcPortals;
  readonly signingKeys: SigningKeys;
}

/** An answer of the token or userinfo endpoint. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: object;
}

/** Null when the engine must judge the request. */
export async function token(needs: TokenNeeds, request: TokenRequest): Promise<JsonAnswer | null> {
  const { grant_type: grant, code = "", redirect_uri: redirectUri = "", code_verifier: verifier = "" } = request.body;
  if (grant !== "authorization_code" || !isOurs(code)) return null;
  const portal = await authenticate(needs, request);
  if (!portal) return null;
  const presented = { portalId: portal.id, redirectUri, challenge: challengeOf(verifier) };
  const redeemed = await redeemCode(needs, code, presented);
  if (!redeemed) return answered(400, { error: "invalid_grant", error_description: "grant request is invalid" });
  return answered(200, await tokensOf(needs, redeemed.granted, redeemed.accessToken));
}

/** Null when the engine must judge the request. */
export async function userinfo(needs: TokenNeeds, accessToken: string): Promise<JsonAnswer | null> {
  if (!isOurs(accessToken)) return null;
  const granted = await grantedFor(needs, accessToken);
  if (!granted || !(await needs.portals.find(granted.portalId)))
    return answered(401, { error: "invalid_token", error_description: "invalid token provided" });
  return answered(200, { sub: granted.sub, ...claimsOf(granted.consented) });
}

const answered = (status: number, body: object): JsonAnswer => ({ status, body });

/** OpenID Connect Core 3.1.3.3. */
async function tokensOf({ signingKeys, issuer, epoch }: TokenNeeds, granted: Granted, accessToken: string): Promise<object> {
  const [key] = await signingKeys.list("id-token");
  if (key === undefined) throw new Error("there is no key to sign ID tokens with");
  const { sub, acr, amr, authTime, consented, nonce, portalId, scope } = granted;
  const about = { iss: issuer, sub, aud: portalId, acr, amr, auth_time: authTime, at_hash: atHash(accessToken) };
  const claims = { ...claimsOf(consented), ...about, ...(nonce !== null && { nonce }) };
  return {
    access_token: accessToken,
    expires_in: inSeconds(lifetimes.accessToken),
    id_token: await signIdToken(key, claims, epoch(), inSeconds(lifetimes.idToken)),
    scope,
    token_type: "Bearer",
  };
}
