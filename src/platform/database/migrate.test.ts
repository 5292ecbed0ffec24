import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import assert from "node:assert/strict";
import { openTestDatabase } from "../../../tests/world/world.ts";
import { migrate, pendingMigrations } from "./migrate.ts";

const db = await openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), "chave-sql-"));
after(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};

beforeEach(async () => {
  await db.script("drop schema migrations cascade; drop schema if exists trial cascade");
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  write("0001_first.sql", "create schema trial; create table trial.a (n integer);");
});

test("files run once each, in order, whatever the number of processes that start", async () => {
  write("0002_second.sql", "alter table trial.a add column m integer; insert into trial.a values (1, 2);");
  assert.deepEqual(await pendingMigrations(db, folder), ["0001_first.sql", "0002_second.sql"]);
  const applied = await Promise.all([migrate(db, folder), migrate(db, folder)]);
  assert.deepEqual(applied.flat().sort(), ["0001_first.sql", "0002_second.sql"]);
  assert.deepEqual(await pendingMigrations(db, folder), []);
  assert.equal((await db`select * from trial.a`).length, 1);
});

test("a file edited after it landed is refused", async () => {
  await migrate(db, folder);
  write("0001_first.sql", "create schema trial;");
  await assert.rejects(migrate(db, folder), /0001_first\.sql was edited/);
});

test("a file that fails leaves nothing of itself", async () => {
  write("0002_second.sql", "create table trial.b (n integer); select 1 / 0;");
  await assert.rejects(migrate(db, folder), { code: "22012" });
  const [row] = await db`select to_regclass('trial.b') as b`;
  assert.equal(row?.["b"], null);
  assert.deepEqual(await pendingMigrations(db, folder), ["0002_second.sql"]);
});

test("a name without a number, a number used twice and a late number are refused", async () => {
  write("0003_third.sql", "");
  await migrate(db, folder);
  write("0002_second.sql", "");
  await assert.rejects(migrate(db, folder), /later number/);
  write("0003_again.sql", "");
  await assert.rejects(migrate(db, folder), /number of/);
  write("notes.sql", "");
  await assert.rejects(migrate(db, folder), /not named/);
});
