/** PostgreSQL 15 or newer, over `pg`. */
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { bind } from "../bind.ts";
import { Unavailable } from "../faults.ts";
import type { Log } from "../log.ts";
import { createExchange } from "./postgres-exchange.ts";
import type { Client } from "./postgres-exchange.ts";
import { isStalePlan } from "./transactions.ts";
import type { Asking, Connection, Engine } from "./transactions.ts";

export interface PostgresNeeds {
  /** `postgresql://user:password@host:port/name`, or `postgresql:///name?host=/folder/of/the/socket`. */
  readonly url: string;
  readonly log: Log;
  readonly poolSize?: number;
}

/** The types whose usual form is not the one promised in database.ts. */
const OID = { bigint: 20, date: 1082, bigintArray: 1016, dateArray: 1182, interval: 1186 };

interface Server {
  readonly pool: pg.Pool;
  readonly plans: Plans;
}

/** Part of each prepared statement's name: when a migration has overtaken one plan, all are made anew under new names. */
interface Plans {
  age: number;
}

export function openPostgres({ url, log, poolSize = 10 }: PostgresNeeds): Engine {
  const pool = new pg.Pool({
    ...connectionOptions(url),
    max: poolSize,
    // As many as were needed once stay: a timer at each release would cost each statement, and the next crowd a login each.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // An idle connection that breaks is replaced at the next query; unheard, its event would end the process.
  pool.on("error", (error) => {
    log.warn({ err: error }, "a database connection broke while idle");
  });
  const server: Server = { pool, plans: { age: 0 } };
  const ears = createEars(url, log);

  return {
    engine: "postgresql",
    connections: () => ({ busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    exchange: (asked) => withClient(server, (connection) => connection.exchange(asked)),
    script: (text) => withClient(server, (connection) => connection.script(text)),
    transaction: (work) => withClient(server, (connection) => inTransaction(connection, work)),
    listen: ears.listen,
    async close() {
      await ears.close();
      await pool.end();
    },
  };
}

async function withClient<Result>({ pool, plans }: Server, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new Unavailable("the database", error);
  });
  let broken = false;
  const onFault = (error: unknown): void => {
    if (isStalePlan(error)) plans.age++;
    // What is not the answer of a server that goes on (a time-out, a broken socket) may have left the session in any state.
    broken ||= !(error instanceof pg.DatabaseError);
  };
  // A connection may also break between two queries of a transaction, when nobody waits for it.
  client.on("error", onFault);
  try {
    return await work(connectionOf(client, plans, onFault));
  } finally {
    client.off("error", onFault);
    client.release(broken);
  }
}

function connectionOf(client: pg.ClientBase, plans: Plans, onFault: (error: unknown) => void): Connection {
  const watched = <Result>(answer: Promise<Result>): Promise<Result> =>
    answer.catch((error: unknown) => {
      onFault(error);
      throw error;
    });
  return {
    // `as`: its types know no queries of others' making.
    exchange: (asked) => watched(exchange(client as unknown as Client, asked, plans.age)),
    async script(text) {
      await watched(client.query(text));
    },
  };
}

const exchange = createExchange(parserOf);

const BEGIN: Asking = { statement: { name: "begin", text: "begin" }, values: [] };
const COMMIT: Asking = { statement: { name: "commit", text: "commit" }, values: [] };

/** Begun with the first exchange, not in one of its own. */
async function inTransaction<Result>(
  connection: Connection,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  let isBegun = false as boolean; // Changed by a call, which the compiler does not see.
  const begun: Connection = {
    async exchange(asked) {
      if (isBegun) return connection.exchange(asked);
      isBegun = true;
      const [, ...answers] = await connection.exchange([BEGIN, ...asked]);
      return answers;
    },
    async script(text) {
      await begun.exchange([]);
      await connection.script(text);
    },
  };
  try {
    const result = await work(begun);
    if (isBegun) await connection.exchange([COMMIT]);
    return result;
  } catch (error) {
    // A session too broken to roll back is closed by the caller; the server then rolls back by itself.
    if (isBegun) await connection.script("rollback").catch(() => undefined);
    throw error;
  }
}

function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: "chave",
    keepAlive: true,
    // Every statement of ours goes by an index. A plan made while a table was still empty would else read all of it, and be
    // kept until the table is next analysed.
    options: "-c TimeZone=UTC -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan",
    types: { getTypeParser },
  };
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.bigint]: Number,
  [OID.date]: String,
  [OID.interval]: String,
  [OID.bigintArray]: (text) => listOf(text).map(Number),
  [OID.dateArray]: listOf,
};

/** Of elements that are never quoted; a bigint or a date is not. */
function listOf(text: string): string[] {
  return text.slice(1, -1).split(",").filter(Boolean);
}

function parserOf(oid: Parameters<typeof pg.types.getTypeParser>[0]): (text: string) => unknown {
  return PARSERS[oid] ?? (pg.types.getTypeParser(oid) as (text: string) => unknown);
}

/** The package's own types say `any`, and know only some of the numbers. */
const getTypeParser: pg.CustomTypesConfig["getTypeParser"] = (
  oid: Parameters<typeof pg.types.getTypeParser>[0],
  format?: "text" | "binary",
) => (format === "binary" ? undefined : PARSERS[oid]) ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown);

/** Milliseconds between two signs of life of the listening connection, and how long one may take. */
const HEARTBEAT = 10_000;

/**
 * One connection that only listens, made when somebody first asks and made anew for as long as it breaks. What was notified
 * in between is lost: every listener is then told "", which stands for whatever may have happened.
 */
interface Ears {
  readonly url: string;
  readonly log: Log;
  readonly listeners: Map<string, Set<(payload: string) => void>>;
  client: Promise<pg.Client> | undefined;
  closed: boolean;
}

function createEars(url: string, log: Log) {
  const ears: Ears = { url, log, listeners: new Map(), client: undefined, closed: false };
  return bind(ears, { listen, close: closeEars });
}

async function listen(ears: Ears, channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
  const { listeners } = ears;
  const hearers = listeners.get(channel) ?? new Set();
  listeners.set(channel, hearers.add(heard));
  const open = await (ears.client ??= connectFirst(ears));
  await open.query(`listen ${pg.escapeIdentifier(channel)}`);
  return async () => {
    hearers.delete(heard);
    if (hearers.size > 0) return;
    listeners.delete(channel);
    await ears.client?.then((now) => now.query(`unlisten ${pg.escapeIdentifier(channel)}`)).catch(() => undefined);
  };
}

async function closeEars(ears: Ears): Promise<void> {
  ears.closed = true;
  await ears.client?.then((open) => open.end()).catch(() => undefined);
}

function tell({ listeners }: Ears, channel: string, payload: string): void {
  for (const heard of listeners.get(channel) ?? []) heard(payload);
}

async function connect(ears: Ears): Promise<pg.Client> {
  const { url, log, listeners } = ears;
  const made = new pg.Client({ ...connectionOptions(url), connectionTimeoutMillis: 5_000, query_timeout: HEARTBEAT });
  made.on("notification", ({ channel, payload = "" }) => {
    tell(ears, channel, payload);
  });
  made.on("error", (error) => {
    log.warn({ err: error }, "the listening connection broke");
  });
  try {
    await made.connect();
    for (const channel of listeners.keys()) await made.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    void made.end().catch(() => undefined);
    throw error;
  }
  const stop = keepAlive(made, log);
  made.once("end", () => {
    stop();
    void reconnect(ears);
  });
  return made;
}

const isClosed = ({ closed }: Ears): boolean => closed;

async function reconnect(ears: Ears): Promise<void> {
  for (let wait = 100; !isClosed(ears); wait = Math.min(wait * 2, 5_000)) {
    await pause(wait, undefined, { ref: false });
    if (isClosed(ears)) return;
    ears.client = connect(ears);
    const well = await ears.client.then(
      () => true,
      () => false,
    );
    if (!well) continue;
    for (const channel of ears.listeners.keys()) tell(ears, channel, "");
    return;
  }
}

/** The first connection; a failure is not kept, or nobody would ever be heard. */
function connectFirst(ears: Ears): Promise<pg.Client> {
  const first = connect(ears);
  first.catch(() => {
    if (ears.client === first) ears.client = undefined;
  });
  return first;
}

/** Who only listens would not notice that the other end is gone without a word: it asks now and then, and hangs up on silence. */
function keepAlive(client: pg.Client, log: Log): () => void {
  const timer = setInterval(() => {
    client.query("select 1").catch((error: unknown) => {
      log.warn({ err: error }, "the listening connection is silent and is made anew");
      void client.end().catch(() => undefined);
    });
  }, HEARTBEAT).unref();
  return () => {
    clearInterval(timer);
  };
}
