/** The operators' door, on the loopback address alone: is it alive, may it be sent work, how is it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "../database/database.ts";
import { listen } from "./http.ts";
import type { Door } from "./http.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { pendingMigrations } from "../database/migrate.ts";
import { seconds } from "../duration.ts";

export interface OperationsNeeds {
  readonly port: number;
  readonly db: Database;
  /** The folder of the numbered SQL files this version needs. */
  readonly migrations: string;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Operations extends Door {
  /** From now on `/health/ready` says no, so that no more work is sent while what is here ends. */
  drain(): void;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

const PATIENCE = seconds(2);

export async function openOperations(needs: OperationsNeeds): Promise<Operations> {
  let draining = false;
  const answers: Readonly<Record<string, () => Promise<Answer>>> = {
    "/health/live": () => Promise.resolve({ status: 200, text: "alive\n" }),
    "/health/ready": async () => (draining ? { status: 503, text: "draining\n" } : readiness(needs)),
    "/metrics": async () => ({ status: 200, text: await needs.metrics.text(), type: needs.metrics.contentType }),
  };
  const door = await listen({
    port: needs.port,
    host: "127.0.0.1",
    log: { ...needs.log, info: needs.log.debug }, // Asked every few seconds: not worth a line each.
    handle: (request, response) => respond(answers, request, response),
  });
  return { ...door, drain: () => void (draining = true) };
}

async function respond(
  answers: Readonly<Record<string, () => Promise<Answer>>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? "";
  const found = Object.hasOwn(answers, path) && request.method === "GET" ? answers[path] : undefined;
  const { status, text, type = "text/plain; charset=utf-8" } = (await found?.()) ?? { status: 404, text: "not found\n" };
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}

/** The database answers, and has the form this version needs. */
async function readiness({ db, migrations, log }: OperationsNeeds): Promise<Answer> {
  const clock = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    clock.reject(new Error("the database does not answer in time"));
  }, PATIENCE);
  try {
    const pending = await Promise.race([pendingMigrations(db, migrations), clock.promise]);
    if (pending.length === 0) return { status: 200, text: "ready\n" };
    return { status: 503, text: `migrations missing: ${pending.join(" ")}\n` };
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return { status: 503, text: "the database does not answer\n" };
  } finally {
    clearTimeout(timer);
  }
}
