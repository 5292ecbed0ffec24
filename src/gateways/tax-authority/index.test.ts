import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isUnavailable } from "#platform/faults";
import type { Log } from "#platform/log";
import type { TaxAuthority } from "#core/activation";
import { openServer, type Door } from "../../sandbox/kit/door.ts";
import { findFreePort } from "../../sandbox/kit/free-port.ts";
import { createPeople } from "../../sandbox/people/index.ts";
import { createTaxAuthoritySandbox } from "../../sandbox/tax-authority/index.ts";
import { createTaxAuthority } from "./index.ts";

const REDIRECT = "http://localhost:3000/activate/tax-authority/return";
const LEONOR = { tax_number: "200001019", password: "financas-0101" };
const clock = { now: () => new Date() };
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => log,
};

let issuer = "";
let door: Door;
let authority: TaxAuthority;

function gatewayWith(options: { clientSecret?: string; issuer?: string } = {}): TaxAuthority {
  return createTaxAuthority({
    issuer,
    clientId: "chave",
    clientSecret: "secret",
    redirectUri: REDIRECT,
    clock,
    log,
    ...options,
  });
}

before(async () => {
  const port = await findFreePort();
  const people = createPeople({ clock, shelfFolder: mkdtempSync(join(tmpdir(), "tax-")) });
  const client = { id: "chave", secret: "secret", redirectUri: REDIRECT };
  const sandbox = createTaxAuthoritySandbox({ port, people, client, keyIssuer: "http://localhost:9", portalSecret: "portal" });
  issuer = sandbox.url;
  door = await sandbox.start();
  authority = gatewayWith();
});

after(() => door.close());

/** A browser without script: cookies and forms. Redirects are followed until the answer leaves for Chave. */
function createBrowser() {
  const cookies = new Map<string, string>();
  async function go(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; text: string }> {
    const headers = { cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; "), origin: issuer };
    const answer = await fetch(url, {
      headers,
      redirect: "manual",
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const [name = "", value = ""] = pair.split("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    const next = answer.headers.get("location");
    if (next === null) return { url, status: answer.status, text };
    const target = new URL(next, url).href;
    return target.startsWith(REDIRECT) ? { url: target, status: answer.status, text } : go(target);
  }
  return { go };
}

type Decision = "authorise" | "refuse";

/** Through both pages of the authority; gives the query string that comes back. */
async function visitAuthority(url: string, decision: Decision): Promise<string> {
  const browser = createBrowser();
  const signIn = await browser.go(url);
  const consent = await browser.go(`${signIn.url}/sign-in`, LEONOR);
  const back = await browser.go(`${consent.url}/consent`, { decision });
  return new URL(back.url).search;
}

test("a person who signs in and authorises is identified by tax number and name", async () => {
  const { url, memory } = await authority.begin();
  const query = await visitAuthority(url, "authorise");
  const identified = await authority.finish(query, memory);
  assert.deepEqual(identified, { outcome: "identified", taxNumber: "200001019", name: "Leonor Exemplo Sereno" });
});

test("the authority's pages say what is asked, and a wrong password shows an error and no more", async () => {
  const { url } = await authority.begin();
  const browser = createBrowser();
  const signIn = await browser.go(url);
  assert.match(signIn.text, /data-page="authority-sign-in"/);
  const wrong = await browser.go(`${signIn.url}/sign-in`, { ...LEONOR, password: "financas-0102" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Erro:/);
  assert.doesNotMatch(wrong.text, /Leonor/);
  const consent = await browser.go(`${signIn.url}/sign-in`, LEONOR);
  assert.match(consent.text, /data-page="authority-consent"/);
  assert.match(consent.text, /autorizar que o número de contribuinte e o nome sejam comunicados à Chave/);
});

test("a person who refuses is refused, and nothing is told", async () => {
  const { url, memory } = await authority.begin();
  const query = await visitAuthority(url, "refuse");
  assert.ok(!new URLSearchParams(query).has("code"));
  assert.deepEqual(await authority.finish(query, memory), { outcome: "refused" });
});

test("a session left open at the authority asks for the password again", async () => {
  const browser = createBrowser();
  const first = await browser.go((await authority.begin()).url);
  const consent = await browser.go(`${first.url}/sign-in`, LEONOR);
  await browser.go(`${consent.url}/consent`, { decision: "authorise" });
  assert.match((await browser.go((await authority.begin()).url)).text, /data-page="authority-sign-in"/);
});

test("an answer made for another attempt fails: state, nonce and verifier are each bound to one", async () => {
  const mine = await authority.begin();
  const other = await authority.begin();
  const query = await visitAuthority(mine.url, "authorise");
  assert.deepEqual(await authority.finish(query, other.memory), { outcome: "failed" });

  const remembered = JSON.parse(mine.memory) as Record<string, string>;
  const forgedVerifier = JSON.stringify({ ...remembered, verifier: "v".repeat(43) });
  assert.deepEqual(await authority.finish(query, forgedVerifier), { outcome: "failed" });

  const again = await authority.begin();
  const query2 = await visitAuthority(again.url, "authorise");
  const forgedNonce = JSON.stringify({ ...(JSON.parse(again.memory) as object), nonce: "another" });
  assert.deepEqual(await authority.finish(query2, forgedNonce), { outcome: "failed" });
});

test("a code is taken once", async () => {
  const { url, memory } = await authority.begin();
  const query = await visitAuthority(url, "authorise");
  assert.equal((await authority.finish(query, memory)).outcome, "identified");
  assert.deepEqual(await authority.finish(query, memory), { outcome: "failed" });
});

test("an answer from another issuer, a forged refusal and a nonsense query fail", async () => {
  const { url, memory } = await authority.begin();
  const query = new URLSearchParams(await visitAuthority(url, "authorise"));
  query.set("iss", "https://elsewhere.example");
  assert.deepEqual(await authority.finish(`?${query.toString()}`, memory), { outcome: "failed" });
  assert.deepEqual(await authority.finish("?error=access_denied&state=forged", memory), { outcome: "failed" });
  assert.deepEqual(await authority.finish("", memory), { outcome: "failed" });
  assert.deepEqual(await authority.finish(`?code=${"x".repeat(5000)}`, memory), { outcome: "failed" });
  assert.deepEqual(await authority.finish("?code=x", "not what was remembered"), { outcome: "failed" });
});

test("a wrong secret of ours is a fault, not the person's failure", async () => {
  const gateway = gatewayWith({ clientSecret: "wrong" });
  const { url, memory } = await gateway.begin();
  const query = await visitAuthority(url, "authorise");
  await assert.rejects(gateway.finish(query, memory), isUnavailable);
});

test("an authority that cannot be reached or is ill is a fault, and is asked again next time", async () => {
  const port = await findFreePort();
  const gateway = gatewayWith({ issuer: `http://localhost:${port}` });
  await assert.rejects(gateway.begin(), isUnavailable);
  let calls = 0;
  const ill = await openServer(
    createServer((_request, response) => {
      calls += 1;
      response.writeHead(503).end();
    }),
    port,
  );
  await assert.rejects(gateway.begin(), isUnavailable);
  await ill.close();
  assert.equal(calls, 1);
});
