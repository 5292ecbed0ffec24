/** What portals do at the OpenID Connect door, by a client library that is nobody's but its own. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { SignJWT } from "jose";
import * as client from "openid-client";
import { openBrowser } from "./browser.ts";
import { assertionKeys, basicPortal, keyPortal, openOidcHouse, publicPortal, secret } from "./house.ts";
import type { TestPortal } from "./house.ts";

interface Started {
  url: URL;
  verifier: string;
  nonce: string;
  state: string;
}

export const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

export const codeIn = (url: URL): string => url.searchParams.get("code") ?? "";

export async function openOidcFlows() {
  const house = await openOidcHouse();
  const { issuer } = house;
  const insecure = { execute: [client.allowInsecureRequests] };
  const discover = (portal: TestPortal, proof: client.ClientAuth) =>
    client.discovery(new URL(issuer), portal.id, {}, proof, insecure);
  const basic = await discover(basicPortal, client.ClientSecretBasic(secret));
  const open = await discover(publicPortal, client.None());
  const keyed = await discover(keyPortal, client.PrivateKeyJwt({ key: assertionKeys.privateKey, kid: "k1" }));

  /** The plain flow and the engine are judged by the same tests: only a request out of the ordinary comes before the engine. */
  let way: "plain" | "engine" = "plain";
  const outOfTheOrdinary = { plain: {}, engine: { prompt: "consent" } };

  function by(which: typeof way, name: string, run: (t: TestContext) => Promise<void>): void {
    test(`${name} (${which})`, async (t) => {
      way = which;
      await run(t).finally(() => (way = "plain"));
    });
  }

  function byBoth(name: string, run: (t: TestContext) => Promise<void>): void {
    by("plain", name, run);
    by("engine", name, run);
  }

  async function start(config: client.Configuration, portal: TestPortal, extra: Record<string, string> = {}): Promise<Started> {
    const verifier = client.randomPKCECodeVerifier();
    const [nonce, state] = [client.randomNonce(), client.randomState()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: portal.redirectUris[0] ?? "",
      scope: "openid profile",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
      ...outOfTheOrdinary[way],
      ...extra,
    });
    return { url, verifier, nonce, state };
  }

  async function callback(config: client.Configuration, portal: TestPortal, extra: Record<string, string> = {}) {
    const started = await start(config, portal, extra);
    const { left, response } = await openBrowser(issuer).follow(started.url);
    assert.ok(left, `${String(response.status)} ${await response.clone().text()}`);
    return { ...started, left };
  }

  async function wholeFlow(config: client.Configuration, portal: TestPortal, extra: Record<string, string> = {}) {
    const { left, verifier, nonce, state } = await callback(config, portal, extra);
    const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state };
    const tokens = await client.authorizationCodeGrant(config, left, checks);
    const claims = tokens.claims();
    assert.ok(claims);
    return { tokens, claims, left };
  }

  const act = { start, callback, wholeFlow, discover, ...redeeming(issuer) };
  return { ...house, ...act, basic, open, keyed, by, byBoth, openBrowser: () => openBrowser(issuer) };
}

/** At the token endpoint, by hand: what a client library would never send. */
function redeeming(issuer: string) {
  function redeem(
    code: string,
    verifier: string,
    uri = basicPortal.redirectUris[0] ?? "",
    password = secret,
  ): Promise<Response> {
    return fetch(`${issuer}/oidc/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${basicPortal.id}:${encodeURIComponent(password)}`).toString("base64")}`,
      },
      body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: uri, code_verifier: verifier }),
    });
  }

  function signAssertion({
    audience = `${issuer}/oidc/token`,
    seconds = 60,
  }: {
    audience?: string;
    seconds?: number;
  }): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ jti: randomBytes(16).toString("hex") })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .setIssuer(keyPortal.id)
      .setSubject(keyPortal.id)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(assertionKeys.privateKey);
  }

  function redeemByAssertion(
    code: string,
    verifier: string,
    assertion: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: keyPortal.redirectUris[0] ?? "",
      code_verifier: verifier,
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
    return fetch(`${issuer}/oidc/token`, { method: "POST", body, headers });
  }

  return { redeem, signAssertion, redeemByAssertion };
}
