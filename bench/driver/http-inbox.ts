/** An SMS gateway that takes one POST of JSON for a code: the cheapest way out there is, for peers that choose their own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Codes } from "./codes.ts";

export async function startHttpInbox(codes: Codes) {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const { phone, code } = JSON.parse(text) as { phone: string; code: string };
      codes.deliver(phone, code);
      response.writeHead(204).end();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
