/** `npm run bench`: the same sign-in ceremony at Chave and at others that a registry installs. See docs/speed.md. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, chmodSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Contestant, Stand } from "./contestant.ts";
import { createCodes } from "./driver/codes.ts";
import { resultsOf } from "./figures.ts";
import type { Measured } from "./figures.ts";
import { createPortFinder } from "./free-port.ts";
import { installPackages } from "./install.ts";
import { createRow } from "./measure/row.ts";
import type { RowUnderTest } from "./measure/row.ts";
import { oursOn } from "./ours.ts";
import { glewlwyd } from "./peers/glewlwyd.ts";
import { lemonldap } from "./peers/lemonldap.ts";
import { bareOidcProvider } from "./peers/oidc-provider.ts";
import { wiresAlone } from "./peers/wires.ts";
import { quick, thorough } from "./plan.ts";
import type { Plan } from "./plan.ts";
import { chartOf } from "./report/chart.ts";
import { describeMachine } from "./report/machine.ts";
import { pageOf } from "./report/page.ts";
import { tableOf } from "./report/table.ts";

const contestants: readonly Contestant[] = [
  oursOn("PostgreSQL"),
  oursOn("PGlite"),
  bareOidcProvider,
  wiresAlone,
  glewlwyd,
  lemonldap,
];

const docs = join(import.meta.dirname, "..", "docs");

const say = (line: string): void =>
  void process.stderr.write(`${String(Math.round(performance.now() / 1000)).padStart(4)} s  ${line}\n`);

async function bench(): Promise<void> {
  const options = {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  const plan = values.quick ? quick : thorough;
  const wanted = contestants.filter(({ name }) => values.only === undefined || name.startsWith(values.only));
  const absent = installMissing(wanted);
  const folder = mkdtempSync(join(tmpdir(), "chave-bench-"));
  chmodSync(folder, 0o755); // Some peers run under a user of their own.
  try {
    const machine = await describeMachine();
    const measured = await measureAll(
      wanted.filter((one) => one.missing() === null),
      plan,
      folder,
    );
    const results = resultsOf(measured, machine.argon2Ms);
    if (values.json) process.stdout.write(`${JSON.stringify({ ...results, machine, absent }, null, 2)}\n`);
    else process.stdout.write(`\n${tableOf(results)}\n${absent.map((line) => `\nnot measured: ${line}`).join("")}\n`);
    if (values.only !== undefined) return;
    writeFileSync(join(docs, "speed.svg"), chartOf(results, machine));
    writeFileSync(join(docs, "speed.md"), pageOf(results, machine, plan, absent));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says of each that cannot be measured why. */
function installMissing(wanted: readonly Contestant[]): string[] {
  const packages = wanted.filter((one) => one.missing() !== null).flatMap((one) => one.packages);
  if (packages.length > 0) installPackages(packages, say);
  return wanted.flatMap((one) => {
    const missing = one.missing();
    return missing === null ? [] : [`${one.name}: ${missing} missing; on Debian: apt-get install ${one.packages.join(" ")}`];
  });
}

async function measureAll(wanted: readonly Contestant[], plan: Plan, folder: string): Promise<Measured[]> {
  const freePort = createPortFinder();
  const stands: Stand[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stand of stands.splice(0).toReversed())
      await stand.stop().catch((fault: unknown) => say(`not stopped: ${String(fault)}`));
  };
  // Whoever breaks it off must not be left with servers running.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stopAll().finally(() => process.exit(1)));
  try {
    for (const one of wanted) {
      say(`starting ${one.name}`);
      const own = join(folder, String(stands.length));
      mkdirSync(own);
      stands.push(await one.start({ folder: own, codes: createCodes(), people: plan.people, freePort }));
    }
    // The driver away from the core the servers are kept to.
    if (availableParallelism() > 1)
      spawnSync("taskset", ["-a", "-cp", `1-${String(availableParallelism() - 1)}`, String(process.pid)]);
    const rows = stands.flatMap((stand) => stand.entries.map((entry) => createRow(stand, entry, plan, say)));
    return await measureRows(rows, plan);
  } finally {
    await stopAll();
  }
}

async function measureRows(rows: readonly RowUnderTest[], plan: Plan): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const row of rows) {
    say(`warming up ${labelOf(row)}`);
    await row.warmUp();
  }
  for (let round = 1; round <= plan.rounds; round++) {
    for (const row of rows) {
      say(`round ${round} of ${plan.rounds}: ${labelOf(row)}`);
      await row.round(round);
    }
  }
  for (const row of rows) {
    say(`counting ${labelOf(row)}`);
    measured.push(await row.finish());
  }
  return measured;
}

const labelOf = ({ entry }: RowUnderTest): string => `${entry.name}, ${entry.store}, ${entry.hashNote}`;

bench().catch((fault: unknown) => {
  const why = (error: unknown): string =>
    error instanceof Error ? `${error.message}${error.cause ? `: ${why(error.cause)}` : ""}` : String(error);
  process.stderr.write(`${why(fault)}\n`);
  process.exitCode = 1;
});
