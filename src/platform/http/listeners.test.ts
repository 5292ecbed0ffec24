import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import { openListeners } from "./listeners.ts";

async function openDoor() {
  const server = createServer((_request, response) => void response.end("well"));
  const listeners = await openListeners(server, { port: 0, host: "127.0.0.1" });
  after(() => listeners.close());
  return { server, ...listeners };
}

test("a second server is refused the port, however many sockets the first has on it", async () => {
  const { port } = await openDoor();
  await assert.rejects(openListeners(createServer(), { port, host: "127.0.0.1" }), { code: "EADDRINUSE" });
});

const crowd = 64;

/** Connects the crowd while this process can do nothing, and hangs up. */
function comeAndGo(port: number): void {
  const program = `const { connect } = require("node:net"); let connected = 0;
    for (let one = 0; one < ${String(crowd)}; one++)
      connect(${String(port)}, "127.0.0.1", () => { if (++connected === ${String(crowd)}) process.exit(); });`;
  assert.equal(spawnSync(process.execPath, ["-e", program], { timeout: PATIENCE_MILLISECONDS }).status, 0);
}

test("who waited while the process was busy is heard within a few turns of its loop", async () => {
  const { server, port } = await openDoor();
  let heard = 0;
  server.on("connection", () => heard++);
  comeAndGo(port);
  let turns = 0;
  while (heard < crowd) {
    await new Promise((resolve) => setImmediate(resolve));
    if (heard > 0) turns++;
  }
  if (process.platform === "linux") assert.ok(turns < crowd / 2, `${String(crowd)} in ${String(turns)} turns`);
});
