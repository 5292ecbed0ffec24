/** The OpenID Connect door on a real database, with three portals, in front of a house where whoever arrives is done at once. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { exportJWK, generateKeyPair } from "jose";
import { createPortals } from "../../../src/core/portals/index.ts";
import type { PortalRegistration } from "../../../src/core/portals/index.ts";
import type { Answer, SignInRequest } from "../../../src/core/sign-in/index.ts";
import { openKeyFile } from "../../../src/gateways/hsm/index.ts";
import { systemRandom } from "../../../src/platform/world.ts";
import { createOidc } from "../../../src/protocols/oidc/index.ts";
import type { OidcNeeds, OidcRegistration } from "../../../src/protocols/oidc/index.ts";
import { registerPortal } from "../../../src/protocols/portals.ts";
import { openTestDatabase, silentLog, testClock } from "../world.ts";
import { createStubSignIn, stubs } from "./stubs.ts";
import { watchStatements } from "./watched.ts";

export const secret = "a portal secret of many letters";
export const assertionKeys = await generateKeyPair("ES256", { extractable: true });

export type TestPortal = PortalRegistration & OidcRegistration;

export const basicPortal: TestPortal = {
  id: "portal-basic",
  name: { pt: "Portal de exemplo", en: "Sample portal" },
  homeUrl: "https://basic.example/",
  redirectUris: ["https://basic.example/callback"],
  postLogoutRedirectUris: ["https://basic.example/bye"],
  attributes: ["civil_id", "tax_number", "name", "given_names", "family_names", "phone", "email", "address"],
  minimumLevel: 2,
  authentication: { method: "client_secret_basic", secret },
};
const jwk = { ...(await exportJWK(assertionKeys.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
export const keyPortal: TestPortal = {
  ...basicPortal,
  id: "portal-key",
  redirectUris: ["https://key.example/callback"],
  authentication: { method: "private_key_jwt", jwks: { keys: [jwk] } },
};
export const publicPortal: TestPortal = {
  ...basicPortal,
  id: "portal-public",
  redirectUris: ["https://public.example/callback"],
  authentication: { method: "none" },
};
export const person = {
  civil_id: "90000001",
  tax_number: "990000001",
  name: "Ana Exemplo Prova",
  given_names: "Ana",
  family_names: "Exemplo Prova",
  phone: "+351910000001",
  email: "ana@exemplo.example",
  address: "Rua da Prova, 1\n1000-000 Lisboa",
} as const;

/** What is told of somebody who authorises all that was asked. */
function authorisedAt(now: Date, { portalId, attributes }: SignInRequest): Answer {
  const values = Object.entries(person).filter(([name]) => attributes.some((attribute) => attribute.name === name));
  return {
    outcome: "authorised",
    citizenId: "citizen-1",
    portalId,
    proof: { by: "key-and-code", keyId: "key-1" },
    level: 3,
    attributes: Object.fromEntries(values),
    authenticatedAt: now,
    sessionId: "session-1",
  };
}

export type OidcHouse = Awaited<ReturnType<typeof openOidcHouse>>;

export async function openOidcHouse() {
  const folder = await mkdtemp(join(tmpdir(), "chave-oidc-"));
  after(() => rm(folder, { recursive: true }));
  const keys = await openKeyFile({ path: join(folder, "keys.json"), random: systemRandom });
  const clock = testClock(new Date(Date.now()));
  const watched = watchStatements(await openTestDatabase());
  const portals = await createPortals(watched);

  async function register(portal: TestPortal): Promise<void> {
    const { redirectUris, postLogoutRedirectUris, authentication, ...ours } = portal;
    const oidc = { redirectUris, postLogoutRedirectUris, authentication };
    await registerPortal({ db: watched.db, secrets: keys, portals }, { ...ours, oidc });
  }
  for (const portal of [basicPortal, keyPortal, publicPortal]) await register(portal);

  const authorised = (request: SignInRequest): Answer => authorisedAt(clock.now(), request);
  /** The person authorises all that is asked, unless a test says otherwise for a while. */
  const people: { answer: (request: SignInRequest) => Answer | null } = { answer: authorised };
  async function whileAnswering(answer: typeof people.answer, act: () => Promise<void>): Promise<void> {
    people.answer = answer;
    await act().finally(() => (people.answer = authorised));
  }
  const { signIn, sessions, ...seen } = createStubSignIn((request) => people.answer(request));

  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const needs: OidcNeeds = {
    ...stubs,
    ...{
      db: watched.db,
      portals,
      signIn,
      sessions,
      signingKeys: keys,
      secrets: keys,
      clock,
      random: systemRandom,
      log: silentLog,
    },
    ...{ issuer, highestLevel: 4, sandbox: true },
  };
  const oidc = await createOidc(needs);

  /** What the pages do with a decision: the way back is kept at once with it, where the protocol gave one. */
  async function whereTo(request: SignInRequest | undefined): Promise<string> {
    const [wayBack, answer] = [seen.waysBack.get(request?.wayBack ?? ""), request && people.answer(request)];
    if (!request || wayBack === undefined || wayBack === "fetched" || !answer) return request?.returnTo ?? "/";
    const { to, keep } = await wayBack(answer, request.memory);
    await watched.db.atOnce(() => keep.map((each) => each()));
    assert.ok("redirect" in to);
    return to.redirect;
  }
  const site = new Hono().route("/", oidc.routes);
  site.get("/sign-in/:id/:step?", async (c) => c.redirect(await whereTo(seen.begun.get(c.req.param("id"))?.request), 303));
  const pages = getRequestListener(site.fetch);
  server.on("request", (req, res) => {
    if (oidc.owns(new URL(req.url ?? "/", issuer).pathname)) void oidc.handle(req, res);
    else void pages(req, res);
  });

  return { ...seen, issuer, keys, clock, watched, portals, register, authorised, whileAnswering, needs, oidc };
}
