/**
 * One process to a folder. Two embedded engines on the same folder would both acknowledge writes and silently diverge,
 * so the second one must not start.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, resolve } from "node:path";
import { seconds } from "../duration.ts";

const heldHere = new Set<string>();

/** Returns what gives the folder free. Throws, naming the process that holds it, when another does. */
export function lockFolder(folder: string): () => void {
  const file = `${resolve(folder)}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  if (!claim(file)) {
    const holder = readHolder(file);
    if (heldHere.has(file) || isAlive(holder)) throw new Error(refusal(folder, holder));
    takeOver(file, folder);
  }
  heldHere.add(file);
  return () => {
    if (heldHere.delete(file)) rmSync(file, { force: true });
  };
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given the same number. */
  readonly started: string;
}

/** The file appears whole or not at all: a lock read half-written would look like one left by the dead. */
function claim(file: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder), {
    flag: "wx",
    mode: 0o600,
  });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Only one of those who found the same dead lock may remove it, or the slower would remove the living lock of the quicker. */
function takeOver(file: string, folder: string): void {
  const guard = `${file}.takeover`;
  if (age(guard) > seconds(10)) rmSync(guard, { force: true });
  if (!claim(guard)) throw new Error(refusal(folder, readHolder(guard)));
  try {
    const holder = readHolder(file);
    if (isAlive(holder)) throw new Error(refusal(folder, holder));
    rmSync(file, { force: true });
    if (!claim(file)) throw new Error(refusal(folder, readHolder(file)));
  } finally {
    rmSync(guard, { force: true });
  }
}

function age(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}

function readHolder(file: string): Holder | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isHolder(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(read: unknown): read is Holder {
  return typeof read === "object" && read !== null && "pid" in read && typeof read.pid === "number" && "started" in read;
}

function isAlive(holder: Holder | undefined): boolean {
  if (holder === undefined) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startOf(holder.pid) === holder.started;
}

/** Linux: when the kernel started this process (proc(5), field 22 of stat). Elsewhere nothing, and the number alone decides. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function refusal(folder: string, holder: Holder | undefined): string {
  const who = holder === undefined ? "another process" : `process ${String(holder.pid)}`;
  return `the embedded database in ${folder} is in use by ${who}: stop it first, choose another CHAVE_DATA, or use DATABASE_URL`;
}
