/** What a killed country left behind, and the law that it must obey whenever it died. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MigratableDatabase } from "../../src/platform/database/database.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import type { Place } from "../journeys/country.ts";
import { silentLog } from "../world/world.ts";

interface KeyRow {
  readonly id: string;
  readonly civilId: string;
  readonly state: string;
  readonly tries: number;
  readonly strangerFailures: number;
  readonly pinTemporary: boolean;
}

interface LetterRow {
  readonly reference: string;
  readonly keyId: string;
  readonly state: string;
  readonly batch: string | null;
  readonly wiped: boolean;
}

interface CodeRow {
  readonly id: string;
  readonly tries: number;
  readonly resends: number;
  readonly used: boolean;
}

interface Printed {
  readonly id: string;
  readonly civilId: string;
}

export interface Remains {
  readonly keys: readonly KeyRow[];
  readonly letters: readonly LetterRow[];
  readonly codes: readonly CodeRow[];
  readonly deadJobs: readonly string[];
  /** On the post office's shelf: delivered or not. */
  readonly printed: readonly Printed[];
}

/** Opens the database of a country that is not running. */
export function openRemains({ databaseUrl, folder }: Place): Promise<MigratableDatabase> {
  return openDatabase({ url: databaseUrl, folder: join(folder, "data", "database"), poolSize: 1, log: silentLog });
}

export async function readRemains(place: Place): Promise<Remains> {
  const db = await openRemains(place);
  try {
    const keys = await db<KeyRow>`
      select key.id, civil_id as "civilId", state, tries, stranger_failures as "strangerFailures", pin_temporary as "pinTemporary"
      from mobile_keys.key join citizens.citizen on citizen.id = key.citizen_id`;
    const letters = await db<LetterRow>`
      select reference, key_id as "keyId", state, batch, contents is null as wiped from activation.letter`;
    const codes = await db<CodeRow>`
      select id, code_tries as tries, code_resends as resends, step = 'done' as used
      from activation.activation where code_sent_at is not null
      union all select id, code_tries, code_resends, step = 'done' from acts.act where code_sent_at is not null`;
    // Not those of a clock's rhythm: the next one does what the dead one left.
    const dead = await db<{ kind: string }>`
      select kind from jobs.job where state = 'dead' and (key is null or key not like 'slot %')`;
    return { keys, letters, codes, deadJobs: dead.map(({ kind }) => kind), printed: printedAt(place) };
  } finally {
    await db.close();
  }
}

/** The shelf's own file, which can be read whether its post office lives or not; a line cut short was never taken. */
export function printedAt({ folder }: Place): Printed[] {
  const file = join(folder, "data", "sandbox", "post-batches.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  return lines.flatMap((line) => (JSON.parse(line) as { letters: Printed[] }).letters);
}

const living = new Set(["pending-letter", "active", "frozen", "suspended"]);
const stages = ["queued", "printing", "printed", "delivered", "used"];

/** What may never be, whenever the process died: each row finds its offenders. */
const laws: readonly (readonly [law: string, offenders: (now: Remains) => readonly unknown[]])[] = [
  [
    "nobody has two living keys",
    ({ keys }) => twice(keys.filter(({ state }) => living.has(state)).map(({ civilId }) => civilId)),
  ],
  ["no key has two letters", ({ letters }) => twice(letters.map(({ keyId }) => keyId))],
  ["no letter is printed twice", ({ printed }) => twice(printed.map(({ id }) => id))],
  ["nobody gets two letters", ({ printed }) => twice(printed.map(({ civilId }) => civilId))],
  [
    "only letters of ours are printed",
    ({ printed, letters }) => printed.filter(({ id }) => !letters.some((one) => one.reference === id)),
  ],
  [
    "a pending key has its letter",
    ({ keys, letters }) =>
      keys.filter(({ id, state }) => state === "pending-letter" && !letters.some(({ keyId }) => keyId === id)),
  ],
  [
    "a printed letter is forgotten",
    ({ letters }) => letters.filter(({ state, wiped }) => wiped === ["queued", "printing"].includes(state)),
  ],
  [
    "an active key has a PIN of its own",
    ({ keys }) => keys.filter(({ state, pinTemporary }) => pinTemporary !== (state === "pending-letter")),
  ],
  ["a code has three tries and two resends", ({ codes }) => codes.filter(({ tries, resends }) => tries > 3 || resends > 2)],
  ["nothing that was promised is given up", ({ deadJobs }) => deadJobs],
];

/** What may never be undone. */
const growth: readonly (readonly [law: string, offenders: (now: Remains, before: Remains) => readonly unknown[]])[] = [
  ["no key is lost", (now, before) => missing(now.keys, before.keys)],
  ["no count of tries goes down", (now, before) => pairs(now.keys, before.keys).filter(([key, old]) => key.tries < old.tries)],
  [
    "no used code can be used again",
    (now, before) => pairs(now.codes, before.codes).filter(([code, old]) => old.used && !code.used),
  ],
  [
    "no code gets its tries back",
    (now, before) => pairs(now.codes, before.codes).filter(([code, old]) => code.tries < old.tries),
  ],
  [
    "no letter goes back",
    (now, before) =>
      now.letters.filter(
        (letter) => stageOf(letter) < stageOf(before.letters.find(({ reference }) => reference === letter.reference)),
      ),
  ],
  ["what is on the shelf stays there", (now, before) => missing(now.printed, before.printed)],
];

export function judge(now: Remains, before: Remains): void {
  for (const [law, offenders] of laws) assert.deepEqual(offenders(now), [], law);
  for (const [law, offenders] of growth) assert.deepEqual(offenders(now, before), [], law);
}

export function livingKeyOf({ keys }: Remains, civilId: string): KeyRow | undefined {
  return keys.find((key) => key.civilId === civilId && living.has(key.state));
}

export const nothingYet: Remains = { keys: [], letters: [], codes: [], deadJobs: [], printed: [] };

function twice(names: readonly string[]): string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}

interface Named {
  readonly id: string;
}

function missing(now: readonly Named[], before: readonly Named[]): Named[] {
  return before.filter(({ id }) => !now.some((one) => one.id === id));
}

function pairs<Row extends Named>(now: readonly Row[], before: readonly Row[]): [Row, Row][] {
  return now.flatMap((row) => before.filter(({ id }) => id === row.id).map((old): [Row, Row] => [row, old]));
}

function stageOf(letter: LetterRow | undefined): number {
  return letter === undefined ? -1 : stages.indexOf(letter.state);
}
