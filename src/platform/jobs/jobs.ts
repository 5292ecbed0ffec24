/**
 * The outbox. Inserting a job in the transaction of the act it belongs to *is* the promise to send it; a worker keeps the
 * promise after the commit. Payloads are sealed at rest and wiped when done.
 */
import type { Clock, Random } from "../world.ts";
import type { Database } from "../database/database.ts";
import type { Secrets } from "../secrets.ts";
import type { Log } from "../log.ts";
import type { Duration } from "../duration.ts";

export interface NewJob {
  readonly kind: string;
  /** JSON data; sealed at rest. */
  readonly payload: object;
  /** Idempotency: a second job of the same kind and key is not inserted. */
  readonly key?: string;
  /** Higher first; 0 by default. A code somebody is waiting for goes before a newsletter. */
  readonly priority?: number;
  readonly runAt?: Date;
  /** After this the job is worthless and ends as `expired` without running. */
  readonly expiresAt?: Date;
}

export interface Jobs {
  /** Joins the current transaction. */
  enqueue(job: NewJob): Promise<void>;
  /** Seals it; what is answered inserts it, in one statement, for what is done at once. */
  prepare(job: NewJob): Promise<Ready>;
}

export interface JobKind {
  /** May run more than once for one job (the process can die after the act): must be idempotent, by `job.id` if need be. */
  handle(payload: never, job: { readonly id: string; readonly attempt: number }): Promise<void>;
  /** Tries before the job becomes a dead letter. */
  readonly attempts?: number;
  /** Run once in each such period, whatever the number of processes. */
  readonly every?: Duration;
}

/** An act that asks one statement as soon as it is called: for `Database.atOnce`. */
export type Ready = () => Promise<void>;

export type JobKinds = Readonly<Record<string, JobKind>>;

export interface JobNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly log: Log;
}
