/** Where the sandbox's actors keep what they were given: one append-only file of JSON lines each, in `CHAVE_DATA/sandbox`. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";

export interface Shelf<Entry> {
  readonly entries: readonly Entry[];
  /** Durable against the death of the process when it returns. */
  add(entry: Entry): void;
}

export function openShelf<Entry>(folder: string, name: string): Shelf<Entry> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.jsonl`);
  const entries = existsSync(file) ? readWholeLines<Entry>(file) : [];
  return {
    entries,
    add(entry) {
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      entries.push(entry);
    },
  };
}

/** A line cut off by a kill was never acknowledged to anybody: it is taken away, or the next entry would be glued to it. */
function readWholeLines<Entry>(file: string): Entry[] {
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Entry);
}
