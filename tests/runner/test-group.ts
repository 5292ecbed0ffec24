/** Test files run beside each other, each a process of its own; what they say is counted as it comes. */
import { join } from "node:path";
import { root } from "./files.ts";
import { MARKS } from "./lines.ts";
import { runNode, type Hear } from "./watched.ts";

const reporter = join(root, "tests", "runner", "lines.ts");
const SLOWEST = 8;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Says each line with the file it is of, and at the end what failed and what took longest. Whether all went well. */
export async function runTestGroup(
  files: readonly string[],
  atOnce: number,
  env: Readonly<Record<string, string>>,
  say: Hear = console.log,
): Promise<boolean> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const seconds = new Map<string, number>();
  const waiting = [...files];

  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const began = performance.now();
      const said = await runFile(file, counts, env, say);
      seconds.set(file, (performance.now() - began) / 1000);
      failures.push(...said);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));

  const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
  say(`\nslowest: ${slowest.map(([file, took]) => `${file} ${took.toFixed(0)} s`).join(", ")}`);
  for (const failure of failures) say(failure);
  say(`${String(counts.passed)} passed, ${String(counts.failed)} failed, ${String(counts.skipped)} skipped`);
  return failures.length === 0;
}

/** What failed in it: its tests, or the file itself. */
async function runFile(file: string, counts: Counts, env: Readonly<Record<string, string>>, say: Hear): Promise<string[]> {
  const failures: string[] = [];
  const hear = (line: string): void => {
    say(`${file} | ${line}`);
    if (line.startsWith(`${MARKS.passed} `)) counts.passed++;
    if (line.startsWith(`${MARKS.skipped} `)) counts.skipped++;
    if (!line.startsWith(`${MARKS.failed} `)) return;
    counts.failed++;
    failures.push(`${file} | ${line}`);
  };
  const isWell = await runNode([`--test-reporter=${reporter}`, file], hear, env);
  if (!isWell && failures.length === 0) failures.push(`${file} | ${MARKS.failed} the file ended badly`);
  return failures;
}
