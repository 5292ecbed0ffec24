/**
 * Many ears on one port. libuv takes one waiting connection from a listening socket each time round the event loop (1.52;
 * measured): a busy process would leave newcomers standing in the kernel for seconds, where nobody can tell them that it is
 * busy, and those who have begun but need a new connection among them. Several sockets on the port are several each time.
 */
import { createServer } from "node:net";
import type { AddressInfo, ListenOptions, Server } from "node:net";

export interface Listeners {
  readonly port: number;
  /** No connection is taken any more; ends when those that were are over. */
  close(): Promise<void>;
}

/** SO_REUSEPORT shares connections out among sockets on Linux; elsewhere it means something else or nothing. */
const EARS = process.platform === "linux" ? 16 : 1;

/** As node makes its own: an HTTP server answers who has said all there is to say (`allowHalfOpen`), a TLS server does not. */
export interface Place {
  readonly port: number;
  readonly host?: string;
  readonly tls?: unknown;
}

export async function openListeners(server: Server, { port, host, tls }: Place): Promise<Listeners> {
  const place: ListenOptions = host === undefined ? { port } : { port, host };
  const first = EARS === 1 ? server : createServer();
  await listen(first, place);
  const found = (first.address() as AddressInfo).port; // Only a server on a pipe has an address of another form.
  const options = { allowHalfOpen: tls === undefined, noDelay: true };
  const further = Array.from({ length: EARS - 1 }, () => createServer(options, (socket) => server.emit("connection", socket)));
  if (first !== server) {
    // Nobody else has the port: sharing it from the first would let a second process in unnoticed.
    await end(first);
    await Promise.all([server, ...further].map((one) => listen(one, { ...place, port: found, reusePort: true })));
  }
  return {
    port: found,
    async close() {
      await Promise.all([server, ...further].map(end));
    },
  };
}

function listen(server: Server, place: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
