/** The system's smart card service (pcscd) with its virtual reader: the one that runs, or one of the test's own. */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { promisify } from "node:util";
import { until } from "../../world/patience.ts";

const SOCKET = "/run/pcscd/pcscd.comm";
const VPCD_PORT = 35963;

export async function openSmartCardService(): Promise<{ close(): void }> {
  if (await answers()) return { close: () => undefined };
  const service = spawn("pcscd", ["--foreground"], { stdio: "ignore" });
  // It tells nobody when its reader is there.
  await until("the virtual reader of pcscd", async () => {
    if (service.exitCode !== null) throw new Error("pcscd has ended");
    return existsSync(SOCKET) && (await answers());
  });
  return { close: () => void service.kill() };
}

/** Until programs see a card in a reader. */
export async function cardIsThere(): Promise<void> {
  await until("a program that sees the card in the virtual reader", async () => {
    const { stdout } = await promisify(execFile)("opensc-tool", ["--list-readers"]);
    return /^\d+ +Yes/m.test(stdout);
  });
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
