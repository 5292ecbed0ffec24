/** The product once more, as `npm run serve` starts it, beside others on the same database: by its settings alone, told the country's time. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../src/settings/index.ts";
import { startChave } from "../../src/main.ts";

const shelf = join(process.env["TEST_COUNTRY_SHELF"] ?? "", "clock.jsonl");

/** The country's clock is moved in another process, which writes its moves down, a line each: looked at every time, it is never late. */
function offset(): number {
  const moves = existsSync(shelf) ? readFileSync(shelf, "utf8").split("\n").slice(0, -1) : [];
  const last = moves.at(-1);
  return last === undefined ? 0 : (JSON.parse(last) as { offset: number }).offset;
}

const clock = { now: () => new Date(Date.now() + offset()) };
try {
  const running = await startChave({ settings: readSettings(), clock, sandbox: true });
  process.once("SIGTERM", () => void running.stop().then(() => process.exit(0)));
  process.stdout.write("ready\n");
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
}
