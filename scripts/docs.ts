/** `npm run docs`: writes the pages that are made from the code. With `--check`: fails when one of them is stale. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeSettings } from "../src/settings/index.ts";

const docs = join(import.meta.dirname, "..", "docs");

const PAGES: Readonly<Record<string, () => string>> = {
  "settings.md": describeSettings,
};

const stale = Object.entries(PAGES).filter(([name, make]) => {
  const file = join(docs, name);
  return !existsSync(file) || readFileSync(file, "utf8") !== make();
});

if (process.argv.includes("--check")) {
  for (const [name] of stale) console.error(`docs/${name} is stale: run npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [name, make] of stale) writeFileSync(join(docs, name), make());
}
