import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unwrapWoff } from "./unwrap-woff.ts";

/** The Noto Sans files are cut by script; PDF has no fallback of its own, so names from elsewhere are set run by run. */
const SCRIPTS = [
  ["latin", /[\u0000-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122]/],
  ["greek", /[\u0370-\u03ff]/],
  ["cyrillic", /[\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]/],
  ["vietnamese", /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u20ab]/],
  ["latin-ext", /./u],
] as const;

export type Weight = 400 | 700;

const cache = new Map<string, Buffer>();

export interface Run {
  readonly font: string;
  readonly text: string;
}

/** Cuts a line into runs that one font file can show each. */
export function runsOf(line: string, weight: Weight): Run[] {
  const runs: { font: string; text: string }[] = [];
  for (const sign of line.normalize("NFC")) {
    const font = `${scriptOf(sign)}-${weight}`;
    const last = runs.at(-1);
    if (last?.font === font) last.text += sign;
    else runs.push({ font, text: sign });
  }
  return runs;
}

/** @param font as named in a run: "latin-400". */
export function fontFile(font: string): Buffer {
  const read = cache.get(font);
  if (read) return read;
  const file = unwrapWoff(
    readFileSync(fileURLToPath(import.meta.resolve(`@fontsource/noto-sans/files/noto-sans-${font}-normal.woff`))),
  );
  cache.set(font, file);
  return file;
}

function scriptOf(sign: string): string {
  return SCRIPTS.find(([, signs]) => signs.test(sign))?.[0] ?? "latin-ext";
}
