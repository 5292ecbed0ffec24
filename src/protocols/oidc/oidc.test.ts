import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { TestContext } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import * as client from "openid-client";
import type { Portal, Portals } from "#core/portals";
import type { Sessions } from "#core/sessions";
import type { Answer, SignIn, SignInRequest, WayBack } from "#core/sign-in";
import { openKeyFile } from "#gateways/hsm";
import type { Database } from "#platform/database";
import { systemRandom } from "#platform/world";
import { openTestDatabase, silentLog, testClock } from "../../../tests/world/world.ts";
import { createOidc, purgeOidc } from "./index.ts";

const secret = "a portal secret of many letters";
const assertionKeys = await generateKeyPair("ES256", { extractable: true });
const folder = await mkdtemp(join(tmpdir(), "chave-oidc-"));
after(() => rm(folder, { recursive: true }));
const keys = await openKeyFile({ path: join(folder, "keys.json"), random: systemRandom });
const clock = testClock(new Date(Date.now()));
const watched = watchStatements(await openTestDatabase());

const basicPortal: Portal = {
  id: "portal-basic",
  name: { pt: "Portal de exemplo", en: "Sample portal" },
  homeUrl: "https://basic.example/",
  redirectUris: ["https://basic.example/callback"],
  postLogoutRedirectUris: ["https://basic.example/bye"],
  attributes: ["civil_id", "tax_number", "name", "given_names", "family_names", "phone", "email", "address"],
  minimumLevel: 2,
  authentication: { method: "client_secret_basic", secretMac: Buffer.from(secret) },
  sector: "basic.example",
};
const jwk = { ...(await exportJWK(assertionKeys.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
const keyPortal: Portal = {
  ...basicPortal,
  id: "portal-key",
  redirectUris: ["https://key.example/callback"],
  authentication: { method: "private_key_jwt", jwks: { keys: [jwk] } },
  sector: "key.example",
};
const publicPortal: Portal = {
  ...basicPortal,
  id: "portal-public",
  redirectUris: ["https://public.example/callback"],
  authentication: { method: "none" },
  sector: "public.example",
};
const registered = new Map([basicPortal, keyPortal, publicPortal].map((portal) => [portal.id, portal]));

const portals: Portals = {
  find: async (id) => registered.get(id) ?? null,
  register: () => Promise.reject(new Error("not in these tests")),
  disable: async (id) => void registered.delete(id),
  secretMatches: async (portal, given) =>
    "secretMac" in portal.authentication && portal.authentication.secretMac.equals(Buffer.from(given)),
  close: async () => undefined,
};

const person = {
  civil_id: "90000001",
  tax_number: "990000001",
  name: "Ana Exemplo Prova",
  given_names: "Ana",
  family_names: "Exemplo Prova",
  phone: "+351910000001",
  email: "ana@exemplo.example",
  address: "Rua da Prova, 1\n1000-000 Lisboa",
} as const;

/** A person who authorises all that is asked, unless a test says otherwise. */
const begun = new Map<string, { request: SignInRequest; session: string }>();
let answerWith: (request: SignInRequest) => Answer | null = authorised;
const signedOut: Visitor[] = [];

function authorised({ portalId, attributes }: SignInRequest): Answer {
  const values = Object.entries(person).filter(([name]) => attributes.some((attribute) => attribute.name === name));
  return {
    outcome: "authorised",
    citizenId: "citizen-1",
    portalId,
    proof: { by: "key-and-code", keyId: "key-1" },
    level: 3,
    attributes: Object.fromEntries(values),
    authenticatedAt: clock.now(),
    sessionId: "session-1",
  };
}

const waysBack = new Map<string, WayBack>();
const notHere = () => Promise.reject(new Error("the pages' part, not this door's"));
const signIn: SignIn = {
  giveWayBack: (name, wayBack) => void waysBack.set(name, wayBack),
  async begin(request, visitor) {
    assert.equal(begun.has(request.reference), false, "an interaction begins one sign-in");
    begun.set(request.reference, { request, session: visitor.session });
    return { id: request.reference, step: "identify", slip: null };
  },
  async answer(reference, visitor) {
    const known = begun.get(reference);
    const answer = known?.session !== visitor.session ? null : answerWith(known.request);
    return answer;
  },
  view: notHere,
  identify: notHere,
  by: { "citizen-card": { ask: notHere, show: notHere } },
  resend: notHere,
  confirm: notHere,
  choosePin: notHere,
  decide: notHere,
  cancel: notHere,
};

const sessions: Pick<Sessions, "signOut"> = { signOut: async (visitor) => void signedOut.push(visitor) };

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
after(() => {
  server.close();
  server.closeAllConnections();
});
const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const oidc = await createOidc({
  db: watched.db,
  portals,
  signIn,
  sessions,
  signingKeys: keys,
  secrets: keys,
  clock,
  random: systemRandom,
  log: silentLog,
  issuer,
  highestLevel: 4,
  sandbox: true,
});
const site = new Hono().route("/", oidc.routes);
// The house's own pages: here the person is done as soon as they arrive.
site.get("/sign-in/:id/:step?", async (c) => c.redirect(await whereTo(begun.get(c.req.param("id"))?.request), 303));

/** What the pages do with a decision: the way back is kept at once with it, where the protocol gave one. */
async function whereTo(request: SignInRequest | undefined): Promise<string> {
  const [wayBack, answer] = [waysBack.get(request?.wayBack ?? ""), request && answerWith(request)];
  if (!request || wayBack === undefined || wayBack === "fetched" || !answer) return request?.returnTo ?? "/";
  const { to, keep } = await wayBack(answer, request.memory);
  await watched.db.atOnce(() => keep.map((each) => each()));
  assert.ok("redirect" in to);
  return to.redirect;
}

const pages = getRequestListener(site.fetch);
server.on("request", (req, res) => {
  if (oidc.owns(new URL(req.url ?? "/", issuer).pathname)) void oidc.handle(req, res);
  else void pages(req, res);
});

/** Counts statements; and `around`, when a test sets it, can hold one back, so that a race is a certainty and not luck. */
function watchStatements(inner: Database) {
  type Around = (text: string, run: () => Promise<unknown[]>, values: readonly unknown[]) => Promise<unknown[]>;
  const watched: { count: number; texts: string[]; around: Around | null; db: Database } = {
    count: 0,
    texts: [],
    around: null,
    db: inner,
  };
  const query = async (parts: TemplateStringsArray, ...values: readonly unknown[]) => {
    const text = parts.join("?").trim();
    watched.count++;
    watched.texts.push(text.split(/\s+/).slice(0, 3).join(" "));
    const run = () => inner(parts, ...values);
    return watched.around === null ? run() : watched.around(text, run, values);
  };
  // `as`: the same function with the same members, watched.
  const db: unknown = Object.assign(query, inner);
  watched.db = db as Database;
  return watched;
}

/** Resolves for everybody when `count` have come. */
function gate(count: number): () => Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let waiting = 0;
  return () => {
    if (++waiting === count) resolve(undefined);
    return promise;
  };
}

interface Init {
  readonly method?: string;
  readonly body?: URLSearchParams | string;
  readonly headers?: Record<string, string>;
}

/** A browser: a jar of cookies by path, and redirects followed within the house only. */
function openBrowser() {
  const jar = new Map<string, { path: string; value: string }>([
    ["session", { path: "/", value: randomBytes(8).toString("hex") }],
  ]);
  const seen: string[] = [];

  async function go(address: string | URL, { headers, ...init }: Init = {}): Promise<Response> {
    const url = new URL(address, issuer);
    const cookies = [...jar]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { cookie: cookies.join("; "), ...headers },
    });
    seen.push(url.pathname + url.search);
    for (const line of response.headers.getSetCookie()) keep(line, url.pathname);
    return response;
  }

  function keep(line: string, from: string): void {
    const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? from;
    if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, { path, value });
  }

  /** Follows redirects until a page is shown or the browser leaves the house. */
  async function follow(address: string | URL, init: Init = {}): Promise<{ response: Response; left: URL | null }> {
    let response = await go(address, init);
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get("location");
      if (location === null) return { response, left: null };
      const next = new URL(location, issuer);
      if (next.origin !== issuer) return { response, left: next };
      response = await go(next);
    }
    throw new Error("redirects without end");
  }

  return { go, follow, jar, seen };
}

const insecure = { execute: [client.allowInsecureRequests] };
const basic = await client.discovery(new URL(issuer), basicPortal.id, {}, client.ClientSecretBasic(secret), insecure);
const open = await client.discovery(new URL(issuer), publicPortal.id, {}, client.None(), insecure);
const keyed = await client.discovery(
  new URL(issuer),
  keyPortal.id,
  {},
  client.PrivateKeyJwt({ key: assertionKeys.privateKey, kid: "k1" }),
  insecure,
);

interface Started {
  url: URL;
  verifier: string;
  nonce: string;
  state: string;
}

async function start(config: client.Configuration, portal: Portal, extra: Record<string, string> = {}): Promise<Started> {
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

async function callback(config: client.Configuration, portal: Portal, extra: Record<string, string> = {}) {
  const started = await start(config, portal, extra);
  const { left, response } = await openBrowser().follow(started.url);
  assert.ok(left, `${String(response.status)} ${await response.clone().text()}`);
  return { ...started, left };
}

async function wholeFlow(config: client.Configuration, portal: Portal, extra: Record<string, string> = {}) {
  const { left, verifier, nonce, state } = await callback(config, portal, extra);
  const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state };
  const tokens = await client.authorizationCodeGrant(config, left, checks);
  const claims = tokens.claims();
  assert.ok(claims);
  return { tokens, claims, left };
}

function redeem(code: string, verifier: string, uri = basicPortal.redirectUris[0] ?? "", password = secret): Promise<Response> {
  return fetch(`${issuer}/oidc/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${basicPortal.id}:${encodeURIComponent(password)}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: uri, code_verifier: verifier }),
  });
}

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

const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

const eidas = (name: string) => `http://eidas.europa.eu/LoA/${name}`;
const levels = ["1", "2", "3", "4", eidas("high"), eidas("low"), eidas("substantial")];

test("the description tells machines what this door offers, and nothing it does not", async () => {
  const description = await bodyOf(
    await fetch(`${issuer}/.well-known/openid-configuration`, { headers: { "x-forwarded-host": "evil.example" } }),
  );
  assert.equal(description["issuer"], issuer);
  assert.equal(description["token_endpoint"], `${issuer}/oidc/token`);
  assert.equal(description["end_session_endpoint"], `${issuer}/oidc/logout`);
  assert.deepEqual(description["response_types_supported"], ["code"]);
  assert.deepEqual(description["grant_types_supported"], ["authorization_code"]);
  assert.deepEqual(description["subject_types_supported"], ["pairwise"]);
  assert.deepEqual(description["id_token_signing_alg_values_supported"], ["ES256"]);
  assert.deepEqual(description["code_challenge_methods_supported"], ["S256"]);
  assert.deepEqual((description["acr_values_supported"] as string[]).toSorted(), levels);
  assert.equal("registration_endpoint" in description, false);
});

test("the key set holds no private half", async () => {
  const text = await (await fetch(`${issuer}/oidc/jwks`)).text();
  assert.equal(text.includes('"d":'), false);
  assert.match(text, /"alg":"ES256"/);
});

byBoth("a person signs in, and the portal learns what was consented to and nothing else", async () => {
  answerWith = (request) => {
    const answer = authorised(request);
    if (answer.outcome !== "authorised") return answer;
    const { email: _unticked, ...attributes } = answer.attributes;
    return { ...answer, attributes };
  };
  try {
    const { tokens, claims } = await wholeFlow(basic, basicPortal, { scope: "openid profile tax_number email phone address" });
    assert.equal(claims["name"], person.name);
    assert.equal(claims["tax_number"], person.tax_number);
    assert.deepEqual(claims["address"], { formatted: person.address });
    assert.equal(claims["phone_number_verified"], true);
    assert.equal(claims["acr"], "http://eidas.europa.eu/LoA/substantial");
    assert.deepEqual(claims["amr"], ["pin", "sms", "mfa"]);
    assert.equal(claims["auth_time"], Math.floor(clock.now().getTime() / 1000));
    assert.equal("email" in claims, false, "unticked");
    assert.equal("civil_id" in claims, false, "never asked");
    assert.equal("birthdate" in claims, false, "not allowed to this portal");
    assert.equal(JSON.stringify(claims).includes("citizen-1"), false);
    const info = await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
    assert.equal(info["tax_number"], person.tax_number);
    assert.equal("email" in info, false);
    assert.equal(tokens.refresh_token, undefined);
  } finally {
    answerWith = authorised;
  }
});

byBoth("private_key_jwt and public portals complete the same flow", async () => {
  assert.equal((await wholeFlow(keyed, keyPortal)).claims["name"], person.name);
  assert.equal((await wholeFlow(open, publicPortal)).claims["name"], person.name);
});

byBoth("the same person is somebody else to each sector, and the same to one portal each time", async () => {
  const subjects = [
    (await wholeFlow(basic, basicPortal)).claims.sub,
    (await wholeFlow(basic, basicPortal)).claims.sub,
    (await wholeFlow(keyed, keyPortal)).claims.sub,
  ];
  assert.equal(subjects[0], subjects[1]);
  assert.notEqual(subjects[0], subjects[2]);
});

byBoth("what is asked is translated: required and optional attributes, level, freshness and language", async () => {
  const claims = {
    userinfo: { email: { essential: true }, tax_number: null, birthdate: { essential: true } },
    id_token: { name: { essential: false } },
  };
  const extra = {
    acr_values: "4",
    max_age: "60",
    ui_locales: "fr en-GB",
    claims: JSON.stringify(claims),
    scope: "openid profile phone",
  };
  const started = await start(basic, basicPortal, extra);
  const browser = openBrowser();
  await browser.follow(started.url);
  const [signInPage] = browser.seen.filter((path) => path.startsWith("/sign-in/"));
  assert.match(signInPage ?? "", /\?lang=en$/);
  const request = [...begun.values()].at(-1)?.request;
  assert.deepEqual(request?.attributes, [
    { name: "tax_number", required: false },
    { name: "name", required: false },
    { name: "given_names", required: true },
    { name: "family_names", required: true },
    { name: "phone", required: false },
    { name: "email", required: true },
  ]);
  assert.equal(request.level, 4);
  assert.equal(request.fresh, true);
});

byBoth(
  "the level is answered in the spelling of the question, and an essential one that was not reached is an error",
  async () => {
    assert.equal((await wholeFlow(basic, basicPortal, { acr_values: "3" })).claims["acr"], "3");
    assert.equal(
      (await wholeFlow(basic, basicPortal, { acr_values: "http://eidas.europa.eu/LoA/high" })).claims["acr"],
      "http://eidas.europa.eu/LoA/substantial",
    );
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ["http://eidas.europa.eu/LoA/high"] } } });
    const { left } = await callback(basic, basicPortal, { claims });
    assert.equal(left.searchParams.get("error"), "unmet_authentication_requirements");
  },
);

byBoth("the citizen card gives the highest level, by its name and its means, also where it was essential", async () => {
  answerWith = (request) => ({ ...authorised(request), proof: { by: "citizen-card" }, level: 4 });
  try {
    for (const [asked, named] of [
      [{ acr_values: eidas("high") }, eidas("high")],
      [{ acr_values: "4 3" }, "4"],
      [{ acr_values: eidas("substantial") }, eidas("substantial")],
      [{ claims: JSON.stringify({ id_token: { acr: { essential: true, value: eidas("high") } } }) }, eidas("high")],
      [{}, eidas("high")],
    ] as const) {
      const { claims } = await wholeFlow(basic, basicPortal, asked);
      assert.equal(claims["acr"], named);
      assert.deepEqual(claims["amr"], ["sc", "pin", "mfa"]);
    }
  } finally {
    answerWith = authorised;
  }
});

by(
  "engine",
  "fifty parallel redemptions of one code in the worst order: one succeeds, and what it gave is taken back",
  async (t) => {
    t.after(() => (watched.around = null));
    const { left, verifier } = await callback(basic, basicPortal);
    const code = left.searchParams.get("code") ?? "";
    const allHaveRead = gate(50);
    const allHaveRevoked = gate(49 + 1);
    // The worst order there is: all read the code before one redeems it, and the winner writes its token after the last revocation.
    watched.around = async (text, run, values) => {
      if (values.includes("AccessToken")) await allHaveRevoked();
      const rows = await run();
      if (text.startsWith("select")) await allHaveRead();
      if (text.startsWith("with gone")) void allHaveRevoked();
      return rows;
    };
    const responses = await Promise.all(Array.from({ length: 50 }, () => redeem(code, verifier)));
    watched.around = null;
    const bodies = await Promise.all(responses.map(bodyOf));
    const won = bodies.filter((body) => "access_token" in body);
    assert.equal(won.length, 1);
    assert.equal(bodies.filter((body) => body["error"] === "invalid_grant").length, 49);
    const userinfo = await fetch(`${issuer}/oidc/userinfo`, {
      headers: { authorization: `Bearer ${String(won[0]?.["access_token"])}` },
    });
    assert.equal(userinfo.status, 401);
  },
);

byBoth("fifty parallel redemptions of one code: one succeeds, and what it gave is taken back", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = left.searchParams.get("code") ?? "";
  const bodies = await Promise.all((await Promise.all(Array.from({ length: 50 }, () => redeem(code, verifier)))).map(bodyOf));
  const won = bodies.filter((body) => "access_token" in body);
  assert.equal(won.length, 1);
  assert.equal(bodies.filter((body) => body["error"] === "invalid_grant").length, 49);
  const headers = { authorization: `Bearer ${String(won[0]?.["access_token"])}` };
  assert.equal((await fetch(`${issuer}/oidc/userinfo`, { headers })).status, 401);
});

byBoth("a code used again later is refused, and its access token dies", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = left.searchParams.get("code") ?? "";
  const { access_token: token } = await bodyOf(await redeem(code, verifier));
  const userinfo = () => fetch(`${issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${String(token)}` } });
  assert.equal((await userinfo()).status, 200);
  assert.equal((await redeem(code, verifier)).status, 400);
  assert.equal((await userinfo()).status, 401);
});

test("fifty parallel uses of one assertion: one passes", async () => {
  const codes = await Promise.all(Array.from({ length: 5 }, () => callback(keyed, keyPortal)));
  const assertion = await signAssertion({});
  const attempts = Array.from({ length: 50 }, (_, index) => codes[index % codes.length]).map((flow) => {
    assert.ok(flow);
    return redeemByAssertion(flow.left.searchParams.get("code") ?? "", flow.verifier, assertion);
  });
  const bodies = await Promise.all((await Promise.all(attempts)).map(bodyOf));
  assert.equal(bodies.filter((body) => "access_token" in body).length, 1);
  assert.equal(bodies.filter((body) => body["error"] === "invalid_client").length, 49);
});

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

test("an assertion made for another server is refused, whatever host the request claims to be for", async () => {
  const { left, verifier } = await callback(keyed, keyPortal);
  const assertion = await signAssertion({ audience: "https://evil.example/oidc/token" });
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  const response = await redeemByAssertion(left.searchParams.get("code") ?? "", verifier, assertion, headers);
  assert.equal((await bodyOf(response))["error"], "invalid_client");
});

test("an assertion that would live for a day is refused", async () => {
  const { left, verifier } = await callback(keyed, keyPortal);
  const response = await redeemByAssertion(
    left.searchParams.get("code") ?? "",
    verifier,
    await signAssertion({ seconds: 86_400 }),
  );
  assert.equal((await bodyOf(response))["error"], "invalid_client");
});

test("without PKCE, or with the plain method, there is no sign-in", async () => {
  const { url } = await start(basic, basicPortal);
  const variants: ((url: URL) => void)[] = [
    (bare) => ["code_challenge", "code_challenge_method"].forEach((name) => bare.searchParams.delete(name)),
    (plain) => plain.searchParams.set("code_challenge_method", "plain"),
    (silent) => silent.searchParams.delete("code_challenge_method"),
  ];
  for (const change of variants) {
    const changed = new URL(url);
    change(changed);
    const { left } = await openBrowser().follow(changed);
    assert.equal(left?.searchParams.get("error"), "invalid_request", changed.search);
  }
});

byBoth("a code with another verifier or another redirect address is refused", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = left.searchParams.get("code") ?? "";
  assert.equal((await redeem(code, client.randomPKCECodeVerifier())).status, 400);
  assert.equal((await redeem(code, verifier, "https://basic.example/other")).status, 400);
  assert.equal((await redeem(code, verifier)).status, 200);
});

test("a redirect address is compared letter by letter, and a wrong one never gets an answer", async () => {
  const wrong = [
    "https://basic.example/Callback",
    "https://BASIC.example/callback",
    "https://basic.example/callback/",
    "https://basic.example/callback?extra=1",
    "https://basic.example/callback#fragment",
    "http://basic.example/callback",
    "https://basic.example:443/callback",
    "https://basic.example/a/../callback",
    "https://basic.example@evil.example/callback",
    "javascript:alert(1)",
  ];
  for (const uri of wrong) {
    const { url } = await start(basic, basicPortal, { redirect_uri: uri });
    const { left, response } = await openBrowser().follow(url);
    assert.equal(left, null, uri);
    assert.equal(response.status, 400, uri);
    const page = await response.text();
    assert.match(page, /data-page="oidc-error"/);
    assert.equal(page.includes("evil") || page.includes("alert"), false);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  }
});

test("an unknown portal gets a plain page that repeats nothing of the request, in the person's language", async () => {
  const { url } = await start(basic, basicPortal, { client_id: "<script>x</script>" });
  const { response } = await openBrowser().follow(url, { headers: { "accept-language": "en-GB,en" } });
  assert.equal(response.status, 400);
  const page = await response.text();
  assert.match(page, /lang="en"/);
  assert.equal(page.includes("script"), false);
});

test("a request may be posted, and one that is too long or no form is refused", async () => {
  const { url } = await start(basic, basicPortal);
  const post = (body: URLSearchParams | string) => openBrowser().follow("/oidc/authorize", { method: "POST", body });
  assert.ok((await post(url.searchParams)).left?.searchParams.get("code"));
  assert.equal((await post(new URLSearchParams({ state: "x".repeat(20_000) }))).response.status, 400);
  assert.equal((await post("text")).response.status, 400);
});

byBoth("a portal that was disabled is gone at once, even in the middle of a flow", async () => {
  const passing: Portal = { ...basicPortal, id: "portal-passing" };
  registered.set(passing.id, passing);
  const config = await client.discovery(new URL(issuer), passing.id, {}, client.ClientSecretBasic(secret), insecure);
  const { left, verifier, nonce, state } = await callback(config, passing);
  registered.delete(passing.id);
  const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state };
  await assert.rejects(client.authorizationCodeGrant(config, left, checks));
});

test("a scope of which a portal may have nothing is refused", async () => {
  const { left } = await callback(basic, basicPortal, { scope: "openid document" });
  assert.equal(left.searchParams.get("error"), "invalid_scope");
});

test("only the code flow is offered", async () => {
  for (const type of ["token", "id_token", "code id_token", "none"]) {
    const { url } = await start(basic, basicPortal, { response_type: type });
    const { left } = await openBrowser().follow(url);
    const parameters = new URLSearchParams(left?.search === "" ? left.hash.slice(1) : left?.search);
    assert.equal(parameters.get("error"), "unsupported_response_type", type);
  }
});

byBoth("a wrong nonce or state is noticed by the portal", async () => {
  const one = await callback(basic, basicPortal);
  await assert.rejects(
    client.authorizationCodeGrant(basic, one.left, {
      pkceCodeVerifier: one.verifier,
      expectedNonce: "other",
      expectedState: one.state,
    }),
  );
  const two = await callback(basic, basicPortal);
  await assert.rejects(
    client.authorizationCodeGrant(basic, two.left, {
      pkceCodeVerifier: two.verifier,
      expectedNonce: two.nonce,
      expectedState: "other",
    }),
  );
});

test("a sign-in without a person to ask is answered with an error", async () => {
  const { left } = await callback(basic, basicPortal, { prompt: "none" });
  assert.equal(left.searchParams.get("error"), "login_required");
});

test("each authorization asks the person again: the engine's own session spares nobody", async () => {
  const browser = openBrowser();
  await browser.follow((await start(basic, basicPortal)).url);
  const asked = begun.size;
  await browser.follow((await start(basic, basicPortal)).url);
  assert.equal(begun.size, asked + 1);
  assert.deepEqual(
    [...browser.jar.keys()].filter((name) => name.includes("oidc_session")),
    [],
  );
});

byBoth("a person who refuses sends the portal access_denied with its state", async () => {
  answerWith = () => ({ outcome: "refused" });
  try {
    const { left, state } = await callback(basic, basicPortal);
    assert.equal(left.searchParams.get("error"), "access_denied");
    assert.equal(left.searchParams.get("state"), state);
    assert.equal(left.searchParams.get("iss"), issuer);
  } finally {
    answerWith = authorised;
  }
});

by("engine", "while there is no answer the browser goes back to the same sign-in", async () => {
  const browser = openBrowser();
  const { url } = await start(basic, basicPortal);
  const interaction = (await browser.go(url)).headers.get("location") ?? "";
  const page = (await browser.go(interaction)).headers.get("location");
  answerWith = () => null;
  const back = (await browser.go(`${interaction}/finish`)).headers.get("location") ?? "";
  answerWith = authorised;
  assert.equal(back, interaction);
  assert.equal((await browser.go(back)).headers.get("location"), page);
});

by("engine", "an interaction belongs to the browser it began in", async () => {
  const browser = openBrowser();
  const interaction = (await browser.go((await start(basic, basicPortal)).url)).headers.get("location") ?? "";
  const { response, left } = await openBrowser().follow(interaction);
  assert.equal(left, null);
  assert.equal(response.status, 400);
});

by("engine", "an answered interaction is resumed once", async () => {
  const browser = openBrowser();
  const { url } = await start(basic, basicPortal);
  const interaction = (await browser.go(url)).headers.get("location") ?? "";
  await browser.go(interaction);
  const resume = (await browser.go(`${interaction}/finish`)).headers.get("location") ?? "";
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.go(resume)));
  assert.equal(answers.filter((answer) => (answer.headers.get("location") ?? "").includes("code=")).length, 1);
  assert.equal(answers.filter((answer) => answer.status === 400).length, 9);
});

test("a portal that names whom it expects does not hear of somebody else", async () => {
  const { tokens } = await wholeFlow(basic, basicPortal);
  const hint = { id_token_hint: tokens.id_token ?? "" };
  assert.ok((await callback(basic, basicPortal, hint)).left.searchParams.get("code"));
  answerWith = (request) => ({ ...authorised(request), citizenId: "citizen-2" });
  try {
    assert.equal((await callback(basic, basicPortal, hint)).left.searchParams.get("error"), "login_required");
  } finally {
    answerWith = authorised;
  }
});

byBoth("a wrong secret is refused and says nothing", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  for (const wrong of ["kept-elsewhere", `${secret}x`, "x".repeat(5_000)]) {
    const response = await redeem(left.searchParams.get("code") ?? "", verifier, undefined, wrong);
    assert.equal(response.status, 401);
    assert.deepEqual(await bodyOf(response), { error: "invalid_client", error_description: "client authentication failed" });
  }
});

test("logout with an ID token ends our session at once and goes to a registered address only", async () => {
  const { tokens } = await wholeFlow(basic, basicPortal);
  const before = signedOut.length;
  const address = (uri: string) =>
    client.buildEndSessionUrl(basic, { id_token_hint: tokens.id_token ?? "", post_logout_redirect_uri: uri, state: "s1" });
  const browser = openBrowser();
  const { left } = await browser.follow(address("https://basic.example/bye"));
  assert.equal(left?.href, "https://basic.example/bye?state=s1");
  assert.equal(signedOut.length, before + 1);
  assert.equal(signedOut.at(-1)?.session, browser.jar.get("session")?.value);
  const wrong = await openBrowser().follow(address("https://basic.example/bye/"));
  assert.equal(wrong.left, null);
  assert.equal(wrong.response.status, 400);
  assert.equal(signedOut.length, before + 1);
});

test("logout without a token, or with a forged one, does not sign anybody out unasked", async () => {
  const before = signedOut.length;
  const browser = openBrowser();
  const asking = await browser.go(
    `/oidc/logout?client_id=${basicPortal.id}&post_logout_redirect_uri=https://basic.example/bye`,
  );
  const page = await asking.text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const forged = `${(await wholeFlow(basic, basicPortal)).tokens.id_token ?? ""}x`;
  assert.equal((await browser.go(`/oidc/logout?id_token_hint=${forged}`)).status, 400);
  assert.equal(signedOut.length, before);
  const post = (from: ReturnType<typeof openBrowser>) =>
    from.go("/oidc/logout/confirm", { method: "POST", body: new URLSearchParams({ ticket }) });
  assert.equal((await post(openBrowser())).status, 400, "the ticket is of one browser");
  assert.equal((await post(browser)).headers.get("location"), "https://basic.example/bye");
  assert.equal(signedOut.length, before + 1);
  const nobody = await browser.go("/oidc/logout?post_logout_redirect_uri=https://evil.example/");
  assert.equal((await nobody.text()).includes("evil"), false);
});

by("engine", "what lies in the table names no person and redeems nothing", async () => {
  const { left } = await callback(basic, basicPortal);
  const code = left.searchParams.get("code") ?? "";
  const rows = await watched.db<{ id_hash: Buffer; payload: Buffer | null }>`select id_hash, payload from oidc.object`;
  const dump = rows.map((row) => `${row.id_hash.toString("latin1")} ${row.payload?.toString("latin1") ?? ""}`).join("\n");
  for (const telling of [code, person.name, "citizen-1", basicPortal.id]) assert.equal(dump.includes(telling), false, telling);
  assert.ok(rows.some((row) => row.id_hash.equals(createHash("sha256").update(`AuthorizationCode:${code}`).digest())));
});

by("engine", "one whole flow costs ten statements", async (t) => {
  watched.count = 0;
  watched.texts.length = 0;
  const { tokens, claims } = await wholeFlow(basic, basicPortal);
  await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
  t.diagnostic(`${String(watched.count)} statements: ${watched.texts.join(" | ")}`);
  assert.equal(watched.count, 10);
});

by("plain", "one whole flow costs three statements", async (t) => {
  watched.count = 0;
  watched.texts.length = 0;
  const { tokens, claims } = await wholeFlow(basic, basicPortal);
  const told = await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
  assert.equal(told["name"], person.name);
  t.diagnostic(`${String(watched.count)} statements: ${watched.texts.join(" | ")}`);
  assert.equal(watched.count, 3);
});

by("plain", "the plain flow's table names no person and redeems nothing", async () => {
  const { left } = await callback(basic, basicPortal);
  const code = left.searchParams.get("code") ?? "";
  const rows = await watched.db<{ code_hash: Buffer; payload: Buffer }>`select code_hash, payload from oidc.plain_flow`;
  const dump = rows.map((row) => `${row.code_hash.toString("latin1")} ${row.payload.toString("latin1")}`).join("\n");
  for (const telling of [code, person.name, "citizen-1", basicPortal.id]) assert.equal(dump.includes(telling), false, telling);
  assert.ok(rows.some((row) => row.code_hash.equals(createHash("sha256").update(code).digest())));
});

by("plain", "the answer goes out with the decision: whoever comes for it afterwards finds nothing", async () => {
  const browser = openBrowser();
  await browser.go((await start(basic, basicPortal)).url);
  const [reference = ""] = [...begun.keys()].slice(-1);
  assert.equal((await browser.go(`/oidc/answer/${reference}`)).status, 400);
});

const oddities: readonly (readonly [string, string])[] = [
  ["scope", "openid openid2"],
  ["code_challenge_method", "plain"],
  ["response_mode", "form_post"],
  ["request", "eyJhbGciOiJub25lIn0.e30."],
  ["unknown", "1"],
];

by("plain", "whatever is out of the ordinary is the engine's to judge", async () => {
  for (const [name, value] of oddities) {
    const before = begun.size;
    const { url } = await start(basic, basicPortal, { [name]: value });
    await openBrowser().go(url);
    assert.equal(begun.size, before, `${name} began a plain sign-in`);
  }
  const { url } = await start(basic, basicPortal);
  url.searchParams.append("state", "twice");
  const before = begun.size;
  await openBrowser().go(url);
  assert.equal(begun.size, before, "a parameter given twice began a plain sign-in");
});

test("a new signing key is taken up without a restart, and the old one stays published", async () => {
  const next = await keys.announceSigningKey();
  await oidc.takeUpKeys();
  const published = async () => await (await fetch(`${issuer}/oidc/jwks`)).text();
  assert.ok((await published()).includes(next));
  await keys.useSigningKey(next);
  await oidc.takeUpKeys();
  const { claims, tokens } = await wholeFlow(
    await client.discovery(new URL(issuer), basicPortal.id, {}, client.ClientSecretBasic(secret), insecure),
    basicPortal,
  );
  assert.equal(claims["name"], person.name);
  assert.equal(decodeProtectedHeader(tokens.id_token ?? "").kid, next);
  assert.equal(decodeJwt(tokens.id_token ?? "").iss, issuer);
});

byBoth("a code left for a minute is worthless, and what has expired is deleted", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  clock.advance("PT61S");
  assert.equal((await redeem(left.searchParams.get("code") ?? "", verifier)).status, 400);
  clock.advance("PT1H");
  await purgeOidc(watched.db, clock);
  const [{ count } = { count: -1 }] = await watched.db<{
    count: number;
  }>`select (select count(*) from oidc.object)::int + (select count(*) from oidc.plain_flow)::int as count`;
  assert.equal(count, 0);
});

test("behind a proxy the cookies are for https alone and every address comes from the issuer", async () => {
  const needs = {
    db: watched.db,
    portals,
    signIn,
    sessions,
    signingKeys: keys,
    secrets: keys,
    clock,
    random: systemRandom,
    log: silentLog,
    highestLevel: 3,
  } as const;
  const behind = await createOidc({ ...needs, issuer: "https://chave.example", sandbox: false });
  const door = createServer((req, res) => void behind.handle(req, res));
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const local = `http://127.0.0.1:${String((door.address() as AddressInfo).port)}`;
  try {
    const description = await bodyOf(
      await fetch(`${local}/.well-known/openid-configuration`, { headers: { "x-forwarded-proto": "http" } }),
    );
    assert.equal(description["token_endpoint"], "https://chave.example/oidc/token");
    assert.deepEqual(
      (description["acr_values_supported"] as string[]).toSorted(),
      levels.filter((one) => one !== "4" && one !== eidas("high")),
      "no level is promised that nobody can reach",
    );
    const { url } = await start(basic, basicPortal);
    const response = await fetch(`${local}${url.pathname}${url.search}`, { redirect: "manual" });
    assert.equal(response.status, 303);
    const cookies = response.headers.getSetCookie();
    assert.equal(cookies.length, 2);
    for (const cookie of cookies) assert.match(cookie, /; secure; httponly/i);
  } finally {
    door.close();
  }
});

test("an issuer with a path, or one that is not https in earnest, is refused at the start", async () => {
  const needs = {
    db: watched.db,
    portals,
    signIn,
    sessions,
    signingKeys: keys,
    secrets: keys,
    clock,
    random: systemRandom,
    log: silentLog,
    highestLevel: 4,
  } as const;
  await assert.rejects(createOidc({ ...needs, issuer: "https://chave.example/", sandbox: false }));
  await assert.rejects(createOidc({ ...needs, issuer: "http://chave.example", sandbox: false }));
});
