/** A door: what every HTTP server of ours does before and after the page, protocol or probe that answers. */
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { ServerOptions as TlsOptions } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Admission } from "./admission.ts";
import { isBrokenOff, isUnavailable } from "../faults.ts";
import { openListeners } from "./listeners.ts";
import type { Listeners } from "./listeners.ts";
import type { Log } from "../log.ts";
import { systemRandom } from "../world.ts";
import { seconds } from "../duration.ts";

export interface DoorNeeds {
  /** 0: any free one. */
  readonly port: number;
  /** Absent: every address of the machine. */
  readonly host?: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly log: Log;
  /** Absent: plain HTTP. */
  readonly tls?: TlsOptions;
  /** Bytes a body may have, by path; 16 kB, ample for every form, when absent. */
  readonly bodyLimit?: (path: string) => number;
  /** Absent: everything is taken, however much it is. */
  readonly admission?: Pick<Admission, "enter" | "leave">;
  /** Called once a request that was taken, for measuring. */
  readonly observe?: (seen: SeenRequest) => void;
}

export interface SeenRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Door {
  readonly port: number;
  /** Takes no more, lets those being answered end, and cuts off who is left after ten seconds. */
  close(): Promise<void>;
}

const FORM_LIMIT = 16 * 1024;
const GRACE = seconds(10);

const LIMITS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: seconds(10),
  requestTimeout: seconds(60),
  keepAliveTimeout: seconds(20),
  connectionsCheckingInterval: seconds(5),
};

const routes = new WeakMap<ServerResponse, string>();

/** For the router to say which pattern it found: `/sign-in/:id/code`. It is what the log and the metrics show. */
export function nameRoute(response: ServerResponse, pattern: string): void {
  routes.set(response, pattern);
}

/** The id by which the log knows this request. */
export function requestId(request: IncomingMessage): string {
  return String(request.headers[REQUEST_ID]);
}

export async function listen(needs: DoorNeeds): Promise<Door> {
  let closing = false;
  const server = serverOf(needs, (request, response) => {
    // A visitor who was being answered when the door began to close keeps the connection open for more.
    response.once("close", () => {
      if (closing)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    answer(needs, request, response);
  });
  server.on("clientError", refuseUnreadable);
  // A handshake that fails, or is none, is a visitor's fault and no event of ours.
  server.on("tlsClientError", (_error: Error, socket: Socket) => socket.destroy());
  const listeners = await openListeners(server, needs);
  return {
    port: listeners.port,
    async close() {
      closing = true;
      await closeGently(server, listeners);
    },
  };
}

function serverOf({ tls }: DoorNeeds, onRequest: RequestListener): Server {
  return tls === undefined ? createServer(LIMITS, onRequest) : createTlsServer({ ...LIMITS, ...tls }, onRequest);
}

async function closeGently(server: Server, listeners: Listeners): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE);
  const closed = listeners.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

function answer(needs: DoorNeeds, request: IncomingMessage, response: ServerResponse): void {
  // Before anything else is done for it.
  const refusal = needs.admission?.enter(request) ?? null;
  if (refusal !== null) {
    response.writeHead(503, refusal.headers).end(refusal.body);
    return;
  }
  const id = stampRequest(request);
  response.setHeader(REQUEST_ID, id);
  watch(needs, request, response, id);
  if (refuseTooLong(needs, request, response)) return;
  // The handler may be asynchronous or not; either way its fault is a 500 and says nothing.
  void (async () => {
    try {
      await needs.handle(request, response);
    } catch (error) {
      needs.log[request.destroyed && isBrokenOff(error) ? "debug" : "error"]({ err: error, request: id }, "a request failed");
      if (isUnavailable(error)) plainAnswer(response, 503, "Service Unavailable");
      else plainAnswer(response, 500, "Internal Server Error");
    }
  })();
}

const REQUEST_ID = "x-request-id";

/** Made by us: one taken from outside could be used to write into the log, or to pass for another request. */
function stampRequest(request: IncomingMessage): string {
  const id = systemRandom.uuid();
  const isForged = REQUEST_ID in request.headers;
  request.headers[REQUEST_ID] = id;
  if (isForged) {
    const others = request.rawHeaders.filter((_, place, all) => all[place - (place % 2)]?.toLowerCase() !== REQUEST_ID);
    request.rawHeaders.splice(0, Infinity, ...others);
  }
  request.rawHeaders.push(REQUEST_ID, id);
  return id;
}

function watch(needs: DoorNeeds, request: IncomingMessage, response: ServerResponse, id: string): void {
  const began = performance.now();
  response.once("close", () => {
    needs.admission?.leave();
    const ms = performance.now() - began;
    const method = request.method ?? "";
    const route = routes.get(response) ?? withoutIds(pathOf(request));
    const status = response.statusCode;
    const aborted = response.writableFinished ? {} : { aborted: true };
    needs.log.info({ method, route, status, ms: Math.round(ms * 10) / 10, request: id, ...aborted });
    needs.observe?.({ method, route: status === 404 ? "unknown" : route, status, seconds: ms / 1000 });
  });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/** A segment that is no word of ours may be an identifier, a phone or a secret: it is not written down. */
function withoutIds(path: string): string {
  const isOurs = (segment: string) => segment === "" || /^[a-z.][a-z.-]{0,39}$/i.test(segment);
  return path
    .slice(0, 200)
    .split("/")
    .map((segment) => (isOurs(segment) ? segment : ":id"))
    .join("/");
}

/** By the length that was announced; and, when none was, by what arrives. */
function refuseTooLong(needs: DoorNeeds, request: IncomingMessage, response: ServerResponse): boolean {
  const limit = needs.bodyLimit?.(pathOf(request)) ?? FORM_LIMIT;
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    response.once("finish", () => request.destroy());
    response.shouldKeepAlive = false;
    plainAnswer(response, 413, "Content Too Large");
    return true;
  }
  if (request.headers["transfer-encoding"] !== undefined) limitStream(request, limit, () => cutOff(request, response));
  return false;
}

/** Said on the connection itself: the handler is reading already, holds the response and would write its own answer after ours. */
function cutOff(request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 413;
  refuseOn(request.socket, "413 Content Too Large", () => request.destroy());
}

/** Between the parser and whoever reads: reading here would leave nothing for the handler. */
function limitStream(request: IncomingMessage, limit: number, refuse: () => void): void {
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: Buffer | null, encoding) => {
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk, encoding);
    if (size - (chunk?.length ?? 0) <= limit) refuse();
    return false;
  };
}

function plainAnswer(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }).end(`${text}\n`);
}

const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  refuseOn(socket, UNREADABLE[error.code ?? ""] ?? "400 Bad Request");
}

function refuseOn(socket: Duplex, status: string, said?: () => void): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, said);
}
