/** A PostgreSQL server of the tests' own: in a temporary folder, on a socket, forgetful, gone when they end. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PATIENCE_MILLISECONDS } from "./patience.ts";
import { findProgram } from "./programs.ts";

export interface Cluster {
  readonly url: string;
  stop(): void;
}

/** Nothing: PostgreSQL is not installed. */
export function startCluster(): Cluster | undefined {
  const initdb = findProgram("postgresql");
  if (initdb === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "chave-postgresql-"));
  const owner = ownerOfServers();
  // The server refuses to run as root, and needs a folder that is its own and that it can walk into.
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const run = (program: string, ...words: string[]): void => {
    const command = join(dirname(initdb), program);
    const { status, error } = spawnSync(command, words, { ...owner, cwd: folder, stdio: "ignore" });
    if (status !== 0) throw new Error(`${program} failed; see ${folder}`, { cause: error });
  };
  run("initdb", "-D", data, "-U", "chave", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
  run(
    "pg_ctl",
    "start",
    "-w",
    "-t",
    String(PATIENCE_MILLISECONDS / 1000),
    "-D",
    data,
    "-l",
    join(folder, "log"),
    "-o",
    serverOptions(folder),
  );
  return {
    url: `postgresql://chave@/postgres?host=${folder}`,
    stop() {
      run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serverOptions(folder: string): string {
  const forgetful = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const small = ["listen_addresses=", "max_connections=200", "shared_buffers=64MB"];
  return [`-k ${folder}`, ...[...forgetful, ...small].map((option) => `-c ${option}`)].join(" ");
}

function ownerOfServers(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: idOf("-u"), gid: idOf("-g") };
}
