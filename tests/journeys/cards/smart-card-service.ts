/** The system's smart card service (pcscd) with its virtual reader: the one that runs, or one of the test's own. */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const SOCKET = "/run/pcscd/pcscd.comm";
const VPCD_PORT = 35963;
const PATIENCE_MILLISECONDS = 15_000;

export async function openSmartCardService(): Promise<{ close(): void }> {
  if (await answers()) return { close: () => undefined };
  const service = spawn("pcscd", ["--foreground"], { stdio: "ignore" });
  const until = performance.now() + PATIENCE_MILLISECONDS;
  while (!existsSync(SOCKET) || !(await answers())) {
    if (performance.now() > until || service.exitCode !== null) throw new Error("pcscd offers no virtual reader");
    await wait(100); // It tells nobody when its reader is there.
  }
  return { close: () => void service.kill() };
}

/** Until programs see a card in a reader. */
export async function cardIsThere(): Promise<void> {
  const until = performance.now() + PATIENCE_MILLISECONDS;
  const isSeen = () => promisify(execFile)("opensc-tool", ["--list-readers"]).then(({ stdout }) => /^\d+ +Yes/m.test(stdout));
  while (!(await isSeen())) {
    if (performance.now() > until) throw new Error("no program sees the card in the virtual reader");
    await wait(100);
  }
}

function answers(): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(VPCD_PORT, "127.0.0.1");
    socket.once("error", () => done(false));
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
  });
}
