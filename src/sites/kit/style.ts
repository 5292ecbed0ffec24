/** The one style sheet, joined from its parts. Of two rules as specific the later one holds, so their order is fixed. */
import { readFileSync } from "node:fs";

const parts = [
  // What everything stands on.
  ...["fonts", "colours", "elements"],
  // The frame of each page, and the parts that pages are made of.
  ...["header", "layout", "fields", "buttons", "notices", "tabs", "details", "cards", "steps"],
  // What one page or few have.
  ...["days", "receipt", "attributes", "contents"],
  ...["footer"],
  // What the person, or the paper, wants otherwise: last, since it sets the rest aside.
  ...["preferences", "print"],
] as const;

const read = (part: string): string => readFileSync(new URL(`style/${part}.css`, import.meta.url), "utf8");

/** Leading blanks and comments carry nothing: to leave them out spares a build step and a third of the transfer. */
const squeezed = (text: string): string =>
  text
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s*\n\s*/g, "\n")
    .trim();

/** `fonts`: the address of each, by its name in `fonts.css`. */
export function joinStyle(fonts: { readonly latin: string; readonly latinExt: string }): string {
  return squeezed(parts.map(read).join("")).replace("{latin}", fonts.latin).replace("{latin-ext}", fonts.latinExt);
}
