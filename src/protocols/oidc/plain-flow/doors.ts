/** The plain flow's endpoints. What it does not take, the engine gets, as if nobody had looked at it before. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, Hono } from "hono";

import { paths } from "../paths.ts";
import type { Engine } from "../engine/engine.ts";
import { problemPage } from "../pages.ts";
import type { Pages } from "../pages.ts";
import type { Browsers } from "../visitor.ts";
import type { PlainFlow } from "./plain-flow.ts";
import type { JsonAnswer } from "./tokens.ts";

export interface DoorNeeds extends Pick<Pages, "renderError">, Pick<Browsers, "visitorOf" | "giveSlip"> {
  readonly flow: PlainFlow;
  readonly engine: Pick<Engine, "answer">;
}

const largestBody = 16 * 1024;

/** The two addresses that a person's browser visits; behind whatever gives visitors their cookies. */
export function addPlainRoutes(routes: Hono, needs: DoorNeeds): void {
  routes.all(paths.authorization, (c) => authorization(c, needs));
  // The answer went out with the decision: whoever comes here pressed twice, or came back.
  routes.get(`${paths.answer}/:reference`, (c) => problemPage(c, "expired", needs));
}

async function authorization(c: Context, { flow, engine, visitorOf, giveSlip }: DoorNeeds): Promise<Response> {
  const query = new URL(c.req.url).searchParams;
  const begun = c.req.method === "GET" ? await flow.authorize(query, () => visitorOf(c)) : null;
  if (begun !== null) {
    if (begun.slip !== null) giveSlip(c, begun.id, begun.slip);
    return c.redirect(begun.page, 303);
  }
  // `as`: whoever mounts these routes serves them with @hono/node-server, which puts node's own pair here.
  const { incoming, outgoing } = c.env as HttpBindings;
  engine.answer(incoming, outgoing);
  return RESPONSE_ALREADY_SENT;
}

export type MachineNeeds = Pick<DoorNeeds, "flow" | "engine">;

/** For the two addresses that a portal's server calls; undefined for any other, which the engine answers. */
export function machineEndpoint(
  method: string | undefined,
  path: string,
): ((needs: MachineNeeds, req: IncomingMessage, res: ServerResponse) => Promise<void>) | undefined {
  return machineEndpoints[`${method ?? ""} ${path}`];
}

const machineEndpoints: Readonly<Record<string, ReturnType<typeof machineEndpoint>>> = {
  [`POST ${paths.token}`]: answerToken,
  [`GET ${paths.userinfo}`]: answerUserinfo,
};

async function answerToken({ flow, engine }: MachineNeeds, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readBody(req);
  const form = readForm(req.headers["content-type"], body);
  const answer = form && (await flow.token({ authorization: req.headers.authorization, body: form }));
  if (answer) send(res, answer);
  else engine.answer(unread(req, body), res);
}

async function answerUserinfo({ flow, engine }: MachineNeeds, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const bearer = /^Bearer ([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? "")?.[1];
  const answer = bearer === undefined ? null : await flow.userinfo(bearer);
  if (answer) send(res, answer);
  else engine.answer(req, res);
}

/** At most a little more than any form of ours has: the door itself has refused what says that it is longer. */
function readBody(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    // Plain events: an iterator over a request costs as much as the rest of this endpoint's reading.
    req.on("data", (part: Buffer) => {
      if (length <= largestBody) parts.push(part);
      length += part.length;
    });
    let isWhole = false;
    req.once("end", () => {
      isWhole = true;
      resolve(Buffer.concat(parts));
    });
    req.once("error", reject);
    req.once("close", () => {
      if (!isWhole) reject(new BrokenOff());
    });
  });
}

/** As node says it of a socket: whoever asked is gone. */
class BrokenOff extends Error {
  readonly code = "ECONNRESET";
}

function readForm(type: string | undefined, body: Buffer): Record<string, string> | null {
  if (!type?.startsWith("application/x-www-form-urlencoded")) return null;
  const given = [...new URLSearchParams(body.toString("utf8"))];
  const form = Object.fromEntries(given);
  return Object.keys(form).length === given.length ? form : null;
}

/** The same request with its body still to be read. */
function unread(req: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket } = req;
  const about = { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket, complete: true };
  // `as`: what the engine asks of a request is all here.
  return Object.assign(Readable.from([body]), about) as unknown as IncomingMessage;
}

function send(res: ServerResponse, { status, body }: JsonAnswer): void {
  const text = JSON.stringify(body);
  const challenge = status === 401 ? { "www-authenticate": 'Bearer error="invalid_token"' } : {};
  res
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
      ...challenge,
    })
    .end(text);
}
