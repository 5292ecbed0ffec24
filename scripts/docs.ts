/** `npm run docs`: writes the pages that are made from the code. With `--check`: fails when one of them is stale, or wrong. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeSettings } from "../src/settings/index.ts";
import { journeysPage } from "./docs/journeys.ts";
import { lawFaults, lawPage } from "./docs/law.ts";
import { messagesPage } from "./docs/messages.ts";
import { refusalsPage } from "./docs/refusals.ts";

const docs = join(import.meta.dirname, "..", "docs");

const PAGES: Readonly<Record<string, () => string>> = {
  "journeys.md": journeysPage,
  "law.md": lawPage,
  "messages.md": messagesPage,
  "refusals.md": refusalsPage,
  "settings.md": describeSettings,
};

const stale = Object.entries(PAGES).filter(([name, make]) => {
  const file = join(docs, name);
  return !existsSync(file) || readFileSync(file, "utf8") !== make();
});

if (process.argv.includes("--check")) {
  const faults = [...stale.map(([name]) => `docs/${name} is stale: run npm run docs`), ...lawFaults()];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const [name, make] of stale) writeFileSync(join(docs, name), make());
}
