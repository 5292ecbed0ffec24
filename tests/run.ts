/**
 * `npm test`: every check and test. `npm test -- word ...` runs only the test files whose path holds one of the words.
 * `npm run test:long -- word ...`: the `*.long.test.ts` instead, which take many minutes, one after the other.
 *
 * Files that use a database run twice, on the embedded engine and on PostgreSQL; the others once.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { startCluster } from "./world/cluster.ts";
import type { Cluster } from "./world/cluster.ts";
import { missingPrograms, PROGRAMS, provide } from "./world/programs.ts";

const root = join(import.meta.dirname, "..");
const isLong = process.argv.includes("--long");
const patience = (isLong ? 90 : 12) * 60_000;
const words = process.argv.slice(2).filter((word) => word !== "--long");
let stopCluster = (): void => undefined;
let running: ChildProcess | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    running?.kill();
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
  const files = testFiles();
  if (files.length === 0) throw new Error("no test file was found");
  const outcomes: [name: string, well: boolean, seconds: number][] = [];
  const step = async (name: string, work: () => Promise<boolean>): Promise<void> => {
    const began = performance.now();
    console.log(`\n== ${name}`);
    const well = await work();
    outcomes.push([name, well, (performance.now() - began) / 1000]);
  };

  if (words.length === 0 && !isLong) await step("checks", () => node([join("scripts", "check.ts")]));
  // What is long looks at one engine, the one that many use at once.
  if (!isLong) await step("tests (embedded database)", () => nodeTest(files, { TEST_DATABASE: "pglite" }));
  const cluster = openCluster();
  const onDatabase = isLong ? files : files.filter((file) => usesDatabase(join(root, file)));
  if (cluster !== undefined && onDatabase.length > 0) {
    const env = { TEST_DATABASE: "postgresql", TEST_DATABASE_URL: cluster.url };
    const [measured, others] = [onDatabase.filter(isMeasured), onDatabase.filter((file) => !isMeasured(file))];
    if (others.length > 0) await step("tests (PostgreSQL)", () => nodeTest(others, env));
    if (measured.length > 0) await step("measured tests (PostgreSQL)", () => nodeTest(measured, env, 1));
  }
  return report(outcomes);
}

/** They measure what the machine can do, which another test at the same moment would take away: run one after the other, alone. */
function isMeasured(file: string): boolean {
  return !isLong && file.endsWith("overload.test.ts");
}

function openCluster(): Cluster | undefined {
  const cluster = startCluster();
  stopCluster = () => {
    stopCluster = () => undefined;
    cluster?.stop();
  };
  return cluster;
}

function testFiles(): string[] {
  const files = ["src", "tests", "bench"].flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: root }));
  const wanted = files.filter((file) => file.endsWith(".long.test.ts") === isLong).sort();
  return words.length === 0 ? wanted : wanted.filter((file) => words.some((word) => file.includes(word)));
}

/** The file itself, or a helper it imports, opens a test database. */
function usesDatabase(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  if (
    file !== join(root, "tests", "world", "world.ts") &&
    /\b(openTestDatabase|createEmptyDatabase|TEST_DATABASE)\b/.test(text)
  )
    return true;
  const imports = [...text.matchAll(/from "(\.[^"]+\.ts)"/g)].map(([, path = ""]) => resolve(dirname(file), path));
  return imports.some((path) => usesDatabase(path, seen));
}

function nodeTest(files: readonly string[], env: Readonly<Record<string, string>>, atOnce = isLong ? 1 : 2): Promise<boolean> {
  const pace = [`--test-concurrency=${String(atOnce)}`, `--test-timeout=${String(isLong ? patience : 180_000)}`];
  const options = ["--test", ...pace, "--test-reporter=spec"];
  return node([...options, ...files], env);
}

/** Compiled code is kept between the files, each of which is a process of its own. */
function node(parameters: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const cache = join(root, "node_modules", ".cache", "node");
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: cache, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  running = child;
  // The time-out of node:test does not reach a file that hangs before its first test.
  const watchdog = setTimeout(() => {
    console.log(`stopped: still running after ${String(patience / 60_000)} minutes`);
    child.kill();
  }, patience);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => {
      clearTimeout(watchdog);
      done(code === 0);
    });
  });
}

/** A test group that could not run is never passed over in silence. */
function report(outcomes: readonly (readonly [string, boolean, number])[]): boolean {
  console.log(`\n== ${relative(root, import.meta.filename)}`);
  for (const [name, well, seconds] of outcomes) console.log(`${well ? "passed" : "FAILED"}  ${name}, ${seconds.toFixed(0)} s`);
  const missing = missingPrograms();
  for (const name of missing) console.log(`NOT TESTED  ${PROGRAMS[name].group}: ${name} (${PROGRAMS[name].debian}) is missing`);
  const mayLack = process.env["CI"] !== "true" || missing.length === 0;
  return mayLack && outcomes.every(([, well]) => well);
}
