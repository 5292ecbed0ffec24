/** Chave itself, on PostgreSQL and on the embedded engine. */
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { CompletePortal } from "../src/protocols/portals.ts";
import { openKeys } from "#gateways/hsm";
import { createLog } from "#platform/log";
import { migrate } from "#platform/database/migrate";
import { openDatabase } from "#platform/database/open-database";
import { systemRandom } from "#platform/world";
import { clientId, clientSecret, redirectUri } from "./contestant.ts";
import type { Contestant, Entry, Place, Stand } from "./contestant.ts";
import type { Browser, Page } from "./driver/browser.ts";
import type { Codes } from "./driver/codes.ts";
import { createRelyingParty } from "./driver/relying-party.ts";
import { startSmsc } from "./driver/smsc.ts";
import { startChild } from "./measure/child.ts";
import { findPostgres, startCluster } from "./measure/cluster.ts";
import type { Cluster } from "./measure/cluster.ts";
import { phoneOf, pinOf } from "./seeding/citizens.ts";
import { loadCitizens } from "./seeding/load.ts";

const root = join(import.meta.dirname, "..");

/** The people with slow PINs come after those with keyed ones, in the same database: one server plays both rows. */
const firstSlow = 5_000_000;

export interface Variant {
  readonly settings?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

export function oursOn(engine: "PostgreSQL" | "PGlite", variant: Variant = {}): Contestant {
  const onPostgres = engine === "PostgreSQL";
  return {
    name: `Chave, ${engine}`,
    packages: onPostgres ? ["postgresql"] : [],
    missing: () => (onPostgres && findPostgres() === undefined ? "PostgreSQL's server programs" : null),
    async start(place) {
      const cluster = onPostgres ? startCluster() : undefined;
      try {
        return await start(engine, place, cluster, variant);
      } catch (fault) {
        cluster?.stop();
        throw fault;
      }
    },
  };
}

async function start(engine: string, place: Place, cluster: Cluster | undefined, variant: Variant): Promise<Stand> {
  const databaseUrl = cluster?.create("chave");
  const port = await place.freePort();
  const origin = `http://127.0.0.1:${String(port)}`;
  const crowd = crowdOf(engine, place.people);
  await fill(place.folder, databaseUrl, crowd);
  const smsc = await startSmsc(place.codes);
  const post = await startQuietPostOffice();
  const child = await startChild({
    command: process.execPath,
    words: [...(variant.nodeOptions ?? []), join(root, "bench/start-ours.ts")],
    env: {
      ...settingsFor(place, port, origin),
      ...smsc.settings,
      ...post.settings,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...variant.settings,
    },
    log: join(place.folder, "log"),
    ready: async () => readFileSync(join(place.folder, "log"), "utf8").includes("ready\n"),
  });
  const party = await createRelyingParty({ origin, clientId, clientSecret, redirectUri, scope: "openid profile" });
  const row = { name: "Chave", store: engine, durable: true, ours: true };
  const keyed: Entry = {
    ...row,
    hash: "cheapest",
    hashNote: "keyed (HMAC)",
    play: playFrom(0, place.codes),
    people: crowd.keyed,
  };
  const slow: Entry = {
    ...row,
    hash: "argon2",
    hashNote: "Argon2id in HMAC, as shipped",
    play: playFrom(firstSlow, place.codes),
    people: crowd.slow,
  };
  return {
    origin,
    redirectUri,
    party,
    entries: [keyed, slow],
    compiles: true,
    roots: cluster ? [child.pid, cluster.pid] : [child.pid],
    ...(databaseUrl !== undefined && { databaseUrl }),
    async stop() {
      await party.close();
      await child.stop();
      await Promise.all([smsc.stop(), post.stop()]);
      cluster?.stop();
    },
  };
}

/** More than are served in the longest run. */
const mostSlow = 8_000;

interface Crowd {
  readonly keyed: number;
  readonly slow: number;
}

/** Fewer where fewer are served a second: slow hashes cost as much to make as to check, and the embedded engine takes its time. */
function crowdOf(engine: string, people: number): Crowd {
  const keyed = engine === "PGlite" ? Math.ceil(people / 4) : people;
  return { keyed, slow: Math.min(mostSlow, Math.ceil(keyed / 16)) };
}

async function fill(folder: string, url: string | undefined, { keyed, slow }: Crowd): Promise<void> {
  const log = createLog({ level: "warn" });
  const db = await openDatabase({ url, folder: join(folder, "database"), log });
  try {
    await migrate(db, join(root, "sql"));
    const secrets = await openKeys({ setting: `file:${join(folder, "keys.json")}`, random: systemRandom });
    await loadCitizens(db, url, { secrets, mode: "keyed", from: 0, count: keyed });
    await loadCitizens(db, url, { secrets, mode: "argon2", from: firstSlow, count: slow });
  } finally {
    await db.close();
  }
}

const portal: CompletePortal = {
  id: clientId,
  name: { pt: "Portal de medição", en: "Measuring portal" },
  homeUrl: new URL("/", redirectUri).href,
  attributes: ["name", "given_names", "family_names", "birth_date"],
  minimumLevel: 2,
  oidc: {
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [],
    authentication: { method: "client_secret_basic", secret: clientSecret },
  },
};

/** Nothing listens at port 1: what a sign-in never asks for need not be there. */
function settingsFor({ folder }: Place, port: number, origin: string): Record<string, string> {
  const printerKey = join(folder, "printer.pem");
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(printerKey, publicKey.export({ type: "spki", format: "pem" }));
  return {
    BENCH_PORTAL: JSON.stringify(portal),
    CHAVE_PORT_BASE: String(port),
    CHAVE_HOST: "127.0.0.1",
    CHAVE_PUBLIC_URL: origin,
    CHAVE_DATA: folder,
    CHAVE_REGISTRY_URL: "http://127.0.0.1:1",
    CHAVE_REGISTRY_CREDENTIAL: "not-asked-for",
    CHAVE_TAX_AUTHORITY_ISSUER: "http://127.0.0.1:1",
    CHAVE_TAX_AUTHORITY_CLIENT_ID: "not-asked-for",
    CHAVE_TAX_AUTHORITY_CLIENT_SECRET: "not-asked-for",
    CHAVE_SMTP_URL: "smtp://127.0.0.1:1",
    CHAVE_POST_CREDENTIAL: "not-asked-for",
    CHAVE_POST_PRINTER_KEY: printerKey,
  };
}

/** The product asks it for news every minute. */
async function startQuietPostOffice() {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"events":[],"cursor":""}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { CHAVE_POST_URL: `http://127.0.0.1:${String(port)}` },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function playFrom(first: number, codes: Codes) {
  return async (browser: Browser, authorization: string, n: number): Promise<URL> => {
    const phone = phoneOf(first + n);
    const identify = await browser.go(authorization);
    const code = await browser.submit(isPage(identify, "sign-in-identify"), { phone, pin: pinOf(first + n) });
    const consent = await browser.submit(isPage(code, "sign-in-code"), { code: await codes.wait(phone) });
    const back = await browser.submit(isPage(consent, "sign-in-consent"), { decision: "authorise" });
    return back.url;
  };
}

function isPage(page: Page, name: string): Page {
  if (page.text.includes(`data-page="${name}"`)) return page;
  throw new Error(`not the page ${name}: ${String(page.status)} ${page.text.replaceAll(/<[^>]*>|\s+/g, " ").slice(0, 500)}`);
}
