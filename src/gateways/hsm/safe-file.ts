/** A small file that is whole or not there, whatever dies in between, and that nobody else on the machine can read. */
import { statSync } from "node:fs";
import { link, mkdir, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/** Throws when another account could have read it: its keys would have to be taken as known. */
export async function readPrivateFile(path: string): Promise<string | null> {
  const file = await open(path, "r").catch(ifAbsent);
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    if ((mode & 0o077) !== 0)
      throw new Error(`${path} is open to other accounts: make it mode 0600, and its keys new if anybody read it`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** Another one when the file was replaced, changed or opened to others; null when it is not there. */
export function stampOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : [stat.ino, stat.ctimeNs, stat.mode].join(" ");
}

/** False when somebody else made it first: theirs stands. */
export async function createPrivateFile(path: string, content: string, draft: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeDraft(draft, content);
  try {
    await link(draft, path); // Unlike rename, never replaces: two processes starting at once must end with the same keys.
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(draft);
    await syncFolder(path);
  }
}

export async function replacePrivateFile(path: string, content: string, draft: string): Promise<void> {
  await writeDraft(draft, content);
  await rename(draft, path);
  await syncFolder(path);
}

/** One change at a time, over all processes: of two that each added a key, the slower would throw the other's away. */
export async function whileLocked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  const file = await open(lock, "wx", 0o600).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error;
    throw new Error(`somebody else is changing ${path}; if nobody is, remove ${lock}`);
  });
  try {
    return await work();
  } finally {
    await file.close();
    await unlink(lock);
  }
}

async function writeDraft(draft: string, content: string): Promise<void> {
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name of a file is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifAbsent(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
