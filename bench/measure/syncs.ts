/** How often a server that keeps no PostgreSQL forces its files to disk: seen by strace, where it is installed. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pidsOf } from "./processes.ts";

export async function countSyncs(roots: readonly number[], work: () => Promise<void>): Promise<number | null> {
  if (spawnSync("strace", ["-V"]).status !== 0) return work().then(() => null);
  const folder = mkdtempSync(join(tmpdir(), "chave-bench-strace-"));
  const file = join(folder, "calls");
  const pids = pidsOf(roots).flatMap((pid) => ["-p", String(pid)]);
  const tracer = spawn("strace", ["-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o", file, ...pids], {
    stdio: "ignore",
  });
  const ended = once(tracer, "exit");
  try {
    await new Promise((resolve) => setTimeout(resolve, 500)); // It says nothing when it has attached to all of them.
    await work();
  } finally {
    tracer.kill("SIGINT");
    await ended;
  }
  const calls = readFileSync(file, "utf8").match(/\b(fsync|fdatasync)\(/g)?.length ?? 0;
  rmSync(folder, { recursive: true, force: true });
  return calls;
}
