/** The world as tests have it: a database of one's own, a clock that is moved by hand, keys made for the occasion. */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { migrate, readMigrations } from "../../src/platform/database/migrate.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { openPglite } from "../../src/platform/database/pglite.ts";
import { createDatabase } from "../../src/platform/database/transactions.ts";
import type { MigratableDatabase } from "../../src/platform/database/database.ts";
import type { Log } from "../../src/platform/log.ts";
import type { Purpose, Secrets } from "../../src/platform/secrets.ts";
import { later } from "../../src/platform/duration.ts";
import { after as durationAfter } from "../../src/sandbox/clock/duration.ts";
import type { Clock } from "../../src/platform/world.ts";

export { systemRandom as testRandom } from "../../src/platform/world.ts";

export const projectRoot = join(import.meta.dirname, "..", "..");
const migrations = join(projectRoot, "sql");

/** Says nothing; a test that wants to know what was logged hands in a log of its own. */
export const silentLog: Log = { debug: noop, info: noop, warn: noop, error: noop, child: () => silentLog };

function noop(): void {
  // Silence.
}

/**
 * An empty database with every migration run, of this caller alone, closed when the test file (or the test that called) ends.
 * The engine is PGlite in memory, or with TEST_DATABASE=postgresql a new database on the server of TEST_DATABASE_URL.
 */
export async function openTestDatabase(): Promise<MigratableDatabase> {
  const url = postgresUrl();
  const db = url === undefined ? await openCopyOfSnapshot() : await openCopyOfTemplate(url);
  const end = db.close;
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= end());
  after(close);
  return Object.assign(db, { close });
}

function postgresUrl(): string | undefined {
  if (process.env["TEST_DATABASE"] !== "postgresql") return undefined;
  const url = process.env["TEST_DATABASE_URL"];
  if (url === undefined) throw new Error("TEST_DATABASE=postgresql needs TEST_DATABASE_URL: npm test sets both");
  return url;
}

function formOfDatabase(): string {
  const checksums = readMigrations(migrations).map((migration) => migration.name + migration.checksum);
  return createHash("sha256").update(checksums.join("\n")).digest("hex").slice(0, 16);
}

/** Starting the engine from nothing takes seconds; from a snapshot that was migrated once, a third of one. */
async function openCopyOfSnapshot(): Promise<MigratableDatabase> {
  const folder = join(projectRoot, "node_modules", ".cache", "chave");
  const file = join(folder, `migrated-${formOfDatabase()}.tar`);
  if (!existsSync(file)) {
    const engine = await openPglite({});
    const db = createDatabase(engine);
    await migrate(db, migrations);
    const dump = Buffer.from(await (await engine.dump()).arrayBuffer());
    await db.close();
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, dump);
    renameSync(draft, file); // Whole or not at all: other test files look for it at the same moment.
  }
  return createDatabase(await openPglite({ snapshot: new Blob([readFileSync(file)]) }));
}

async function openCopyOfTemplate(server: string): Promise<MigratableDatabase> {
  const form = formOfDatabase();
  const template = `chave_template_${form}`;
  const name = freshName();
  const admin = await openDatabase({ url: server, log: silentLog, poolSize: 1 });
  try {
    await admin`select pg_advisory_lock(${20_374_015})`; // Freed with the only connection of this pool.
    const [made] = await admin`select 1 from pg_database where datname = ${template}`;
    if (made === undefined) await makeTemplate(admin, server, template);
    await admin.script(`create database ${name} template ${template}`);
  } finally {
    await admin.close();
  }
  return openDatabase({ url: databaseUrl(server, name), log: silentLog, poolSize: 10 });
}

/** The address of a new database without tables, for a process of its own; undefined where the embedded engine is tested. */
export async function createEmptyDatabase(): Promise<string | undefined> {
  const server = postgresUrl();
  if (server === undefined) return undefined;
  const name = freshName();
  const admin = await openDatabase({ url: server, log: silentLog, poolSize: 1 });
  await admin.script(`create database ${name}`).finally(() => admin.close());
  return databaseUrl(server, name);
}

function freshName(): string {
  return `chave_test_${randomBytes(8).toString("hex")}`;
}

async function makeTemplate(admin: MigratableDatabase, server: string, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await admin.script(`drop database if exists ${draft}`);
  await admin.script(`create database ${draft}`);
  const db = await openDatabase({ url: databaseUrl(server, draft), log: silentLog, poolSize: 1 });
  await migrate(db, migrations).finally(() => db.close());
  await admin.script(`alter database ${draft} rename to ${template}`);
}

/** `postgresql:///name?host=/socket` has no host before the path, which `URL` would not take; so only the name is replaced. */
function databaseUrl(server: string, name: string): string {
  return server.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

export interface TestClock extends Clock {
  /** By milliseconds, or by an ISO 8601 duration: `advance("P5D")`. */
  advance(by: number | string): void;
}

export function testClock(start: Date | string = "2027-03-01T10:00:00Z"): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance(by) {
      const moved = typeof by === "number" ? later(new Date(now), by) : durationAfter(new Date(now), by);
      if (moved === null) throw new Error(`not a duration: ${by}`);
      now = moved.getTime();
    },
  };
}

/** The same promises as the hsm gateway's, with keys that die with the test. */
export function testSecrets(): Secrets {
  const master = randomBytes(32);
  const keyOf = (use: string, purpose: Purpose, version = 1): Buffer =>
    createHmac("sha256", master)
      .update(`${use}:${purpose}:${String(version)}`)
      .digest();
  return {
    mac: async (purpose, data, version) =>
      createHmac("sha256", keyOf("mac", purpose, version))
        .update(data)
        .digest(),
    version: () => 1,
    seal: async (purpose, plain, context) => seal(keyOf("seal", purpose), plain, context),
    open: async (purpose, sealed, context) => open(keyOf("seal", purpose), Buffer.from(sealed), context),
  };
}

function seal(key: Buffer, plain: string, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, sealed: Buffer, context: string): string {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(12, -16), undefined, "utf8") + decipher.final("utf8");
}
