/** A program that is listened to: it may take as long as it needs, as long as it says something now and then. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./files.ts";
import { SILENCE_MINUTES } from "../world/patience.ts";

const GRACE_MILLISECONDS = 2_000;

export type Hear = (line: string) => void;

/** Those that run now, each with what it started: a group of its own. */
const running = new Set<ChildProcess>();

/** Runs Node with these words; whether it ended well. Each of its lines is heard as it is printed. */
export async function runNode(
  words: readonly string[],
  hear: Hear,
  env: Readonly<Record<string, string>> = {},
  silence = SILENCE_MINUTES * 60_000,
): Promise<boolean> {
  // Compiled code is kept between the test files, each of which is a process of its own.
  const cache = join(root, "node_modules", ".cache", "node");
  const child = spawn(process.execPath, words, {
    cwd: root,
    detached: true,
    env: { ...process.env, NODE_COMPILE_CACHE: cache, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const watchdog = setTimeout(() => {
    hear(`stopped: it said nothing for ${(silence / 60_000).toFixed(1)} minutes`);
    stop(child);
  }, silence);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", () => watchdog.refresh());
    createInterface({ input: stream }).on("line", hear);
  }
  const closed = once(child, "close");
  try {
    const [code] = await once(child, "exit");
    clearTimeout(watchdog);
    signal(child, "SIGKILL"); // Whatever it left behind would hold its output open.
    await closed;
    return code === 0;
  } finally {
    running.delete(child);
  }
}

/** Ends all that runs, with what they started. */
export function stopAll(): void {
  for (const child of running) signal(child, "SIGTERM");
}

/** A busy loop hears no request to end. */
function stop(child: ChildProcess): void {
  signal(child, "SIGTERM");
  setTimeout(() => signal(child, "SIGKILL"), GRACE_MILLISECONDS).unref();
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Nobody of that group is left.
  }
}
