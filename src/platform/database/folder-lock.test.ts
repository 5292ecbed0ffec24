import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { lockFolder } from "./folder-lock.ts";

const base = mkdtempSync(join(tmpdir(), "chave-lock-"));
after(() => {
  rmSync(base, { recursive: true });
});

test("a folder is locked once, and free again afterwards", () => {
  const folder = join(base, "once");
  const unlock = lockFolder(folder);
  assert.throws(() => lockFolder(folder), /in use by process/);
  unlock();
  lockFolder(folder)();
  assert.ok(!existsSync(`${folder}.lock`));
});

test("another living process is respected, a killed one is not", async () => {
  const folder = join(base, "killed");
  const program = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, "folder-lock.ts"))};
    lockFolder(${JSON.stringify(folder)}); console.log("locked"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  assert.throws(() => lockFolder(folder), new RegExp(`process ${String(holder.pid)}`));
  const ended = once(holder, "exit");
  holder.kill("SIGKILL");
  await ended;
  lockFolder(folder)();
});

test("a lock that names a process of our own number which started at another time is dead", () => {
  const folder = join(base, "reused");
  writeFileSync(`${folder}.lock`, JSON.stringify({ pid: process.pid, started: "1" }));
  lockFolder(folder)();
});
