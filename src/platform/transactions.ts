/** What the two engines share: the tagged template, and transactions that calls join by their asynchronous context. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { MigratableDatabase } from "./database.ts";

export interface Statement {
  /** The same text always has the same name, so that a connection prepares it once. */
  readonly name: string;
  readonly text: string;
}

export interface Connection {
  query(statement: Statement, values: readonly unknown[]): Promise<object[]>;
  script(text: string): Promise<void>;
}

export interface Engine extends Connection, Pick<MigratableDatabase, "engine" | "close" | "listen" | "connections"> {
  /** Opens a transaction on a connection of its own; commits when `work` returns, rolls back when it throws. */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
}

interface Current {
  readonly connection: Connection;
  ended: boolean;
  /** The statement last asked for: one connection answers one at a time. */
  last: Promise<unknown>;
  /** To be called when it has committed. */
  readonly afterwards: (() => void)[];
  /** Why this transaction may no longer commit. */
  doom?: { readonly error: unknown };
}

const RETRIES = 3;

export function createDatabase(engine: Engine): MigratableDatabase {
  const storage = new AsyncLocalStorage<Current | undefined>();

  function onConnection<Result>(ask: (connection: Connection) => Promise<Result>): Promise<Result> {
    const current = storage.getStore();
    // A statement by itself is a transaction by itself.
    return current === undefined ? retried(() => ask(engine)) : inTurn(current, ask);
  }

  async function once<Result>(work: () => Promise<Result>): Promise<Result> {
    const afterwards: (() => void)[] = [];
    const result = await engine.transaction(async (connection) => {
      const current: Current = { connection, ended: false, last: Promise.resolve(), afterwards };
      return storage.run(current, () => settle(current, work));
    });
    for (const act of afterwards) storage.run(undefined, act);
    return result;
  }

  return Object.assign(
    async <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]> => {
      const rows = await onConnection((connection) => connection.query(statementOf(text), values.map(parameter)));
      return rows as Row[]; // The caller states the form of its own columns: SQL has no types to check it against.
    },
    {
      engine: engine.engine,
      connections: engine.connections,
      script: (text: string) => onConnection((connection) => connection.script(text)),
      transaction<Result>(work: () => Promise<Result>): Promise<Result> {
        const current = storage.getStore();
        return current === undefined ? retried(() => once(work)) : joined(current, work);
      },
      committed(act: () => void) {
        const current = storage.getStore();
        if (current === undefined) act();
        else current.afterwards.push(act);
      },
      async listen(channel: string, heard: (payload: string) => void) {
        if (storage.getStore() !== undefined) throw new Error("listen cannot be called inside a transaction");
        return engine.listen(channel, (payload) => {
          storage.run(undefined, heard, payload);
        });
      },
      async close() {
        if (storage.getStore() !== undefined) throw new Error("close cannot be called inside a transaction");
        await engine.close();
      },
    },
  );
}

async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry++) {
    try {
      return await work();
    } catch (error) {
      if (retry === RETRIES || !isTransient(error)) throw error;
      await pause(randomInt(5, 20 * 2 ** (retry + 1)));
    }
  }
}

/**
 * Ends the work of a transaction. Whoever caught an error of the database, or of an inner use-case, cannot make its
 * half-done work good: the engine would turn the commit into a silent rollback, or worse, keep the half.
 */
async function settle<Result>(current: Current, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await work();
    if (current.doom !== undefined) throw current.doom.error;
    return result;
  } catch (error) {
    throw isTransient(current.doom?.error) ? current.doom?.error : error;
  } finally {
    current.ended = true;
    await current.last;
  }
}

async function joined<Result>(current: Current, work: () => Promise<Result>): Promise<Result> {
  refuseEnded(current);
  try {
    return await work();
  } catch (error) {
    current.doom ??= { error };
    throw error;
  }
}

function inTurn<Result>(current: Current, ask: (connection: Connection) => Promise<Result>): Promise<Result> {
  const answer = current.last.then(async () => {
    refuseEnded(current);
    try {
      return await ask(current.connection);
    } catch (error) {
      current.doom ??= { error };
      throw error;
    }
  });
  current.last = answer.catch(() => undefined);
  return answer;
}

function refuseEnded(current: Current): void {
  if (current.ended) throw new Error("a query came after the end of the transaction it belongs to: a missing await");
}

/** Serialization failure, deadlock, and a prepared plan overtaken by a migration: the same work may succeed when run anew. */
function isTransient(error: unknown): boolean {
  const code = sqlState(error);
  return code === "40001" || code === "40P01" || isStalePlan(error);
}

export function isStalePlan(error: unknown): boolean {
  return sqlState(error) === "0A000" && String(error).includes("cached plan");
}

/** The five letters by which PostgreSQL names an error, from either engine. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const statements = new WeakMap<TemplateStringsArray, Statement>();

function statementOf(pieces: TemplateStringsArray): Statement {
  const known = statements.get(pieces);
  if (known !== undefined) return known;
  const text = pieces.reduce((before, piece, index) => `${before}$${String(index)}${piece}`);
  const name = `s_${createHash("sha256").update(text).digest("base64url").slice(0, 24)}`;
  const made = { name, text };
  statements.set(pieces, made);
  return made;
}

/** Both engines get the same spellings, whatever each would have made of the value by itself. */
function parameter(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || Array.isArray(value) || value instanceof Uint8Array) return value;
  return JSON.stringify(value);
}
