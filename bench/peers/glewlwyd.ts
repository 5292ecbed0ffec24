/** Debian's `glewlwyd`: an OpenID provider in C, on SQLite, with a password and a code by e-mail. Set up over its own REST API. */
import { generateKeyPairSync, pbkdf2Sync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { clientId, clientSecret, redirectUri } from "../contestant.ts";
import type { Contestant, Entry, Place, Stand } from "../contestant.ts";
import type { Browser, Page } from "../driver/browser.ts";
import type { Codes } from "../driver/codes.ts";
import { startMailbox } from "../driver/mailbox.ts";
import { createRelyingParty } from "../driver/relying-party.ts";
import { answers, startChild } from "../measure/child.ts";

const program = "/usr/bin/glewlwyd";
const shippedSettings = "/etc/glewlwyd/glewlwyd.conf";
const shippedTables = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";

/** PBKDF2: as few as can be, and what the package does when nobody says otherwise. */
const iterationsOf = { c: 1, s: 150_000 } as const;
const secret = "104729";

export const glewlwyd: Contestant = {
  name: "Glewlwyd",
  packages: ["glewlwyd"],
  missing: () => ([program, shippedSettings, shippedTables].every((path) => existsSync(path)) ? null : "the package glewlwyd"),
  start,
};

async function start(place: Place): Promise<Stand> {
  const port = await place.freePort();
  const origin = `http://127.0.0.1:${String(port)}`;
  const mailbox = await startMailbox(place.codes);
  const file = join(place.folder, "glewlwyd.db");
  makeTables(file);
  const child = await startChild({
    command: program,
    words: [`--config-file=${writeSettings(place.folder, port, file)}`],
    log: join(place.folder, "log"),
    ready: () => answers(`${origin}/config`),
  });
  await configure(origin, mailbox.port);
  addPeople(file, place.people);
  const needs = {
    origin,
    clientId,
    clientSecret,
    redirectUri,
    scope: "openid",
    discovery: "/api/oidc/.well-known/openid-configuration",
  };
  const party = await createRelyingParty(needs);
  const row = { name: "Glewlwyd", store: "SQLite", durable: true, ours: false, people: place.people, atOnce: 1 };
  const cheap: Entry = { ...row, hash: "cheapest", hashNote: "PBKDF2, 1 iteration", play: playAs("c", place.codes) };
  const shipped: Entry = {
    ...row,
    hash: "own",
    hashNote: "PBKDF2, 150 000 iterations, as shipped",
    play: playAs("s", place.codes),
  };
  return {
    origin,
    redirectUri,
    party,
    entries: [cheap, shipped],
    roots: [child.pid],
    async stop() {
      await party.close();
      await child.stop();
      await mailbox.stop();
    },
  };
}

/**
 * SQLite with a write-ahead log, each commit forced to disk (`synchronous` is FULL where nobody says otherwise): of what it offers
 * (PostgreSQL took twice the processor time) the best. The tables as shipped are read whole at each sign-in once there are
 * thousands of people: what it looks for is given indexes.
 */
function makeTables(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(readFileSync(shippedTables, "utf8"));
  db.exec("pragma journal_mode = wal");
  const column = (query: string, name: string) =>
    db
      .prepare(query)
      .all()
      .map((row) => String(row[name]));
  for (const table of column("select name from sqlite_master where type = 'table' and name like 'g%'", "name")) {
    const columns = column(`pragma table_info(${table})`, "name");
    const names = columns.filter((name) => name.endsWith("_username"));
    const marks = columns.filter((name) => /_(hash|uuid)$/.test(name));
    const keys = [
      ...column(`pragma foreign_key_list(${table})`, "from"),
      ...marks,
      ...names.map((name) => `upper(${name})`),
      ...names,
    ];
    for (const [place, key] of keys.entries()) db.exec(`create index bench_${table}_${String(place)} on ${table} (${key})`);
  }
  db.close();
}

function writeSettings(folder: string, port: number, file: string): string {
  const settings = join(folder, "glewlwyd.conf");
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^port=.*$/m, `port=${String(port)}`],
    [/^#?\s*bind_address=.*$/m, 'bind_address="127.0.0.1"'],
    [/^external_url=.*$/m, `external_url="http://127.0.0.1:${String(port)}/"`],
    [/^log_file=.*$/m, `log_file="${join(folder, "glewlwyd.log")}"`],
    [/^@include.*$/m, `database = { type = "sqlite3"; path = "${file}"; };`],
  ];
  writeFileSync(
    settings,
    changes.reduce((text, [from, to]) => text.replace(from, to), readFileSync(shippedSettings, "utf8")),
  );
  return settings;
}

async function configure(origin: string, mailPort: number): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const signedIn = await fetch(`${origin}/api/auth/`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ username: "admin", password: "password" }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const tell = async (method: "POST" | "PUT", path: string, body: object): Promise<void> => {
    const answer = await fetch(`${origin}/api${path}`, { method, headers: { ...json, cookie }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`glewlwyd: ${path}: ${String(answer.status)} ${await answer.text()}`);
  };
  await tell("POST", "/mod/scheme/", emailScheme(mailPort));
  await tell("POST", "/mod/plugin/", oidcPlugin(`${origin}/api/oidc`, privateKey, publicKey));
  const codes = { scheme: { 2: [{ scheme_type: "email", scheme_name: "email" }] }, scheme_required: { 2: 1 } };
  await tell("PUT", "/scope/openid", {
    display_name: "OpenID",
    description: "Sign in",
    password_required: true,
    password_max_age: 0,
    ...codes,
  });
  const methods = { authorization_type: ["code"], token_endpoint_auth_method: ["client_secret_basic"] };
  await tell("POST", "/client/", {
    client_id: clientId,
    name: "Bench",
    password: clientSecret,
    confidential: true,
    enabled: true,
    redirect_uri: [redirectUri],
    scope: [],
    ...methods,
  });
  await tell("POST", "/user/", {
    username: "template",
    name: "Ana Exemplo",
    password: secret,
    scope: ["openid"],
    enabled: true,
  });
}

const json = { "content-type": "application/json" };

function emailScheme(port: number): object {
  const mail = { host: "127.0.0.1", port, "use-tls": false, "verify-certificate": false, from: "bench@bench.invalid" };
  const text = { "content-type": "text/plain; charset=utf-8", "user-lang-property": "lang" };
  const templates = { en: { defaultLang: true, subject: "Code", "body-pattern": "{CODE}" } };
  const parameters = { "code-length": 6, "code-duration": 300, ...mail, ...text, templates };
  return {
    module: "email",
    name: "email",
    display_name: "Code by e-mail",
    expiration: 600,
    max_use: 0,
    allow_user_register: true,
    parameters,
  };
}

function oidcPlugin(iss: string, key: string, cert: string): object {
  const kinds = ["token", "none", "password", "client", "device"].map((kind) => [`auth-type-${kind}-enabled`, false] as const);
  const durations = {
    "access-token-duration": 600,
    "refresh-token-duration": 3600,
    "code-duration": 60,
    "refresh-token-rolling": false,
  };
  const parameters = {
    iss,
    "jwt-type": "ecdsa",
    "jwt-key-size": "256",
    key,
    cert,
    ...durations,
    ...Object.fromEntries(kinds),
    "auth-type-code-enabled": true,
    "auth-type-id-token-enabled": true,
    "auth-type-refresh-enabled": false,
    "allow-non-oidc": false,
    "allowed-scope": ["openid"],
    "subject-type": "pairwise",
    "pkce-allowed": true,
    "pkce-method-plain-allowed": false,
    "jwks-show": true,
  };
  return { module: "oidc", name: "oidc", display_name: "OpenID Connect", order_rank: 0, readonly: false, parameters };
}

/**
 * People as its own API would add them, but all at once: the same rows as the one it made, with another name. The portal's
 * secret is random and long, so one iteration is all it needs: the best honest setting.
 */
function addPeople(file: string, people: number): void {
  const db = new DatabaseSync(file);
  db.exec("pragma busy_timeout = 10000; begin");
  db.prepare("update g_client set gc_password = ? where gc_client_id = ?").run(digest(clientSecret, 1), clientId);
  const addUser = db.prepare("insert into g_user (gu_username, gu_name, gu_email, gu_enabled) values (?, 'Ana Exemplo', ?, 1)");
  const addPassword = db.prepare("insert into g_user_password (gu_id, guw_password) values (?, ?)");
  const addScope = db.prepare(
    "insert into g_user_scope_user (gu_id, gus_id) select ?, gus_id from g_user_scope where gus_name = 'openid'",
  );
  for (const [kind, iterations] of Object.entries(iterationsOf)) {
    const password = digest(secret, iterations);
    for (let n = 0; n < people; n++) {
      const { lastInsertRowid: id } = addUser.run(kind + String(n), `${kind}${String(n)}@bench.invalid`);
      addPassword.run(id, password);
      addScope.run(id);
    }
  }
  db.exec("commit; analyze");
  db.close();
}

/** As it keeps them: hash and salt, and how many iterations. */
function digest(password: string, iterations: number): string {
  const salt = Buffer.from("Xb3nchSaltOf16By");
  return `${Buffer.concat([pbkdf2Sync(password, salt, iterations, 32, "sha256"), salt]).toString("base64")},${String(iterations)}`;
}

/** Its page is a script: these are the calls it makes that do the work. What it only asks for to show is left out. */
function playAs(kind: keyof typeof iterationsOf, codes: Codes) {
  return async (browser: Browser, authorization: string, n: number): Promise<URL> => {
    const username = `${kind}${String(n)}`;
    const page = await browser.go(authorization);
    const back = page.url.searchParams.get("callback_url");
    if (back === null) throw new Error(`no way back: ${page.url.href}`);
    await well(browser.json("POST", "/api/auth/", { username, password: secret }));
    const scheme = { username, scheme_type: "email", scheme_name: "email" };
    await well(browser.json("POST", "/api/auth/scheme/trigger/", { ...scheme, value: {} }));
    await well(browser.json("POST", "/api/auth/", { ...scheme, value: { code: await codes.wait(username) } }));
    await well(browser.json("PUT", `/api/auth/grant/${clientId}`, { scope: "openid" }));
    // The mark by which its page says that the person has been asked everything.
    return (await browser.go(`${back.replace(/^http:\/\/[^/]+\/+/, "/")}&g_continue`)).url;
  };
}

async function well(answer: Promise<Page>): Promise<void> {
  const { status, text, url } = await answer;
  if (status !== 200) throw new Error(`glewlwyd: ${url.pathname}: ${String(status)} ${text.slice(0, 200)}`);
}
