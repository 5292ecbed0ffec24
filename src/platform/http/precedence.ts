/** Which requests go first when there are too many: each door declares it of its own paths, beside them. */
import type { Precedence } from "./admission.ts";

/** By pattern of paths: `*` is one part of a path, `/**` whatever lies beneath. The first that fits decides. */
export type Precedences = Readonly<Record<string, Precedence>>;

/** What none of them names is the rest. */
export function joinPrecedences(...doors: readonly Precedences[]): (path: string) => Precedence {
  const rows = doors.flatMap((door) =>
    Object.entries(door).map(([pattern, precedence]) => ({ fits: compile(pattern), precedence })),
  );
  return (path) => rows.find(({ fits }) => fits.test(path))?.precedence ?? "rest";
}

const parts: Readonly<Record<string, string>> = { "/**": "/.*", "*": "[^/]+", ".": "\\." };

function compile(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/\/\*\*$|\*|\./g, (sign) => parts[sign] ?? sign)}$`);
}
