/** Which test files there are, and what they need. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** Those whose path holds one of the words, or all; what takes longest begins first, lest the others wait for it at the end. */
export function testFiles(words: readonly string[], isLong: boolean): string[] {
  const files = ["tests", "bench", "src"].flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: root }).sort());
  const wanted = files.filter((file) => file.endsWith(".long.test.ts") === isLong);
  return words.length === 0 ? wanted : wanted.filter((file) => words.some((word) => file.includes(word)));
}

/** They measure what the machine can do, which another test at the same moment would take away: run one after the other, alone. */
export function isMeasured(file: string): boolean {
  return file.endsWith("overload.test.ts");
}

/** These name what opens a database without opening one. */
const namers = [join(root, "tests", "world", "world.ts"), import.meta.filename];

export const usesDatabase = (file: string): boolean => opensDatabase(join(root, file), new Set());

/** The file itself, or a helper it imports, opens a test database. */
function opensDatabase(file: string, seen: Set<string>): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  if (!namers.includes(file) && /\b(openTestDatabase|createEmptyDatabase|TEST_DATABASE)\b/.test(text)) return true;
  const imports = [...text.matchAll(/from "(\.[^"]+\.ts)"/g)].map(([, path = ""]) => resolve(dirname(file), path));
  return imports.some((path) => opensDatabase(path, seen));
}
