/** What the operating system has booked on a server and everything it started: from /proc, whatever the language. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

const ticksPerSecond = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;

/** proc(5): the name may hold anything, so counting begins after its last parenthesis; utime to cstime are fields 14 to 17. */
function readStat(pid: string): Stat | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid: Number(pid), parent: Number(fields[1]), ticks };
  } catch {
    return undefined; // It ended between being listed and being read.
  }
}

/** These and all their descendants. */
function tree(roots: readonly number[]): Stat[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const stats = all.map(readStat).filter((stat) => stat !== undefined);
  const members = new Set(roots);
  for (let size = -1; size !== members.size;) {
    size = members.size;
    for (const { pid, parent } of stats) if (members.has(parent)) members.add(pid);
  }
  return stats.filter(({ pid }) => members.has(pid));
}

export function pidsOf(roots: readonly number[]): number[] {
  return tree(roots).map(({ pid }) => pid);
}

/** Milliseconds of processor time so far, children that ended included: only differences mean anything. */
export function cpuOf(roots: readonly number[]): number {
  return (tree(roots).reduce((sum, { ticks }) => sum + ticks, 0) * 1000) / ticksPerSecond;
}

/** Megabytes, what several share counted once (the proportional set size). */
export function memoryOf(roots: readonly number[]): number {
  const sizes = pidsOf(roots).map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** Keeps them to one core, and what they start from now on. False where that cannot be done. */
export function pin(roots: readonly number[], core: number): boolean {
  const kept = pidsOf(roots).map(
    (pid) => spawnSync("taskset", ["-a", "-cp", String(core), String(pid)]).status === 0 || !existsSync(`/proc/${String(pid)}`),
  );
  return kept.every(Boolean);
}
