/** `npm run seed -- --citizens N`: fills the database of the settings with N invented people who hold active keys, for load work. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openKeys } from "#gateways/hsm";
import { createLog } from "#platform/log";
import { migrate } from "#platform/database/migrate";
import { openDatabase } from "#platform/database/open-database";
import { readSettings } from "#settings";
import { systemRandom } from "#platform/world";
import { addressing, mostCitizens, phoneOf, pinOf } from "./seeding/citizens.ts";
import { loadCitizens } from "./seeding/load.ts";
import { sizesOf } from "./seeding/sizes.ts";

const usage = `npm run seed -- --citizens N [--from n] [--argon2]

  --citizens N  how many
  --from n      the first one's number (0 when not said)
  --argon2      with the slow hash inside the keyed one, as in production: 7 ms of processor each`;

function readWish() {
  const options = {
    citizens: { type: "string" },
    from: { type: "string", default: "0" },
    argon2: { type: "boolean", default: false },
  } as const;
  const { values } = parseArgs({ options });
  const [count, from] = [Number(values.citizens), Number(values.from)];
  const sound = Number.isInteger(count) && Number.isInteger(from) && count > 0 && from >= 0 && from + count <= mostCitizens;
  return sound ? { count, from, mode: values.argon2 ? ("argon2" as const) : ("keyed" as const) } : undefined;
}

async function seed(): Promise<void> {
  const wish = readWish();
  if (wish === undefined) throw new Error(usage);
  const settings = readSettings();
  const log = createLog({ level: "warn" });
  const db = await openDatabase({ url: settings.databaseUrl, folder: join(settings.data, "database"), log });
  try {
    await migrate(db, join(import.meta.dirname, "..", "sql"));
    const keysFile = settings.keysFile ?? join(settings.data, "keys.json");
    const secrets = await openKeys({ setting: `file:${keysFile}`, random: systemRandom });
    const began = performance.now();
    await loadCitizens(db, settings.databaseUrl, { ...wish, secrets });
    const seconds = (performance.now() - began) / 1000;
    console.log(`${String(wish.count)} citizens with active keys in ${seconds.toFixed(1)} s (PINs ${wish.mode})\n`);
    for (const { name, kind, bytes } of await sizesOf(db))
      console.log(`  ${kind.padEnd(6)} ${name.padEnd(36)} ${megabytes(bytes)}`);
  } finally {
    await db.close();
  }
  describeAddressing(wish.from, wish.from + wish.count - 1);
}

function describeAddressing(first: number, last: number): void {
  console.log(`\nthe n-th citizen:\n  ${addressing.join("\n  ")}`);
  for (const n of new Set([first, last])) console.log(`  n = ${String(n)}: phone ${phoneOf(n)}, PIN ${pinOf(n)}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`.padStart(10);

seed().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
