/**
 * `npm test`: every check and test. `npm test -- word ...` runs only the test files whose path holds one of the words.
 * `npm run test:long -- word ...`: the `*.long.test.ts` instead, which take many minutes, one after the other.
 *
 * Files that use a database run twice, on the embedded engine and on PostgreSQL; the others once. No verdict hangs on how long
 * something takes: what is stopped is what has said nothing for minutes.
 */
import { join, relative } from "node:path";
import { isMeasured, root, testFiles, usesDatabase } from "./runner/files.ts";
import { runTestGroup } from "./runner/test-group.ts";
import { runNode, stopAll } from "./runner/watched.ts";
import { startCluster } from "./world/cluster.ts";
import type { Cluster } from "./world/cluster.ts";
import { missingPrograms, PROGRAMS, provide } from "./world/programs.ts";

type Outcome = readonly [name: string, well: boolean, seconds: number];

const isLong = process.argv.includes("--long");
const words = process.argv.slice(2).filter((word) => word !== "--long");
const AT_ONCE = isLong ? 1 : 2;
let stopCluster = (): void => undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    stopAll();
    stopCluster();
    process.exit(1);
  });
}

try {
  process.exitCode = (await runAll()) ? 0 : 1;
} finally {
  stopCluster();
}

async function runAll(): Promise<boolean> {
  provide(missingPrograms());
  const files = testFiles(words, isLong);
  if (files.length === 0) throw new Error("no test file was found");
  const outcomes: Outcome[] = [];
  if (words.length === 0 && !isLong)
    outcomes.push(await step("checks", () => runNode([join("scripts", "check.ts")], console.log)));
  // What is long looks at one engine, the one that many use at once.
  if (!isLong)
    outcomes.push(await step("tests (embedded database)", () => runTestGroup(files, AT_ONCE, { TEST_DATABASE: "pglite" })));
  const cluster = openCluster();
  if (cluster !== undefined) outcomes.push(...(await runOnPostgres(isLong ? files : files.filter(usesDatabase), cluster)));
  return report(outcomes);
}

async function runOnPostgres(files: readonly string[], { url }: Cluster): Promise<Outcome[]> {
  const env = { TEST_DATABASE: "postgresql", TEST_DATABASE_URL: url };
  const [measured, others] = [files.filter(isMeasured), files.filter((file) => !isMeasured(file))];
  const outcomes: Outcome[] = [];
  if (others.length > 0) outcomes.push(await step("tests (PostgreSQL)", () => runTestGroup(others, AT_ONCE, env)));
  if (measured.length > 0) outcomes.push(await step("measured tests (PostgreSQL)", () => runTestGroup(measured, 1, env)));
  return outcomes;
}

async function step(name: string, work: () => Promise<boolean>): Promise<Outcome> {
  const began = performance.now();
  console.log(`\n== ${name}`);
  const well = await work();
  return [name, well, (performance.now() - began) / 1000];
}

function openCluster(): Cluster | undefined {
  const cluster = startCluster();
  stopCluster = () => {
    stopCluster = () => undefined;
    cluster?.stop();
  };
  return cluster;
}

/** A test group that could not run is never passed over in silence. */
function report(outcomes: readonly Outcome[]): boolean {
  console.log(`\n== ${relative(root, import.meta.filename)}`);
  for (const [name, well, seconds] of outcomes) console.log(`${well ? "passed" : "FAILED"}  ${name}, ${seconds.toFixed(0)} s`);
  const missing = missingPrograms();
  for (const name of missing) console.log(`NOT TESTED  ${PROGRAMS[name].group}: ${name} (${PROGRAMS[name].debian}) is missing`);
  const mayLack = process.env["CI"] !== "true" || missing.length === 0;
  return mayLack && outcomes.every(([, well]) => well);
}
