/** A server as a child process: started, waited for, and ended with all it wrote kept in a file. */
import { spawn } from "node:child_process";
import type { SpawnOptions } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export interface Child {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ChildNeeds {
  readonly command: string;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly log: string;
  /** True when it is ready to serve. */
  readonly ready: () => Promise<boolean>;
}

const patience = 60_000;

export async function startChild({ command, words, env, log, ready, ...owner }: ChildNeeds): Promise<Child> {
  const output = openSync(log, "a");
  const options: SpawnOptions = { stdio: ["ignore", output, output], env: { PATH: process.env["PATH"], ...env }, ...owner };
  const child = spawn(command, words, options);
  closeSync(output);
  let over = false as boolean; // Changed by an event, which the compiler does not see.
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.once("exit", end).once("error", end);
  });
  const stop = async () => {
    if (!over) child.kill("SIGTERM");
    const gone = await Promise.race([ended.then(() => true), pause(15_000, false, { ref: false })]);
    if (!gone) child.kill("SIGKILL");
  };
  for (const end = performance.now() + patience; !(await ready().catch(() => false)); await pause(50)) {
    if (!over && performance.now() < end) continue;
    await stop();
    throw new Error(`${command} did not start:\n${readFileSync(log, "utf8").slice(-3_000)}`);
  }
  return { pid: child.pid ?? 0, stop };
}

export async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok;
}
