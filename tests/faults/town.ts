/**
 * Two processes of the product on one database, in the sandbox's country, behind a turnstile that sends each request to the
 * other one: whatever a process kept to itself would be missing in the next step.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createServer, request as ask } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openCredentials } from "../../src/sandbox/kit/credentials.ts";
import { SANDBOX_SMSC_LOGIN } from "../../src/sandbox/mobile-network/index.ts";
import { openPrinterKeyPair } from "../../src/sandbox/post-office/index.ts";
import { findPlace, startCountry } from "../journeys/country.ts";
import type { Place, RunningCountry } from "../journeys/country.ts";
import { projectRoot } from "../world/world.ts";

export interface Product {
  /** Its own address, past the turnstile. */
  readonly url: string;
  /** Requests that the turnstile sent to it. */
  readonly asked: () => number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Town {
  readonly place: Place;
  /** The country as a person sees it: the product is behind the turnstile. */
  readonly country: RunningCountry;
  readonly products: readonly [Product, Product];
  readonly keysFile: string;
  close(): Promise<void>;
}

/** All three begin at the same moment: the migrations and the keys are made once. */
export async function openTown(): Promise<Town> {
  const place = await findPlace();
  const turnstile = await openTurnstile();
  const keysFile = join(place.folder, "keys.json");
  const common = { CHAVE_PUBLIC_URL: turnstile.url, CHAVE_PROXIES: "1", CHAVE_KEYS_FILE: keysFile };
  const settings = { ...common, ...settingsOf(place) };
  const starting = [
    // The sandbox's own product only works jobs: what people meet are those two.
    startCountry(place, { ...common, CHAVE_ROLES: "worker" }),
    startProduct(place, place.portBase + 16, settings),
    startProduct(place, place.portBase + 20, settings),
  ] as const;
  const [sandbox, first, second] = await Promise.all(starting).catch(async (fault: unknown) => {
    for (const one of await Promise.allSettled(starting)) if (one.status === "fulfilled") await one.value.kill();
    await turnstile.close();
    throw fault;
  });
  turnstile.leadTo([first.url, second.url]);
  const products: Town["products"] = [
    { ...first, asked: () => turnstile.asked(first.url) },
    { ...second, asked: () => turnstile.asked(second.url) },
  ];
  return {
    place,
    keysFile,
    country: { ...sandbox, url: turnstile.url, output: sandbox.output },
    products,
    async close() {
      await Promise.all([first.stop(), second.stop()]);
      await sandbox.stop();
      await turnstile.close();
      place.remove();
    },
  };
}

async function startProduct(place: Place, portBase: number, settings: Readonly<Record<string, string>>) {
  const child = spawnProduct(place, portBase, settings);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part: Buffer) => (said += part.toString()));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", () => /^ready$/m.test(said) && resolve());
    void exited.then(() => reject(new Error(`a process ended before it was ready:\n${said}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return { url: `http://127.0.0.1:${String(portBase)}`, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

export function spawnProduct(place: Place, portBase: number, settings: Readonly<Record<string, string>>): ChildProcess {
  const env = {
    PATH: process.env["PATH"],
    ...(place.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
    CHAVE_PORT_BASE: String(portBase),
    CHAVE_ROLES: "public,worker",
    ...settings,
  };
  return spawn(process.execPath, [join(projectRoot, "tests/faults/second.ts")], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** What the sandbox tells its own product by hand. */
function settingsOf({ folder, portBase }: Place): Record<string, string> {
  const shelf = join(folder, "data", "sandbox");
  const at = (offset: number) => `http://localhost:${String(portBase + offset)}`;
  const { secretFor } = openCredentials(shelf);
  return {
    TEST_COUNTRY_SHELF: shelf,
    CHAVE_DATA: join(folder, "data"),
    CHAVE_REGISTRY_URL: `${at(10)}/registry-api`,
    CHAVE_REGISTRY_CREDENTIAL: secretFor("civil-registry"),
    CHAVE_TAX_AUTHORITY_ISSUER: at(11),
    CHAVE_TAX_AUTHORITY_CLIENT_ID: "chave",
    CHAVE_TAX_AUTHORITY_CLIENT_SECRET: secretFor("tax-authority"),
    CHAVE_SMPP_URL: `smpp://${SANDBOX_SMSC_LOGIN.systemId}:${SANDBOX_SMSC_LOGIN.password}@127.0.0.1:${String(portBase + 14)}`,
    CHAVE_SMTP_URL: `smtp://127.0.0.1:${String(portBase + 15)}`,
    CHAVE_POST_URL: `${at(10)}/post-office`,
    CHAVE_POST_CREDENTIAL: secretFor("post-office"),
    CHAVE_POST_PRINTER_KEY: openPrinterKeyPair(shelf).publicKeyFile,
  };
}

/** Each request to the next process in turn, or to the other when nobody listens there: a load balancer of the plainest kind. */
async function openTurnstile() {
  let urls: readonly string[] = [];
  let turn = 0;
  const counts = new Map<string, number>();

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    const start = turn++;
    for (let way = 0; way < urls.length; way++) {
      const url = urls[(start + way) % urls.length] ?? "";
      const outcome = await forward(url, incoming, Buffer.concat(parts), outgoing);
      counts.set(url, (counts.get(url) ?? 0) + 1);
      if (outcome === "answered") return;
      if (outcome === "broken") break; // It may have been done: only the person may ask for it again.
    }
    outgoing.writeHead(502).end();
  }

  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${String(port)}`,
    leadTo: (to: readonly string[]) => (urls = to),
    asked: (url: string) => counts.get(url) ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Outcome = "answered" | "nobody" | "broken";

/** The host that the visitor asked for is kept, and whoever comes without an address is given one. */
function forward(to: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<Outcome> {
  const headers = { "x-forwarded-for": "203.0.113.1", ...incoming.headers };
  return new Promise((resolve) => {
    const onward = ask(to + (incoming.url ?? "/"), { method: incoming.method ?? "GET", headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
      resolve("answered");
    });
    onward.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED" ? "nobody" : "broken"));
    onward.end(body);
  });
}
