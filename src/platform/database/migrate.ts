/** Brings a database to the form of this version: numbered SQL files, each run once, in order, in a transaction of its own. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database, MigratableDatabase } from "./database.ts";

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

const NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** Any number will do, as long as every process takes the same. */
const LOCK = 20_374_014;

const LEDGER = `
create schema if not exists migrations;
create table if not exists migrations.migration (
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now()
);
comment on table migrations.migration is 'Which numbered files of sql/ this database has been through.';
comment on column migrations.migration.number is 'private=no';
comment on column migrations.migration.name is 'private=no';
comment on column migrations.migration.checksum is 'private=no SHA-256 of the file: a landed migration is never edited';
comment on column migrations.migration.applied_at is 'private=no';
`;

/** Returns the names of the files run now. Several processes may start at once: the others wait, and find nothing to do. */
export async function migrate(db: MigratableDatabase, folder: string): Promise<string[]> {
  const migrations = readMigrations(folder);
  await underLock(db, () => db.script(LEDGER));
  const applied: string[] = [];
  for (const migration of migrations) if (await apply(db, migration)) applied.push(migration.name);
  return applied;
}

/** The files this database has not been through; for the readiness of a process that does not migrate by itself. */
export async function pendingMigrations(db: Database, folder: string): Promise<string[]> {
  const [ledger] = await db<{ made: boolean }>`select to_regclass('migrations.migration') is not null as made`;
  const rows = ledger?.made === true ? await db<{ number: number }>`select number from migrations.migration` : [];
  const landed = new Set(rows.map((row) => row.number));
  return readMigrations(folder)
    .filter((migration) => !landed.has(migration.number))
    .map((migration) => migration.name);
}

export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const migrations = files.map((file) => readMigration(folder, file)).sort((a, b) => a.number - b.number);
  const twice = migrations.find((migration, index) => migrations[index - 1]?.number === migration.number);
  if (twice !== undefined) throw new Error(`two migrations have the number of ${twice.name}`);
  return migrations;
}

function readMigration(folder: string, file: string): Migration {
  const number = NAME.exec(file)?.[1];
  if (number === undefined) throw new Error(`${file} in ${folder} is not named NNNN_name.sql`);
  const text = readFileSync(join(folder, file), "utf8");
  return { number: Number(number), name: file, text, checksum: createHash("sha256").update(text).digest("hex") };
}

function apply(db: MigratableDatabase, migration: Migration): Promise<boolean> {
  return underLock(db, async () => {
    const { number, name, checksum } = migration;
    const [landed] = await db<{ checksum: string }>`select checksum from migrations.migration where number = ${number}`;
    if (landed?.checksum === checksum) return false;
    if (landed !== undefined) throw new Error(`${name} was edited after it landed: write a new migration instead`);
    const [later] = await db<{ name: string }>`select name from migrations.migration where number > ${number} limit 1`;
    if (later !== undefined) throw new Error(`${name} comes before ${later.name}, which has landed: give it a later number`);
    await db.script(migration.text);
    await db`insert into migrations.migration (number, name, checksum) values (${number}, ${name}, ${checksum})`;
    return true;
  });
}

function underLock<Result>(db: MigratableDatabase, work: () => Promise<Result>): Promise<Result> {
  return db.transaction(async () => {
    await db.script("set local statement_timeout = 0");
    await db`select pg_advisory_xact_lock(${LOCK})`;
    return work();
  });
}
