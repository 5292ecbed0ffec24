/** The whole product with its sandbox as a process of its own, as `npm start` runs it, on either database. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { first } from "../world/patience.ts";
import { createEmptyDatabase, projectRoot } from "../world/world.ts";

export interface Person {
  readonly civilId: string;
  readonly taxNumber: string;
  readonly taxPassword: string;
  readonly name: string;
  readonly phone: string;
  readonly note: string;
}

export interface Sms {
  readonly id: string;
  readonly text: string;
}

export interface RunningCountry {
  readonly url: string;
  readonly hub: string;
  readonly taxAuthority: string;
  readonly demoPortal: string;
  readonly operations: string;
  /** All it wrote to its output so far. */
  output(): string;
  stop(): Promise<void>;
  /** SIGKILL: nothing is said goodbye to. */
  kill(): Promise<void>;
}

export interface Place {
  readonly folder: string;
  readonly portBase: number;
  readonly databaseUrl: string | undefined;
  remove(): void;
}

/** A place where a country can be started, killed and started again. */
export async function findPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "chave-journey-"));
  return {
    folder,
    portBase: await freePortBase(),
    databaseUrl: await createEmptyDatabase(),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startCountry(place: Place, settings: Readonly<Record<string, string>> = {}): Promise<RunningCountry> {
  const env = {
    PATH: process.env["PATH"],
    CHAVE_PORT_BASE: String(place.portBase),
    CHAVE_DATA: join(place.folder, "data"),
    ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
    ...settings,
  };
  const child = spawn(process.execPath, [join(projectRoot, "src/sandbox/start.ts")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      written += chunk.toString();
      if (/^ready http/m.test(written)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void exited.then((code) => {
      reject(new Error(`the country ended with ${String(code)} before it was ready:\n${written}`));
    });
  });
  const at = (offset: number) => `http://localhost:${String(place.portBase + offset)}`;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    url: at(0),
    hub: at(10),
    taxAuthority: at(11),
    demoPortal: at(12),
    operations: `http://127.0.0.1:${String(place.portBase + 2)}`,
    output: () => written,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** Sixteen ports in a row that nobody listens on. Test files run side by side: each begins its search at a place of its own. */
async function freePortBase(): Promise<number> {
  for (let base = 10_000 + (process.pid % 680) * 32; ; base = 10_000 + ((base - 10_000 + 32) % 21_760)) {
    const free = await Promise.all([0, 1, 2, 3, 10, 11, 12, 13, 14, 15].map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => {
      resolve(false);
    });
    server.listen(port, () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}

export async function hubJson<Answer>(country: RunningCountry, path: string, body?: object): Promise<Answer> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) };
  const response = await fetch(country.hub + path, body === undefined ? {} : post);
  if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as Answer;
}

export async function newPerson(country: RunningCountry, wish: object = {}): Promise<Person> {
  return hubJson<Person>(country, "/people", wish);
}

/** Waits for an SMS that the phone did not have before; asks the hub again until it is there. */
export async function nextSms(
  country: RunningCountry,
  phone: string,
  seen: ReadonlySet<string>,
  what = /^\d{6} /,
): Promise<Sms> {
  return first(`an SMS to ${phone}`, async () => {
    const messages = await smsOf(country, phone);
    return messages.find(({ id, text }) => !seen.has(id) && what.test(text));
  });
}

export async function smsSeen(country: RunningCountry, phone: string): Promise<Set<string>> {
  return new Set((await smsOf(country, phone)).map(({ id }) => id));
}

export async function smsOf(country: RunningCountry, phone: string): Promise<Sms[]> {
  return hubJson<Sms[]>(country, `/phones/${encodeURIComponent(phone)}/messages`);
}

export const codeIn = (sms: Sms): string => /^(\d{6}) /.exec(sms.text)?.[1] ?? "";
