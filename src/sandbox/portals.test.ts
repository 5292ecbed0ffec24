import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";
import type { CompletePortal } from "../protocols/portals.ts";
import { createDemoPortal } from "./demo-portal/index.ts";
import { openServer } from "./kit/door.ts";
import { findFreePort } from "./kit/free-port.ts";
import { createPeople } from "./people/index.ts";
import { createMemoryAdapter } from "./tax-authority/adapter.ts";
import { createTaxAuthoritySandbox } from "./tax-authority/index.ts";

const shelf = () => mkdtempSync(join(tmpdir(), "portals-"));
const LEONOR = { sub: "pairwise-1", name: "Leonor Exemplo Sereno", tax_number: "200001019", email: "leonor@correio.example" };

interface KeyServer {
  readonly port: number;
  readonly register: (portal: CompletePortal) => void;
  /** What the person will do there. */
  decision: "authorise" | "refuse";
}

/** An OpenID provider where one person is always signed in and decides as told: an independent peer for the portals. */
async function openKeyServer(t: TestContext, askedPort?: number): Promise<KeyServer> {
  const port = askedPort ?? (await findFreePort());
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const registered: CompletePortal[] = [];
  const server: KeyServer = { port, register: (portal) => void registered.push(portal), decision: "authorise" };
  const adapter = createMemoryAdapter();
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    adapter: (name) => ({
      ...adapter(name),
      ...(name === "Client" ? { find: async (id: string) => clientOf(registered.find((portal) => portal.id === id)) } : {}),
    }),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: "sig", alg: "ES256", kid: "k" }] },
    claims: { openid: ["sub", "acr"], profile: ["name"], name: ["name"], tax_number: ["tax_number"], email: ["email"] },
    acrValues: ["3"],
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    cookies: { keys: ["test"] },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    interactions: { url: (_ctx, { uid }) => `/decide/${uid}` },
    findAccount: async (_ctx, accountId) => ({ accountId, claims: async () => ({ ...LEONOR, sub: accountId }) }),
  });
  const answer = provider.callback();
  const door = await openServer(
    createServer((request, response) => {
      if (!request.url?.startsWith("/decide/")) return void answer(request, response);
      void decide(provider, server.decision, request, response);
    }),
    port,
  );
  t.after(() => door.close());
  return server;
}

type Request = Parameters<Provider["interactionFinished"]>[0];
type Answer = Parameters<Provider["interactionFinished"]>[1];

async function decide(provider: Provider, decision: KeyServer["decision"], request: Request, response: Answer): Promise<void> {
  if (decision === "refuse") return provider.interactionFinished(request, response, { error: "access_denied" });
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: LEONOR.sub, clientId: String(params["client_id"]) });
  grant.addOIDCScope(String(params["scope"]));
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { login: { accountId: LEONOR.sub, acr: "3" }, consent: { grantId } });
}

function clientOf(portal: CompletePortal | undefined) {
  if (!portal) return undefined;
  const { authentication, redirectUris, postLogoutRedirectUris } = portal.oidc;
  return {
    client_id: portal.id,
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    token_endpoint_auth_method: authentication.method,
    ...("secret" in authentication ? { client_secret: authentication.secret } : {}),
    ...("jwks" in authentication ? { jwks: { keys: [...authentication.jwks.keys] } } : {}),
  };
}

/** A browser without script, whose cookies are shared by all ports of the host, as in a real one. */
function createBrowser() {
  const cookies = new Map<string, string>();
  return async function go(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; text: string }> {
    const headers = {
      cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; "),
      origin: new URL(url).origin,
    };
    const answer = await fetch(url, {
      headers,
      redirect: "manual",
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const next = answer.headers.get("location");
    return next === null ? { url, status: answer.status, text } : go(new URL(next, url).href);
  };
}

async function openDemoPortal(t: TestContext, keyPort: number) {
  const port = await findFreePort();
  const demo = await createDemoPortal({ port, keyIssuer: `http://localhost:${keyPort}`, shelfFolder: shelf() });
  const door = await demo.start();
  t.after(() => door.close());
  return demo;
}

async function openTaxPortal(t: TestContext, keyPort: number) {
  const port = await findFreePort();
  const people = createPeople({ clock: { now: () => new Date() }, shelfFolder: shelf() });
  const client = { id: "chave", secret: "secret", redirectUri: "http://localhost:3000/return" };
  const tax = createTaxAuthoritySandbox({
    port,
    people,
    client,
    keyIssuer: `http://localhost:${keyPort}`,
    portalSecret: "a&portal=secret",
  });
  const door = await tax.start();
  t.after(() => door.close());
  return tax;
}

test("the municipal portal greets who signs in with the key, shows each thing received and the level, and signs out", async (t) => {
  const server = await openKeyServer(t);
  const demo = await openDemoPortal(t, server.port);
  server.register(demo.portal);
  const go = createBrowser();
  assert.match((await go(demo.url)).text, /data-page="portal-home"/);
  const inside = await go(`${demo.url}/sign-in`, {});
  assert.match(inside.text, /data-page="portal-signed-in"/);
  for (const shown of [LEONOR.name, LEONOR.tax_number, LEONOR.email, LEONOR.sub, "<dd>3</dd>"])
    assert.ok(inside.text.includes(shown), shown);
  await go(`${demo.url}/sign-out`, {});
  assert.match((await go(demo.url)).text, /data-page="portal-home"/);
});

test("a person who refuses is told so kindly and may try again", async (t) => {
  const server = await openKeyServer(t);
  const demo = await openDemoPortal(t, server.port);
  server.register(demo.portal);
  server.decision = "refuse";
  const refused = await createBrowser()(`${demo.url}/sign-in?lang=en`);
  assert.match(refused.text, /data-page="portal-refused" data-refusal="access_denied"/);
  assert.match(refused.text, /action="\/sign-in\?lang=en"/);
});

test("a portal that asks for the highest level lets nobody in with less, whatever the key's server answers", async (t) => {
  const server = await openKeyServer(t);
  const demo = await openDemoPortal(t, server.port);
  server.register(demo.portal);
  const go = createBrowser();
  const link = /href="(\/sign-in\?level=4[^"]*)"/.exec((await go(demo.url)).text)?.[1] ?? "";
  const refused = await go(demo.url + link.replace("&amp;", "&"));
  assert.match(refused.text, /data-page="portal-refused" data-refusal="level_missed"/);
  assert.match((await go(demo.url)).text, /data-page="portal-home"/);
});

test("an answer nobody waits for, or made for another attempt, signs nobody in", async (t) => {
  const server = await openKeyServer(t);
  const demo = await openDemoPortal(t, server.port);
  server.register(demo.portal);
  const go = createBrowser();
  assert.match((await go(`${demo.url}/callback?code=x&state=y`)).text, /data-refusal="no_attempt"/);
  const attempt = await fetch(`${demo.url}/sign-in`, { redirect: "manual" });
  const cookie = attempt.headers.getSetCookie()[0] ?? "";
  const forged = await fetch(`${demo.url}/callback?code=x&state=forged`, { headers: { cookie } });
  assert.match(await forged.text(), /data-refusal="invalid_answer"/);
});

test("a portal whose key server is down says so, and works once it is up", async (t) => {
  const port = await findFreePort();
  const demo = await openDemoPortal(t, port);
  const down = await createBrowser()(`${demo.url}/sign-in`);
  assert.equal(down.status, 503);
  assert.match(down.text, /data-refusal="unreachable"/);
  const server = await openKeyServer(t, port);
  server.register(demo.portal);
  assert.match((await createBrowser()(`${demo.url}/sign-in`)).text, /data-page="portal-signed-in"/);
});

test("my taxes opens with the key and shows the person's figures and how they came in", async (t) => {
  const server = await openKeyServer(t);
  const tax = await openTaxPortal(t, server.port);
  server.register(tax.portal);
  const go = createBrowser();
  assert.match((await go(`${tax.url}/`)).text, /data-page="tax-home"/);
  assert.match((await go(`${tax.url}/start?tab=gov`)).text, /action="\/gov\/sign-in\?lang=pt"/);
  const inside = await go(`${tax.url}/gov/sign-in`, {});
  assert.match(inside.text, /data-page="tax-signed-in"/);
  assert.match(inside.text, /com a chave, nível 3/);
  assert.match(inside.text, /Reembolso/);
  await go(`${tax.url}/sign-out`, {});
  assert.match((await go(`${tax.url}/my-taxes`)).text, /data-page="tax-start"/);
});

test("my taxes opens with its own password, and says when it is wrong", async (t) => {
  const tax = await openTaxPortal(t, await findFreePort());
  const go = createBrowser();
  const wrong = await go(`${tax.url}/start`, { tax_number: "200001019", password: "x" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Erro:/);
  const inside = await go(`${tax.url}/start`, { tax_number: "200 001 019", password: "financas-0101" });
  assert.match(inside.text, /data-page="tax-signed-in"/);
  assert.match(inside.text, /com a senha das finanças/);
});

test("a form sent from another site is not taken", async (t) => {
  const tax = await openTaxPortal(t, await findFreePort());
  const headers = { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" };
  const body = "tax_number=200001019&password=financas-0101";
  assert.equal((await fetch(`${tax.url}/start`, { method: "POST", headers, body })).status, 403);
});
