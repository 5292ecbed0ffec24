/** Keeps the promises of the outbox: takes due jobs, runs them, tries again, gives up, forgets. */
import type { Database } from "../database/database.ts";
import { days, hours, later, minutes, seconds } from "../duration.ts";
import type { Duration } from "../duration.ts";
import {
  claimJobs,
  countJobs,
  expireJobs,
  loadDeadLetters,
  purgeJobs,
  renewLeases,
  saveJob,
  saveTakenJob,
  saveRevived,
} from "./job-store.ts";
import { createJobRun } from "./job-run.ts";
import { startWorkerLoop } from "./job-worker.ts";
import type { ClaimedJob, DeadLetter, JobCount } from "./job-store.ts";
import type { JobKinds, JobNeeds, Jobs, NewJob, Ready } from "./jobs.ts";

export interface JobSummary {
  readonly counts: readonly JobCount[];
  /** The newest hundred of those that ran out of tries. */
  readonly deadLetters: readonly DeadLetter[];
}

export interface JobQueue extends Jobs {
  /** Takes jobs of these kinds until stopped; stopping waits for those that are being run. */
  startWorker(kinds: JobKinds): { stop(): Promise<void> };
  /** Runs what is due now, and what that makes due, until nothing is. Answers how many ran. */
  runDue(kinds: JobKinds): Promise<number>;
  summary(): Promise<JobSummary>;
  /** Gives a dead letter its tries back. False: there is none of this id. */
  revive(id: string): Promise<boolean>;
}

export interface JobPace {
  /** Jobs run at the same moment by one worker. */
  readonly concurrency?: number;
  readonly poll?: Duration;
}

const LEASE = minutes(1);
/** Of a job that is started as soon as it is committed: if this process dies first, others take it up soon. */
const HAND_OVER_LEASE = seconds(10);
/** Jobs that are being run at once without having been looked for. */
const MOST_HANDED_OVER = 200;
const KEPT = { finished: days(7), dead: days(30) };
const EXPIRE_EVERY = seconds(2);
const PURGE_EVERY = hours(1);

export function createJobs(needs: JobNeeds, pace: JobPace = {}): JobQueue {
  const { db, clock, random, secrets, log } = needs;
  const { concurrency = db.engine === "postgresql" ? 8 : 4, poll = seconds(2) } = pace;
  // Of this process; a job whose lease ran out because the clock was moved is still in good hands here.
  const running = new Map<string, Promise<void>>();
  const begun = new Map<string, string>();
  let purgedAt = 0;
  let expiredAt = 0;
  /** What the worker of this process runs, while there is one. */
  let working: JobKinds | undefined;
  const { run, flush, unwritten } = createJobRun(needs);

  async function prepare(job: NewJob): Promise<Ready> {
    const id = random.uuid();
    const plain = JSON.stringify(job.payload);
    const payload = await secrets.seal("job", plain, id);
    const now = clock.now();
    const { kind, key, priority = 0, runAt = now, expiresAt } = job;
    const row = { id, kind, key, payload, priority, runAt, expiresAt };
    return async () => {
      const local = runAt <= now && running.size < MOST_HANDED_OVER ? working?.[kind] : undefined;
      if (local === undefined || working === undefined) return saveJob(db, row, now);
      const kinds = working;
      if (!(await saveTakenJob(db, row, now, later(now, HAND_OVER_LEASE)))) return;
      db.committed(() => {
        start({ id, kind, payload, plain, attempts: 1, isKeyed: key !== undefined }, kinds);
      });
    };
  }

  const enqueue = async (job: NewJob): Promise<void> => (await prepare(job))();

  function start(job: ClaimedJob, kinds: JobKinds): void {
    const kind = kinds[job.kind];
    if (kind === undefined) throw new Error(`a job of kind ${job.kind} was taken that was not asked for`);
    const outcome = run(job, kind)
      .catch((error: unknown) => {
        log.error({ err: error, kind: job.kind, job: job.id }, "what became of a job could not be written down");
      })
      .finally(() => running.delete(job.id));
    running.set(job.id, outcome);
  }

  /** Housekeeping before each look: slots begun, jobs past their time, old rows. */
  async function tidy(kinds: JobKinds): Promise<void> {
    await enqueueSlots(kinds);
    const now = clock.now();
    if (Math.abs(now.getTime() - expiredAt) >= EXPIRE_EVERY) {
      await expireJobs(db, now);
      expiredAt = now.getTime();
    }
    if (Math.abs(now.getTime() - purgedAt) < PURGE_EVERY) return;
    await purge(db, now);
    purgedAt = now.getTime();
  }

  /** One row for a kind and slot, whoever comes first; the key outlives the slot, for rows are kept for longer. */
  async function enqueueSlots(kinds: JobKinds): Promise<void> {
    for (const [kind, { every }] of Object.entries(kinds)) {
      if (every === undefined) continue;
      const slot = slotOf(clock.now(), every);
      if (begun.get(kind) === slot) continue;
      await enqueue({ kind, key: `slot ${slot}`, payload: {} });
      begun.set(kind, slot);
    }
  }

  async function startDue(kinds: JobKinds): Promise<number> {
    const limit = concurrency - running.size;
    if (limit <= 0) return 0;
    const now = clock.now();
    const wanted = {
      kinds: Object.keys(kinds),
      limit,
      running: [...running.keys(), ...unwritten()],
      now,
      lease: later(now, LEASE),
    };
    const jobs = await claimJobs(db, wanted);
    for (const job of jobs) start(job, kinds);
    return jobs.length;
  }

  return {
    enqueue,
    prepare,
    startWorker(kinds) {
      const worker = startWorkerLoop({
        db,
        log,
        poll,
        async look(isStopped) {
          await tidy(kinds);
          for (let more = true; more && !isStopped();) {
            if (running.size >= concurrency) await Promise.race(running.values());
            const places = concurrency - running.size;
            more = places > 0 && (await startDue(kinds)) === places;
          }
        },
        async renew() {
          if (running.size > 0) await renewLeases(db, [...running.keys()], later(clock.now(), LEASE));
        },
        async finish() {
          await Promise.all(running.values());
          await flush();
        },
      });
      working = kinds;
      return {
        async stop() {
          working = undefined;
          await worker.stop();
        },
      };
    },
    async runDue(kinds) {
      let ran = 0;
      await tidy(kinds);
      // A worker of this process may have taken some: what is due is done when those are.
      for (let taken = await startDue(kinds); taken > 0 || running.size > 0; taken = await startDue(kinds)) {
        ran += taken;
        await Promise.all(running.values());
      }
      await flush();
      return ran;
    },
    summary: async () => ({ counts: await countJobs(db), deadLetters: await loadDeadLetters(db) }),
    revive: (id) => saveRevived(db, id, clock.now()),
  };
}

async function purge(db: Database, now: Date): Promise<void> {
  const before = {
    finished: later(now, -KEPT.finished),
    dead: later(now, -KEPT.dead),
  };
  while ((await purgeJobs(db, before)) > 0);
}

/** Slots are counted from 1970, so that every process names them alike. */
function slotOf(now: Date, every: Duration): string {
  if (every > KEPT.finished) throw new Error("a slot longer than finished jobs are kept would be forgotten");
  return new Date(Math.floor(now.getTime() / every) * every).toISOString();
}
