/** A door of the sandbox: something that answers requests, on a port of its own. */
import { once } from "node:events";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

type Answer = Parameters<typeof createAdaptorServer>[0]["fetch"];

/** Port 0 takes any free one. */
export function openDoor(fetch: Answer, port: number): Promise<Door> {
  return openServer(createAdaptorServer({ fetch }) as Server, port);
}

export async function openServer(server: Server, port: number): Promise<Door> {
  server.listen(port);
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the door has no port");
  return {
    port: address.port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
