/**
 * The database as the rest of the house sees it: a tagged template, and transactions that need not be passed around.
 *
 *     const [key] = await db<KeyRow>`select * from mobile_keys.key where id = ${id} for update`;
 *
 * Inside `transaction`, *every* call of the same `db` joins that transaction (the current one is kept per asynchronous
 * context). A query "beside" an open transaction therefore cannot exist, and with it the deadlock that a one-connection
 * engine such as PGlite would die of.
 *
 * Values: `Date` <-> timestamptz, `Buffer` <-> bytea, plain objects <-> jsonb, string arrays <-> text[], `date` columns are
 * "YYYY-MM-DD" strings, bigint columns are numbers.
 */
export interface Database {
  <Row extends object = Record<string, unknown>>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` in one transaction; called inside another, joins it. A throw rolls back, a returned refusal commits. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Statements that need not wait for each other's answers, in one exchange and one transaction: all of it happens or nothing.
   * `work` calls, without waiting, functions that ask one statement each, and returns their promises. A statement that must
   * find a row divides by how many it found (`select 1 / count(*) from moved`): when one found none, the answer is null and
   * nothing has happened. Inside a transaction that is a fault, and undoes it.
   */
  atOnce<Asks extends readonly Promise<unknown>[]>(
    work: () => readonly [...Asks],
  ): Promise<{ -readonly [Place in keyof Asks]: Awaited<Asks[Place]> } | null>;
  /** Calls `act` once the current transaction has committed, never when it has not; at once outside of one. Must not throw. */
  committed(act: () => void): void;
  /** Calls `heard` for each NOTIFY on the channel, from any process; with "" when some may have been lost. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  readonly engine: "pglite" | "postgresql";
  close(): Promise<void>;
}

/** What migrations need besides: several statements in one text, which a prepared statement cannot hold. */
export interface MigratableDatabase extends Database {
  /** Joins the current transaction. For the text of migrations alone, never for anything made of a value. */
  script(text: string): Promise<void>;
  /** How many connections are busy, idle and waited for; one that is always busy, where there is but one. */
  connections(): { readonly busy: number; readonly idle: number; readonly waiting: number };
}
