/** A queue in the file system that takes lines of "recipient code": for peers whose gateway is a command. */
import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Socket } from "node:net";
import type { Codes } from "./codes.ts";

export async function openLineInbox(path: string, codes: Codes) {
  execFileSync("mkfifo", ["-m", "666", path]);
  // Opened for writing as well, it never ends when a writer leaves.
  const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
  const lines = new Socket({ fd: file.fd, readable: true, writable: false });
  let rest = "";
  lines.on("data", (part: Buffer) => {
    const all = (rest + part.toString()).split("\n");
    rest = all.pop() ?? "";
    for (const line of all) {
      const [recipient, code] = line.split(" ");
      if (recipient !== undefined && code !== undefined) codes.deliver(recipient, code);
    }
  });
  return {
    async stop() {
      lines.destroy();
      await file.close().catch(() => undefined); // The socket may have closed it.
    },
  };
}
