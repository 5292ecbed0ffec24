/** The results as a table: for the terminal and, the same, for docs/speed.md. */
import type { Results, Row } from "../figures.ts";

type Column = readonly [title: string, cell: (row: Row) => string];

const number = (value: number | null): string => (value === null ? "-" : String(value));

const columns: readonly Column[] = [
  ["server", ({ name }) => name],
  ["store", ({ store }) => store],
  ["secret", ({ hashNote }) => hashNote],
  ["CPU ms per ceremony", ({ cpuMs }) => number(cpuMs)],
  ["with Argon2id", ({ equalHashCpuMs, equalHashEstimated }) => `${number(equalHashCpuMs)}${equalHashEstimated ? " *" : ""}`],
  ["at half speed", ({ halfCpuMs }) => number(halfCpuMs)],
  ["per second and core", ({ perSecond }) => number(perSecond)],
  ["p50 ms", ({ p50Ms }) => number(p50Ms)],
  ["p99 ms", ({ p99Ms }) => number(p99Ms)],
  ["memory MB", ({ memoryMb }) => number(memoryMb)],
  ["statements", ({ statements }) => number(statements)],
  ["durable commits", ({ commits }) => number(commits)],
  ["syncs", ({ syncs }) => number(syncs)],
  ["WAL bytes", ({ walBytes }) => number(walBytes)],
  ["ceremonies", ({ done, failed }) => (failed > 0 ? `${done} (${failed} failed)` : String(done))],
];

export function tableOf({ rows, ratios, floor }: Results): string {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, place) => Math.max(...lines.map((cells) => cells[place]?.length ?? 0)));
  const [head = "", ...body] = lines.map(
    (cells) => `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(" | ")} |`,
  );
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [head, rule, ...body, "", ...ratioLines(ratios, floor)].join("\n");
}

function ratioLines({ keyed, equalHash }: Results["ratios"], floor: number | null): string[] {
  const said = (value: number | null) => (value === null ? "not measured: no such peer ran" : `${value} times ours`);
  return [
    `- The best peer that keeps a database, at its cheapest, by ours with keyed PINs: **${said(keyed)}**`,
    `- The same, both with Argon2id: **${said(equalHash)}**`,
    `- The cheapest floor (the wires alone, the bare engine in memory), both with Argon2id: ${said(floor)}`,
  ];
}
