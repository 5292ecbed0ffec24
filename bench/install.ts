/** Debian packages, installed when we may: as root on Debian. Their services are not started. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const patience = 240_000;

export function installPackages(packages: readonly string[], say: (line: string) => void): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  say(`installing ${packages.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const run = (...words: string[]) => spawnSync("apt-get", words, { env, stdio: "ignore", timeout: patience }).status === 0;
  if (run("install", "-y", ...packages)) return;
  run("update");
  if (!run("install", "-y", ...packages)) say("apt-get could not install them");
}
