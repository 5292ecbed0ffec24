/**
 * Half of what can be done, for ten minutes (or CHAVE_SOAK_MINUTES): memory, tables and waits at the end are as in the middle.
 * Writes what was seen into docs/soak.md.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { playClosed, playOpen } from "../../bench/driver/arrivals.ts";
import type { Play } from "../../bench/driver/arrivals.ts";
import { TurnedAway } from "../../bench/driver/browser.ts";
import { createCodes } from "../../bench/driver/codes.ts";
import { createVisits } from "../../bench/driver/visit.ts";
import { createPortFinder } from "../../bench/free-port.ts";
import { describeMachine } from "../../bench/report/machine.ts";
import { memoryOf } from "../../bench/measure/processes.ts";
import { oursOn } from "../../bench/ours.ts";
import type { MigratableDatabase } from "../../src/platform/database/database.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { projectRoot, silentLog } from "../world/world.ts";

const minutes = Number(process.env["CHAVE_SOAK_MINUTES"] ?? 10);
const people = 50_000;

interface Minute {
  readonly signIns: number;
  /** Honestly, with 503 before they had begun: the machine was busy with something else for a moment. */
  readonly turnedAway: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  /** Megabytes of the product's own process. */
  readonly memory: number;
  readonly tables: readonly Table[];
}

interface Table {
  readonly name: string;
  /** With its indexes. */
  readonly bytes: number;
  readonly rows: number;
}

/** Rows are counted: what the database believes of itself may be a minute old. */
async function tablesOf(db: MigratableDatabase): Promise<Table[]> {
  return db<Table>`
    select n.nspname || '.' || c.relname as name, pg_total_relation_size(c.oid) as bytes,
           (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', n.nspname, c.relname), false, true, '')))[1]::text::bigint as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
    order by 1`;
}

test(`${String(minutes)} minutes at half load`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "chave-soak-"));
  const stand = await oursOn("PostgreSQL").start({ folder, codes: createCodes(), people, freePort: createPortFinder() });
  const db = await openDatabase({ url: stand.databaseUrl, log: silentLog, poolSize: 1 });
  t.after(async () => {
    await db.close();
    await stand.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const entry = stand.entries.find(({ hash }) => hash === "cheapest");
  assert.ok(entry);
  const { play: visit, close } = createVisits(stand, entry);
  let turnedAway = 0;
  const play: Play = (n) =>
    visit(n).catch((fault: unknown) => {
      if (fault instanceof TurnedAway) turnedAway++;
      throw fault;
    });
  await playClosed(play, 8, 3);
  const full = await playClosed(play, 16, 5);
  const rate = full.done / full.seconds / 2;

  const seen: Minute[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    turnedAway = 0;
    const { done, failed: missed, waits, firstFault } = await playOpen(play, rate, 60, minute);
    const failed = missed - turnedAway;
    const [p50, p99] = [waits.quantile(0.5), waits.quantile(0.99)];
    seen.push({
      signIns: done,
      turnedAway,
      failed,
      p50,
      p99,
      memory: memoryOf(stand.roots.slice(0, 1)),
      tables: await tablesOf(db),
    });
    // At once: what is noted with a test is told when the test has ended, and until then there would be silence.
    console.log(
      `minute ${String(minute + 1)}: ${String(done)} sign-ins, ${String(failed)} failed, p99 ${p99.toFixed(0)} ms, ${(seen.at(-1)?.memory ?? 0).toFixed(0)} MB`,
    );
    if (firstFault instanceof Error) console.log(firstFault.message);
  }
  await close();
  const machine = await describeMachine();
  writeFileSync(join(projectRoot, "docs", "soak.md"), pageOf(seen, rate, machineLine(machine)));
  judge(seen);
});

const machineLine = (machine: object): string =>
  Object.values(machine)
    .filter((value) => typeof value === "string")
    .join(", ");

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The later half against the earlier one, the first minute left out: caches fill, and code is compiled. */
function halves(seen: readonly Minute[]): readonly [earlier: readonly Minute[], later: readonly Minute[]] {
  const settled = seen.slice(1);
  const middle = Math.floor(settled.length / 2);
  return [settled.slice(0, middle), settled.slice(middle)];
}

/** Bytes that each sign-in leaves behind, over these minutes. */
function grownPerSignIn(from: Minute | undefined, minutesSeen: readonly Minute[]): number {
  const bytesOf = (minute: Minute | undefined) => sum(minute?.tables.map(({ bytes }) => bytes) ?? []);
  return (bytesOf(minutesSeen.at(-1)) - bytesOf(from)) / Math.max(1, sum(minutesSeen.map(({ signIns }) => signIns)));
}

function judge(seen: readonly Minute[]): void {
  const [earlier, later] = halves(seen);
  assert.equal(sum(seen.map(({ failed }) => failed)), 0, "every sign-in that was begun was completed");
  const [away, done] = [sum(seen.map((one) => one.turnedAway)), sum(seen.map(({ signIns }) => signIns))];
  assert.ok(away <= done / 100, `${String(away)} were turned away at half load`);
  assert.ok(mean(later.map(({ memory }) => memory)) <= 1.15 * mean(earlier.map(({ memory }) => memory)) + 10, "memory is flat");
  assert.ok(mean(later.map(({ p99 }) => p99)) <= 1.5 * mean(earlier.map(({ p99 }) => p99)) + 20, "waits are flat");
  const [before, after] = [grownPerSignIn(seen[0], earlier), grownPerSignIn(earlier.at(-1), later)];
  assert.ok(after <= 1.3 * before + 200, `a sign-in leaves ${after.toFixed(0)} bytes behind, at first ${before.toFixed(0)}`);
}

function pageOf(seen: readonly Minute[], rate: number, machine: string): string {
  const rows = seen.map(({ signIns, turnedAway, failed, p50, p99, memory, tables }, index) => {
    const bytes = sum(tables.map((table) => table.bytes)) / 1_048_576;
    const cells = [index + 1, signIns, turnedAway, failed, p50.toFixed(0), p99.toFixed(0), memory.toFixed(0), bytes.toFixed(1)];
    return `| ${cells.join(" | ")} |`;
  });
  const [first, last] = [seen[0], seen.at(-1)];
  const grown = (last?.tables ?? []).flatMap((table) => {
    const before = first?.tables.find(({ name }) => name === table.name);
    const [more, bytes] = [table.rows - (before?.rows ?? 0), table.bytes - (before?.bytes ?? 0)];
    return more === 0 && bytes === 0
      ? []
      : [`| ${table.name} | ${String(table.rows)} | ${String(more)} | ${(bytes / 1024).toFixed(0)} |`];
  });
  return [
    "# Soak",
    "",
    "Written by `npm run test:long` (`tests/faults/soak.long.test.ts`): do not edit. One process on PostgreSQL with synced commits,",
    `whole sign-ins at random moments at half of what it could do just before: ${rate.toFixed(0)} a second for ${String(seen.length)} minutes,`,
    `with keyed PINs, server, database and visitors on the same machine (${machine}).`,
    "",
    "| minute | sign-ins | turned away | failed | p50 ms | p99 ms | memory MB | tables MB |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    "Waits are of a whole sign-in (ten exchanges, the message included). Memory is the product's own process. Tables, from the end of",
    "the first minute to the end of the last; what a sign-in leaves is kept for as long as the law says (history for twelve months),",
    "and the rest is purged every minute:",
    "",
    "| table | rows | more rows | more kB |",
    "|---|---|---|---|",
    ...grown,
    "",
  ].join("\n");
}
