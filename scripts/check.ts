/** `npm run check`: format, lint, types, walls, dead code, figures of form, generated docs. Seconds, no services. */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const rooms = ["src", "tests", "scripts", "bench"].filter((room) => globSync(`${room}/**/*.ts`, { cwd: root }).length > 0);

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  format: ["prettier", "--check", "--log-level", "warn", "--cache", ...rooms, "*.{js,cjs,json}", ".dependency-cruiser.cjs"],
  types: ["tsc", "--noEmit"],
  lint: ["eslint", "--cache", "--cache-location", "node_modules/.cache/eslint/", "--max-warnings=0", ...rooms],
  walls: ["depcruise", "--output-type", "err", ...rooms],
  "dead code": ["knip", "--no-progress"],
  form: [process.execPath, "scripts/measure.ts"],
  docs: [process.execPath, "scripts/docs.ts", "--check"],
};

const outcomes = await Promise.all(Object.entries(CHECKS).map(async ([name, command]) => [name, await run(command)] as const));
for (const [name, { well, output }] of outcomes) {
  console.log(`${well ? "ok    " : "FAILED"} ${name}`);
  if (!well) console.log(output);
}
process.exitCode = outcomes.every(([, { well }]) => well) ? 0 : 1;

function run([program = "", ...words]: readonly string[]): Promise<{ well: boolean; output: string }> {
  const path = `${join(root, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`;
  const child = spawn(program, words, { cwd: root, env: { ...process.env, PATH: path }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return new Promise((done) => {
    child.once("error", (error) => {
      done({ well: false, output: error.message });
    });
    child.once("close", (code) => {
      done({ well: code === 0, output });
    });
  });
}
