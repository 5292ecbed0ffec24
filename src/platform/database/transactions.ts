/** What the two engines share: the tagged template, and transactions that calls join by their asynchronous context. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { bind } from "../bind.ts";
import type { MigratableDatabase } from "./database.ts";

export interface Statement {
  /** The same text always has the same name, so that a connection prepares it once. */
  readonly name: string;
  readonly text: string;
}

export interface Asking {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

export interface Connection {
  /** Sends all of them before it waits, and answers the rows of each. Where no transaction is open they are one. */
  exchange(asked: readonly Asking[]): Promise<object[][]>;
  script(text: string): Promise<void>;
}

export interface Engine extends Connection, Pick<MigratableDatabase, "engine" | "close" | "listen" | "connections"> {
  /** Opens a transaction on a connection of its own; commits when `work` returns, rolls back when it throws. */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
}

interface Current {
  readonly kind: "transaction";
  readonly connection: Connection;
  ended: boolean;
  /** The statement last asked for: one connection answers one at a time. */
  last: Promise<unknown>;
  /** To be called when it has committed. */
  readonly afterwards: (() => void)[];
  /** Why this transaction may no longer commit. */
  doom?: { readonly error: unknown };
}

/** Statements that are being gathered for one exchange. */
interface Gathering {
  readonly kind: "gathering";
  readonly asked: Asking[];
  readonly answers: PromiseWithResolvers<object[]>[];
  readonly afterwards: (() => void)[];
  isSent: boolean;
}

const RETRIES = 3;

/** What each call of a database needs. */
interface Ground {
  readonly engine: Engine;
  /** What a call is part of, by its asynchronous context. */
  readonly storage: AsyncLocalStorage<Current | Gathering | undefined>;
}

export function createDatabase(engine: Engine): MigratableDatabase {
  const ground: Ground = { engine, storage: new AsyncLocalStorage() };
  return Object.assign(
    async <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]> => {
      const rows = await ask(ground, { statement: statementOf(text), values: values.map(parameter) });
      return rows as Row[]; // The caller states the form of its own columns: SQL has no types to check it against.
    },
    {
      engine: engine.engine,
      connections: engine.connections,
      ...bind(ground, { script, committed, listen, close }),
      // `as`: the answers stand in the places of the promises they were promised by.
      atOnce: ((work) => atOnce(ground, work)) as MigratableDatabase["atOnce"],
      transaction: <Result>(work: () => Promise<Result>) => transaction(ground, work),
    },
  );
}

/** The transaction that a call joins; a gathering takes statements alone. */
function joining({ storage }: Ground, what: string): Current | undefined {
  const store = storage.getStore();
  if (store?.kind === "gathering") throw new Error(`${what} cannot be part of what is done at once`);
  return store;
}

function onConnection<Result>(
  { engine }: Ground,
  current: Current | undefined,
  act: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  // A statement by itself is a transaction by itself.
  return current === undefined ? retried(() => act(engine)) : inTurn(current, act);
}

async function ask(ground: Ground, asking: Asking): Promise<object[]> {
  const store = ground.storage.getStore();
  if (store?.kind === "gathering") return gather(store, asking);
  const [rows = []] = await onConnection(ground, store, (connection) => connection.exchange([asking]));
  return rows;
}

async function atOnce(ground: Ground, work: () => readonly Promise<unknown>[]): Promise<unknown[] | null> {
  const outer = joining(ground, "what is done at once");
  const gathering: Gathering = { kind: "gathering", asked: [], answers: [], afterwards: [], isSent: false };
  const asks = ground.storage.run(gathering, work);
  gathering.isSent = true;
  const results = Promise.all(asks);
  results.catch(() => undefined); // Told by what is awaited below, whichever is first.
  if (gathering.asked.length !== asks.length) {
    const fault = new Error("what is done at once must ask one statement each, without waiting");
    for (const answer of gathering.answers) answer.reject(fault);
    await results; // What kept one of them from asking is the better answer.
    throw fault;
  }
  try {
    const rows = await onConnection(ground, outer, (connection) => connection.exchange(gathering.asked));
    for (const [place, answer] of gathering.answers.entries()) answer.resolve(rows[place] ?? []);
  } catch (error) {
    for (const answer of gathering.answers) answer.reject(error);
    if (outer === undefined && isUnmet(error)) return null;
    throw error;
  }
  const done = await results;
  if (outer === undefined) actOutside(ground, gathering.afterwards);
  else outer.afterwards.push(...gathering.afterwards);
  return done;
}

/** What waited for a commit is no part of what was committed. */
function actOutside({ storage }: Ground, acts: readonly (() => void)[]): void {
  for (const act of acts) storage.run(undefined, act);
}

function transaction<Result>(ground: Ground, work: () => Promise<Result>): Promise<Result> {
  const current = joining(ground, "a transaction");
  return current === undefined ? retried(() => once(ground, work)) : joined(current, work);
}

async function once<Result>(ground: Ground, work: () => Promise<Result>): Promise<Result> {
  const afterwards: (() => void)[] = [];
  const result = await ground.engine.transaction(async (connection) => {
    const current: Current = { kind: "transaction", connection, ended: false, last: Promise.resolve(), afterwards };
    return ground.storage.run(current, () => settle(current, work));
  });
  actOutside(ground, afterwards);
  return result;
}

function script(ground: Ground, text: string): Promise<void> {
  return onConnection(ground, joining(ground, "a script"), (connection) => connection.script(text));
}

function committed({ storage }: Ground, act: () => void): void {
  const current = storage.getStore();
  if (current === undefined) act();
  else current.afterwards.push(act);
}

async function listen({ engine, storage }: Ground, channel: string, heard: (payload: string) => void) {
  if (storage.getStore() !== undefined) throw new Error("listen cannot be called inside a transaction");
  return engine.listen(channel, (payload) => {
    storage.run(undefined, heard, payload);
  });
}

async function close({ engine, storage }: Ground): Promise<void> {
  if (storage.getStore() !== undefined) throw new Error("close cannot be called inside a transaction");
  await engine.close();
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

function gather({ asked, answers, isSent }: Gathering, asking: Asking): Promise<object[]> {
  if (isSent) throw new Error("a statement that waits for another cannot be done at once with it");
  asked.push(asking);
  const answer = Promise.withResolvers<object[]>();
  answers.push(answer);
  return answer.promise;
}

function refuseEnded(current: Current): void {
  if (current.ended) throw new Error("a query came after the end of the transaction it belongs to: a missing await");
}

/** Serialization failure, deadlock, and a prepared plan overtaken by a migration: the same work may succeed when run anew. */
function isTransient(error: unknown): boolean {
  const code = sqlState(error);
  return code === "40001" || code === "40P01" || isStalePlan(error);
}

/** A statement of what is done at once had to find a row and found none: it divided by their number. */
function isUnmet(error: unknown): boolean {
  return sqlState(error) === "22012";
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
  const remembered = statements.get(pieces);
  if (remembered !== undefined) return remembered;
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
