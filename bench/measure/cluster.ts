/** A PostgreSQL of the benchmark's own, as durable as in production: in a temporary folder, on a socket, gone at the end. */
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Cluster {
  /** Of a new, empty database with that name. */
  create(name: string): string;
  /** Of its socket; `owner` alone may enter it, and root. */
  readonly folder: string;
  /** Undefined: whoever runs the benchmark. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly pid: number;
  readonly version: string;
  stop(): void;
}

/** The newest of Debian's places for the server's programs; undefined when there is none. */
export function findPostgres(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).toSorted((one, other) => Number(other) - Number(one)) : [];
  return versions.map((version) => join(root, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
}

const settings = [
  "listen_addresses = ''",
  "max_connections=100",
  "shared_buffers=256MB",
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  "max_wal_size=4GB",
  "shared_preload_libraries = 'pg_stat_statements'",
  // Counting costs time: it is turned on for the counted run alone.
  "pg_stat_statements.track=none",
];

export function startCluster(): Cluster {
  const programs = findPostgres();
  if (programs === undefined) throw new Error("PostgreSQL is missing: apt-get install postgresql");
  const folder = mkdtempSync(join(tmpdir(), "chave-bench-postgresql-"));
  const owner = ownerOfServers();
  // The server refuses to run as root, and needs a folder that is its own.
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const run = (program: string, ...words: string[]): void => {
    const { status } = spawnSync(join(programs, program), words, { ...owner, cwd: folder, stdio: "ignore", timeout: 60_000 });
    if (status !== 0) throw new Error(`${program} failed; see ${folder}`);
  };
  run("initdb", "-D", data, "-U", "chave", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
  // In the file, not on the command line: what is there can be changed while the server runs.
  appendFileSync(join(data, "postgresql.conf"), settings.map((setting) => `${setting}\n`).join(""));
  run("pg_ctl", "start", "-w", "-D", data, "-l", join(folder, "log"), "-o", `-k ${folder}`);
  const version = spawnSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" }).stdout.trim();
  return {
    folder,
    owner,
    create(name) {
      run("createdb", "-h", folder, "-U", "chave", name);
      return `postgresql://chave@/${name}?host=${folder}`;
    },
    pid: Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]),
    version,
    stop() {
      run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ownerOfServers(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: idOf("-u"), gid: idOf("-g") };
}
