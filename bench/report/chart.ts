/** The primary figure as a picture: processor time per ceremony, a bar for each row; shorter is better. */
import type { Results, Row } from "../figures.ts";
import type { Machine } from "./machine.ts";

const width = 920;
const left = 370;
const bar = 20;
const step = 28;
const colours = { ours: "#0b5fa5", peer: "#8a8f98" } as const;

interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly figure: (row: Row) => number;
  readonly note: (row: Row) => string;
}

export function chartOf(results: Results, machine: Machine): string {
  const groups = groupsOf(results.rows);
  const longest = Math.max(1, ...groups.flatMap(({ rows, figure }) => rows.map(figure)));
  let y = 74;
  const parts: string[] = [];
  for (const group of groups) {
    parts.push(text(20, y, group.title, 'font-weight="bold"'));
    y += 12;
    for (const row of group.rows) {
      parts.push(barOf(row, group, y, longest));
      y += step;
    }
    y += 26;
  }
  const foot = `${machine.date}, ${machine.processor}, ${machine.cores} cores, Node ${machine.node}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 16}" viewBox="0 0 ${width} ${y + 16}" font-family="sans-serif" font-size="13" role="img" aria-labelledby="title">
<title id="title">Processor time of server and database for one sign-in, in milliseconds</title>
<rect width="100%" height="100%" fill="#fff"/>
${text(20, 28, "CPU ms per ceremony, server and database (less is better)", 'font-size="17" font-weight="bold"')}
${text(20, 48, "authorization request, secret, code out of band, consent, token, verified ID token", 'fill="#444"')}
${parts.join("\n")}
${text(20, y, foot, 'fill="#444"')}
</svg>
`;
}

function groupsOf(rows: readonly Row[]): Group[] {
  const estimated = (row: Row) => (row.equalHashEstimated ? " (hash exchanged)" : "");
  return [
    { title: "As each runs here", rows, figure: ({ cpuMs }) => cpuMs, note: () => "" },
    {
      title: "All with Argon2id, 7 MiB, 5 passes",
      rows: equalRows(rows),
      figure: ({ equalHashCpuMs }) => equalHashCpuMs,
      note: estimated,
    },
  ];
}

/** Ours as it ran with Argon2id; of each peer its cheapest row, since only the hash would differ. */
function equalRows(rows: readonly Row[]): Row[] {
  return rows.filter(({ ours, hash }) => (ours ? hash === "argon2" : hash !== "own"));
}

function barOf(row: Row, { figure, note }: Group, y: number, longest: number): string {
  const value = figure(row);
  const length = Math.max(2, Math.round((value / longest) * (width - left - 190)));
  const fill = row.ours ? colours.ours : colours.peer;
  const label = `${row.name}, ${row.store}${note(row) === "" ? `: ${row.hashNote}` : ""}`;
  return [
    text(left - 10, y + 15, label, 'text-anchor="end"'),
    `<rect x="${left}" y="${y}" width="${length}" height="${bar}" rx="2" fill="${fill}"/>`,
    text(left + length + 8, y + 15, `${value}${note(row)}`, ""),
  ].join("\n");
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}
