/** The SQL of the outbox. Moments come in from the clock: the database's own may differ, and cannot be moved. */
import type { Database } from "../database/database.ts";

export interface ClaimedJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: Buffer;
  readonly attempts: number;
  /** The payload as it was before it was sealed, where this process has just done that. */
  readonly plain?: string;
  /** It has a key, by which a second one is known: what became of it is kept for a while. */
  readonly isKeyed: boolean;
}

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string | undefined;
  readonly payload: Buffer;
  readonly priority: number;
  readonly runAt: Date;
  readonly expiresAt: Date | undefined;
}

export interface JobCount {
  readonly kind: string;
  readonly state: "queued" | "done" | "expired" | "dead";
  readonly count: number;
  /** When the first of the queued ones was, or is, to run. */
  readonly oldest: Date | null;
}

export interface DeadLetter {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly finishedAt: Date;
}

export const CHANNEL = "jobs";

/** The row and the wake-up, in one statement of the caller's transaction. */
export async function saveJob(db: Database, job: JobRow, now: Date): Promise<void> {
  await db`
    with added as (
      insert into jobs.job (id, kind, key, payload, priority, run_at, expires_at, created_at)
      values (${job.id}, ${job.kind}, ${job.key}, ${job.payload}, ${job.priority}, ${job.runAt}, ${job.expiresAt}, ${now})
      on conflict (kind, key) where key is not null do nothing
      returning kind, run_at
    )
    select pg_notify(${CHANNEL}, kind) from added where run_at <= ${now}`;
}

/**
 * As `saveJob`, already taken by this process, whose worker starts it when it is committed: nobody need be woken. False: the key is
 * taken. Without a key nothing can be: PostgreSQL then need not insert on trial.
 */
export async function saveTakenJob(db: Database, job: JobRow, now: Date, lease: Date): Promise<boolean> {
  const { id, kind, key, payload, priority, runAt, expiresAt } = job;
  if (key === undefined) {
    await db`
      insert into jobs.job (id, kind, payload, priority, run_at, expires_at, created_at, attempts, locked_until)
      values (${id}, ${kind}, ${payload}, ${priority}, ${runAt}, ${expiresAt}, ${now}, 1, ${lease})`;
    return true;
  }
  const rows = await db`
    insert into jobs.job (id, kind, key, payload, priority, run_at, expires_at, created_at, attempts, locked_until)
    values (${id}, ${kind}, ${key}, ${payload}, ${priority}, ${runAt}, ${expiresAt}, ${now}, 1, ${lease})
    on conflict (kind, key) where key is not null do nothing
    returning 1`;
  return rows.length === 1;
}

/** SKIP LOCKED: workers side by side take different jobs and never wait for each other. */
export async function claimJobs(
  db: Database,
  wanted: { kinds: readonly string[]; limit: number; running: readonly string[]; now: Date; lease: Date },
): Promise<ClaimedJob[]> {
  const { kinds, limit, running, now, lease } = wanted;
  return db<ClaimedJob>`
    with due as (
      select id, priority, run_at from jobs.job
      where state = 'queued' and run_at <= ${now} and kind = any(${kinds}::text[]) and id <> all(${running}::uuid[])
        and (locked_until is null or locked_until <= ${now}) and (expires_at is null or expires_at > ${now})
      order by priority desc, run_at
      limit ${limit}
      for update skip locked
    ), taken as (
      update jobs.job set locked_until = ${lease}, attempts = attempts + 1
      from due where job.id = due.id
      returning job.id, job.kind, job.payload, job.attempts, job.key is not null as "isKeyed"
    )
    select taken.* from taken join due using (id) order by due.priority desc, due.run_at`;
}

export async function renewLeases(db: Database, running: readonly string[], lease: Date): Promise<void> {
  await db`update jobs.job set locked_until = ${lease} where id = any(${running}::uuid[]) and state = 'queued'`;
}

/**
 * Not waited for on the disk (docs/decisions/durability.md): lost in a power cut, the job is run again, as any job may be.
 * The number of the attempt fences off a worker whose lease ran out while it was away: what it says no longer counts.
 */
export async function saveDone(db: Database, jobs: readonly ClaimedJob[], now: Date): Promise<void> {
  const ids = jobs.map((job) => job.id);
  await db`
    update jobs.job set state = 'done', payload = null, locked_until = null, finished_at = ${now}
    where id = any(${ids}::uuid[]) and state = 'queued'
      and attempts = (${jobs.map((job) => job.attempts)}::integer[])[array_position(${ids}::uuid[], id)]
    returning set_config('synchronous_commit', 'off', true)`;
}

/** As `saveDone`, for those that nobody will ask for again. */
export async function deleteDone(db: Database, jobs: readonly ClaimedJob[]): Promise<void> {
  const ids = jobs.map((job) => job.id);
  await db`
    delete from jobs.job
    where id = any(${ids}::uuid[]) and state = 'queued'
      and attempts = (${jobs.map((job) => job.attempts)}::integer[])[array_position(${ids}::uuid[], id)]
    returning set_config('synchronous_commit', 'off', true)`;
}

export async function saveFailed(db: Database, job: ClaimedJob, error: string, runAt: Date): Promise<void> {
  await db`
    update jobs.job set locked_until = null, last_error = ${error}, run_at = ${runAt}
    where id = ${job.id} and attempts = ${job.attempts} and state = 'queued'`;
}

export async function saveDead(db: Database, job: ClaimedJob, error: string, now: Date): Promise<void> {
  await db`
    update jobs.job set state = 'dead', locked_until = null, last_error = ${error}, finished_at = ${now}
    where id = ${job.id} and attempts = ${job.attempts} and state = 'queued'`;
}

/** A job that is being run is left to its worker. */
export async function expireJobs(db: Database, now: Date): Promise<number> {
  const rows = await db`
    update jobs.job set state = 'expired', payload = null, locked_until = null, finished_at = ${now}
    where state = 'queued' and expires_at <= ${now} and (locked_until is null or locked_until <= ${now})
    returning id`;
  return rows.length;
}

/** One batch; the caller goes on until it answers 0. */
export async function purgeJobs(db: Database, before: { finished: Date; dead: Date }): Promise<number> {
  const rows = await db`
    delete from jobs.job where id in (
      select id from jobs.job
      where (state in ('done', 'expired') and finished_at <= ${before.finished}) or (state = 'dead' and finished_at <= ${before.dead})
      limit 1000
      for update skip locked
    )
    returning id`;
  return rows.length;
}

export async function countJobs(db: Database): Promise<JobCount[]> {
  return db<JobCount>`
    select kind, state, count(*) as count, min(run_at) filter (where state = 'queued') as oldest
    from jobs.job group by kind, state order by kind, state`;
}

export async function loadDeadLetters(db: Database): Promise<DeadLetter[]> {
  return db<DeadLetter>`
    select id, kind, attempts, last_error as "lastError", finished_at as "finishedAt"
    from jobs.job where state = 'dead' order by finished_at desc limit 100`;
}

/** False: no such dead letter. */
export async function saveRevived(db: Database, id: string, now: Date): Promise<boolean> {
  const rows = await db`
    update jobs.job set state = 'queued', attempts = 0, run_at = ${now}, finished_at = null
    where id = ${id} and state = 'dead' returning id`;
  return rows.length === 1;
}
