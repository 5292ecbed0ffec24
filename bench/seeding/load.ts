/** Puts invented people into a database: by COPY through psql where it can be, else by inserts of many rows. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { MigratableDatabase } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import { citizenColumns, createCitizenMaker, keyColumns } from "./citizens.ts";
import type { Cell, PinMode, SeededCitizen } from "./citizens.ts";

export interface Seeding {
  readonly secrets: Secrets;
  readonly mode: PinMode;
  /** The first citizen's number. */
  readonly from: number;
  readonly count: number;
}

const chunk = 2_000;

interface Sink {
  take(people: readonly SeededCitizen[]): Promise<void>;
  end(): Promise<void>;
}

/** `url`: of a PostgreSQL that psql can reach; undefined for the embedded engine. */
export async function loadCitizens(db: MigratableDatabase, url: string | undefined, seeding: Seeding): Promise<void> {
  const make = createCitizenMaker(seeding.secrets, seeding.mode);
  const sink = url === undefined ? insertInto(db) : copyInto(url);
  const end = seeding.from + seeding.count;
  for (let n = seeding.from; n < end; n += chunk) {
    const numbers = Array.from({ length: Math.min(chunk, end - n) }, (_, index) => n + index);
    await sink.take(await Promise.all(numbers.map(make)));
  }
  await sink.end();
  await db.script("analyze citizens.citizen; analyze mobile_keys.key");
}

/** Two sessions at once: each table is filled on a core of its own. */
function copyInto(url: string): Sink {
  const citizens = copySession(url, "citizens.citizen", citizenColumns);
  const keys = copySession(url, "mobile_keys.key", keyColumns);
  return {
    async take(people) {
      await Promise.all([citizens.write(people.map(({ citizen }) => citizen)), keys.write(people.map(({ key }) => key))]);
    },
    async end() {
      await Promise.all([citizens.end(), keys.end()]);
    },
  };
}

function copySession(url: string, table: string, columns: readonly string[]) {
  const command = `copy ${table} (${columns.join(", ")}) from stdin`;
  const words = [url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", "set synchronous_commit = off", "-c", command];
  const psql = spawn("psql", words, { stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  psql.stderr.on("data", (part: Buffer) => (said += part.toString().slice(0, 2_000)));
  const ended = new Promise<void>((resolve, reject) => {
    psql.once("error", reject);
    psql.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`COPY into ${table} failed: ${said}`));
    });
  });
  ended.catch(() => undefined);
  psql.stdin.on("error", () => undefined); // Told by `ended`, with what psql said.
  return {
    async write(rows: readonly (readonly Cell[])[]): Promise<void> {
      const text = rows.map((row) => `${row.map(copyText).join("\t")}\n`).join("");
      if (!psql.stdin.write(text)) await Promise.race([once(psql.stdin, "drain"), ended]);
    },
    async end(): Promise<void> {
      psql.stdin.end();
      await ended;
    },
  };
}

/** COPY's text form; nothing invented here holds a tab, a line's end or a backslash. */
function copyText(cell: Cell): string {
  return Buffer.isBuffer(cell) ? `\\\\x${cell.toString("hex")}` : String(cell);
}

function insertInto(db: MigratableDatabase): Sink {
  return {
    async take(people) {
      const rows = (columns: readonly string[], cells: (person: SeededCitizen) => readonly Cell[]) =>
        people.map(
          (person): Record<string, Cell> =>
            Object.fromEntries(cells(person).map((cell, index) => [columns[index], jsonCell(cell)])) as Record<string, Cell>,
        );
      const all = { citizens: rows(citizenColumns, ({ citizen }) => citizen), keys: rows(keyColumns, ({ key }) => key) };
      await db.transaction(async () => {
        await insertCitizens(db, JSON.stringify(all.citizens));
        await insertKeys(db, JSON.stringify(all.keys));
      });
    },
    end: () => Promise.resolve(),
  };
}

function jsonCell(cell: Cell): Cell {
  return Buffer.isBuffer(cell) ? `\\x${cell.toString("hex")}` : cell;
}

async function insertCitizens(db: MigratableDatabase, rows: string): Promise<void> {
  await db`
    insert into citizens.citizen (id, civil_id, tax_number, name, given_names, family_names, birth_date, nationality,
                                  document_kind, document_number, document_expires, updated_at)
    select id, civil_id, tax_number, name, given_names, family_names, birth_date, nationality,
           document_kind, document_number, document_expires, updated_at
    from jsonb_populate_recordset(null::citizens.citizen, ${rows}::jsonb)`;
}

async function insertKeys(db: MigratableDatabase, rows: string): Promise<void> {
  await db`
    insert into mobile_keys.key (id, citizen_id, state, channel, level, signature, phone, language, pin_verifier, pin_salt,
                                 pin_mode, pin_key_version, pin_temporary, valid_until, created_at, activated_at)
    select id, citizen_id, state, channel, level, signature, phone, language, pin_verifier, pin_salt,
           pin_mode, pin_key_version, pin_temporary, valid_until, created_at, activated_at
    from jsonb_populate_recordset(null::mobile_keys.key, ${rows}::jsonb)`;
}
