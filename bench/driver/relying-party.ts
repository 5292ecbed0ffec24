/** The portal's part of a ceremony: the authorization request, and the code redeemed for an ID token that is verified. */
import { createHash, randomBytes } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import type { JSONWebKeySet } from "jose";
import { Pool } from "undici";

export interface RelyingPartyNeeds {
  /** Where the server listens; its description is asked for here. */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly discovery?: string;
}

export interface Attempt {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface RelyingParty {
  begin(): Attempt;
  /** Throws unless the ID token is genuine, ours and of this attempt. Gives its subject. */
  finish(callback: URL, attempt: Attempt): Promise<string>;
  close(): Promise<void>;
}

interface Description {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

const token = (): string => randomBytes(24).toString("base64url");

export async function createRelyingParty(needs: RelyingPartyNeeds): Promise<RelyingParty> {
  const { origin, clientId, clientSecret, redirectUri, scope } = needs;
  const pool = new Pool(origin, { keepAliveTimeout: 15_000, headersTimeout: 20_000 });
  const description = await getJson<Description>(pool, needs.discovery ?? "/.well-known/openid-configuration");
  const keys = createLocalJWKSet(await getJson<JSONWebKeySet>(pool, pathOf(description.jwks_uri)));
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  const headers = { host: new URL(origin).host, authorization, "content-type": "application/x-www-form-urlencoded" };

  async function redeem(code: string, verifier: string): Promise<string> {
    const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    const body = new URLSearchParams(form).toString();
    const answer = await pool.request({ method: "POST", path: pathOf(description.token_endpoint), headers, body });
    const text = await answer.body.text();
    const { id_token: idToken } = (answer.statusCode === 200 ? JSON.parse(text) : {}) as { id_token?: string };
    if (idToken === undefined) throw new Error(`no ID token: ${String(answer.statusCode)} ${text.slice(0, 200)}`);
    return idToken;
  }

  return {
    begin() {
      const attempt = { state: token(), nonce: token(), verifier: token() + token() };
      const challenge = createHash("sha256").update(attempt.verifier).digest("base64url");
      const asked = { response_type: "code", client_id: clientId, redirect_uri: redirectUri, scope };
      const proof = { state: attempt.state, nonce: attempt.nonce, code_challenge: challenge, code_challenge_method: "S256" };
      const query = new URLSearchParams({ ...asked, ...proof }).toString();
      return { ...attempt, url: `${pathOf(description.authorization_endpoint)}?${query}` };
    },
    async finish(callback, { state, nonce, verifier }) {
      const code = callback.searchParams.get("code");
      if (code === null || callback.searchParams.get("state") !== state)
        throw new Error(`no answer: ${callback.search.slice(0, 200)}`);
      const { payload } = await jwtVerify(await redeem(code, verifier), keys, {
        issuer: description.issuer,
        audience: clientId,
      });
      if (payload["nonce"] !== nonce) throw new Error("an ID token of another attempt");
      return payload.sub ?? "";
    },
    close: () => pool.close(),
  };
}

async function getJson<Answer>(pool: Pool, path: string): Promise<Answer> {
  const { statusCode, body } = await pool.request({ method: "GET", path });
  if (statusCode !== 200) throw new Error(`${path}: ${String(statusCode)}`);
  return (await body.json()) as Answer;
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  // Two slashes at the beginning, as one server writes them, would be read as a host.
  return pathname.replace(/^\/+/, "/") + search;
}
