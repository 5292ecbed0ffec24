import type { Database } from "../../../src/platform/database/database.ts";

/** Counts statements; and `around`, when a test sets it, can hold one back, so that a race is a certainty and not luck. */
export function watchStatements(inner: Database) {
  type Around = (text: string, run: () => Promise<unknown[]>, values: readonly unknown[]) => Promise<unknown[]>;
  const watched: { count: number; texts: string[]; around: Around | null; db: Database } = {
    count: 0,
    texts: [],
    around: null,
    db: inner,
  };
  const query = async (parts: TemplateStringsArray, ...values: readonly unknown[]) => {
    const text = parts.join("?").trim();
    watched.count++;
    watched.texts.push(text.split(/\s+/).slice(0, 3).join(" "));
    const run = () => inner(parts, ...values);
    return watched.around === null ? run() : watched.around(text, run, values);
  };
  // `as`: the same function with the same members, watched.
  const db: unknown = Object.assign(query, inner);
  watched.db = db as Database;
  return watched;
}
