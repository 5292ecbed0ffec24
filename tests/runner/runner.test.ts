/** The runner itself: what it hears, what it counts, and whom it stops. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { until } from "../world/patience.ts";
import { runTestGroup } from "./test-group.ts";
import { runNode } from "./watched.ts";

const folder = mkdtempSync(join(tmpdir(), "chave-runner-"));
/** On this machine, at this moment: what a program needs to begin, many times over. */
let silence = 0;

before(async () => {
  const began = performance.now();
  assert.ok(await runNode(["-e", ""], () => undefined));
  silence = 10 * (performance.now() - began);
});
after(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, ...lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, ['import { test } from "node:test";', ...lines].join("\n"));
  return file;
}

const run = async (words: readonly string[]): Promise<readonly [well: boolean, heard: readonly string[]]> => {
  const heard: string[] = [];
  return [await runNode(words, (line) => heard.push(line), {}, silence), heard];
};

test("a program may take as long as it needs while it says something", async () => {
  const program = `let n = 0; const t = setInterval(() => { console.log(n); if (++n === 6) clearInterval(t); }, ${silence / 3});`;
  const [well, heard] = await run(["-e", program]);
  assert.deepEqual([well, heard], [true, ["0", "1", "2", "3", "4", "5"]]);
});

test("one that falls silent is stopped, and with it what it started, busy or idle", async () => {
  const idle = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })`;
  const [well, heard] = await run(["-e", `console.log(${idle}.pid); process.on("SIGTERM", () => {}); for (;;);`]);
  assert.equal(well, false);
  assert.match(heard.at(-1) ?? "", /^stopped: it said nothing/);
  await until("its child is gone", () => !isAlive(Number(heard[0])));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("each test is told when it ends, and what failed is told again at the end, with its file", async () => {
  const good = write("good.test.ts", 'test("goes well", () => {});', 'test("is left out", { skip: "why" }, () => {});');
  const bad = write("bad.test.ts", 'test("goes badly", () => { throw new Error("because") });', 'test("goes on", () => {});');
  const broken = write("broken.test.ts", 'throw new Error("before any test");');
  const said: string[] = [];
  assert.equal(await runTestGroup([good], 2, {}, (line) => said.push(line)), true);
  assert.equal(said.at(-1), "1 passed, 0 failed, 1 skipped");
  said.length = 0;
  assert.equal(await runTestGroup([bad, good, broken], 2, {}, (line) => said.push(line)), false);
  const text = said.join("\n");
  for (const expected of ["✔ goes on", "Error: because", "Error: before any test"]) assert.ok(text.includes(expected), text);
  assert.match(text, /bad\.test\.ts \| ✖ goes badly \(\d+ ms\)\n[^]*bad\.test\.ts \| ✖ goes badly/);
  assert.match(text, /broken\.test\.ts \| ✖ (?:the file ended badly|.*broken)/);
});
