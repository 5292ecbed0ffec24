/** Keeps the promises of the outbox: takes due jobs, runs them, tries again, gives up, forgets. */
import { bind } from "../bind.ts";
import type { Database } from "../database/database.ts";
import { later, milliseconds } from "../duration.ts";
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
  readonly pollMilliseconds?: number;
}

const LEASE = "PT1M";
/** Of a job that is started as soon as it is committed: if this process dies first, others take it up soon. */
const HAND_OVER_LEASE = "PT10S";
/** Jobs that are being run at once without having been looked for. */
const MOST_HANDED_OVER = 200;
const KEPT = { finished: "P7D", dead: "P30D" };
const EXPIRE_EVERY = milliseconds("PT2S");
const PURGE_EVERY = milliseconds("PT1H");

/** What the queue of one process stands on and keeps. */
interface Queue extends JobNeeds {
  readonly pace: Required<JobPace>;
  readonly execution: ReturnType<typeof createJobRun>;
  /** Of this process; a job whose lease ran out because the clock was moved is still in good hands here. */
  readonly running: Map<string, Promise<void>>;
  /** The slot last begun, by kind. */
  readonly begun: Map<string, string>;
  purgedAt: number;
  expiredAt: number;
  /** What the worker of this process runs, while there is one. */
  working: JobKinds | undefined;
}

export function createJobs(needs: JobNeeds, pace: JobPace = {}): JobQueue {
  const { concurrency = needs.db.engine === "postgresql" ? 8 : 4, pollMilliseconds = 2_000 } = pace;
  const queue: Queue = {
    ...needs,
    pace: { concurrency, pollMilliseconds },
    execution: createJobRun(needs),
    running: new Map(),
    begun: new Map(),
    purgedAt: 0,
    expiredAt: 0,
    working: undefined,
  };
  return bind(queue, { enqueue, prepare, startWorker, runDue, summary, revive });
}

async function enqueue(queue: Queue, job: NewJob): Promise<void> {
  const save = await prepare(queue, job);
  await save();
}

async function prepare(queue: Queue, job: NewJob): Promise<Ready> {
  const { db, clock, random, secrets, running } = queue;
  const id = random.uuid();
  const plain = JSON.stringify(job.payload);
  const payload = await secrets.seal("job", plain, id);
  const now = clock.now();
  const { kind, key, priority = 0, runAt = now, expiresAt } = job;
  const row = { id, kind, key, payload, priority, runAt, expiresAt };
  return async () => {
    const kinds = queue.working;
    const local = runAt <= now && running.size < MOST_HANDED_OVER ? kinds?.[kind] : undefined;
    if (local === undefined || kinds === undefined) return saveJob(db, row, now);
    if (!(await saveTakenJob(db, row, now, later(now, HAND_OVER_LEASE)))) return;
    db.committed(() => {
      start(queue, { id, kind, payload, plain, attempts: 1, isKeyed: key !== undefined }, kinds);
    });
  };
}

function start({ execution, running, log }: Queue, job: ClaimedJob, kinds: JobKinds): void {
  const kind = kinds[job.kind];
  if (kind === undefined) throw new Error(`a job of kind ${job.kind} was taken that was not asked for`);
  const outcome = execution
    .run(job, kind)
    .catch((error: unknown) => {
      log.error({ err: error, kind: job.kind, job: job.id }, "what became of a job could not be written down");
    })
    .finally(() => running.delete(job.id));
  running.set(job.id, outcome);
}

/** Housekeeping before each look: slots begun, jobs past their time, old rows. */
async function tidy(queue: Queue, kinds: JobKinds): Promise<void> {
  await enqueueSlots(queue, kinds);
  const { db, clock } = queue;
  const now = clock.now();
  if (Math.abs(now.getTime() - queue.expiredAt) >= EXPIRE_EVERY) {
    await expireJobs(db, now);
    queue.expiredAt = now.getTime();
  }
  if (Math.abs(now.getTime() - queue.purgedAt) < PURGE_EVERY) return;
  await purge(db, now);
  queue.purgedAt = now.getTime();
}

/** One row for a kind and slot, whoever comes first; the key outlives the slot, for rows are kept for longer. */
async function enqueueSlots(queue: Queue, kinds: JobKinds): Promise<void> {
  const { clock, begun } = queue;
  for (const [kind, { every }] of Object.entries(kinds)) {
    if (every === undefined) continue;
    const slot = slotOf(clock.now(), every);
    if (begun.get(kind) === slot) continue;
    await enqueue(queue, { kind, key: `slot ${slot}`, payload: {} });
    begun.set(kind, slot);
  }
}

const freePlaces = ({ pace, running }: Queue): number => pace.concurrency - running.size;

/** Takes as many due jobs as there are places, and answers how many that were. */
async function startDue(queue: Queue, kinds: JobKinds): Promise<number> {
  const { db, clock, running, execution } = queue;
  const limit = freePlaces(queue);
  if (limit <= 0) return 0;
  const now = clock.now();
  const inHand = [...running.keys(), ...execution.unwritten()];
  const wanted = { kinds: Object.keys(kinds), limit, running: inHand, now, lease: later(now, LEASE) };
  const jobs = await claimJobs(db, wanted);
  for (const job of jobs) start(queue, job, kinds);
  return jobs.length;
}

function startWorker(queue: Queue, kinds: JobKinds): { stop(): Promise<void> } {
  const { db, clock, log, pace, running, execution } = queue;
  const worker = startWorkerLoop({
    db,
    log,
    pollMilliseconds: pace.pollMilliseconds,
    look: (isStopped) => look(queue, kinds, isStopped),
    async renew() {
      if (running.size > 0) await renewLeases(db, [...running.keys()], later(clock.now(), LEASE));
    },
    async finish() {
      await Promise.all(running.values());
      await execution.flush();
    },
  });
  queue.working = kinds;
  return {
    async stop() {
      queue.working = undefined;
      await worker.stop();
    },
  };
}

/** Until there are fewer due than there are places. */
async function look(queue: Queue, kinds: JobKinds, isStopped: () => boolean): Promise<void> {
  await tidy(queue, kinds);
  for (let more = true; more && !isStopped();) {
    if (freePlaces(queue) <= 0) await Promise.race(queue.running.values());
    const places = freePlaces(queue);
    more = places > 0 && (await startDue(queue, kinds)) === places;
  }
}

async function runDue(queue: Queue, kinds: JobKinds): Promise<number> {
  const { running, execution } = queue;
  let ran = 0;
  await tidy(queue, kinds);
  // A worker of this process may have taken some: what is due is done when those are.
  for (let taken = await startDue(queue, kinds); taken > 0 || running.size > 0; taken = await startDue(queue, kinds)) {
    ran += taken;
    await Promise.all(running.values());
  }
  await execution.flush();
  return ran;
}

async function summary({ db }: Queue): Promise<JobSummary> {
  return { counts: await countJobs(db), deadLetters: await loadDeadLetters(db) };
}

const revive = ({ db, clock }: Queue, id: string): Promise<boolean> => saveRevived(db, id, clock.now());

async function purge(db: Database, now: Date): Promise<void> {
  const before = {
    finished: new Date(now.getTime() - milliseconds(KEPT.finished)),
    dead: new Date(now.getTime() - milliseconds(KEPT.dead)),
  };
  while ((await purgeJobs(db, before)) > 0);
}

/** Slots are counted from 1970, so that every process names them alike. */
function slotOf(now: Date, every: string): string {
  const length = milliseconds(every);
  if (length > milliseconds(KEPT.finished))
    throw new Error(`${every} is longer than finished jobs are kept: the slot would be forgotten`);
  return new Date(Math.floor(now.getTime() / length) * length).toISOString();
}
