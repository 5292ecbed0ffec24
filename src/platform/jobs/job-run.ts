/** One job run: opened, handed over, and what became of it written down. */
import { hours, seconds } from "../duration.ts";
import { deleteDone, saveDead, saveDone, saveFailed } from "./job-store.ts";
import type { ClaimedJob } from "./job-store.ts";
import type { JobKind, JobNeeds } from "./jobs.ts";
import { sqlState } from "../database/transactions.ts";

const ATTEMPTS = 8;
const FIRST_WAIT = seconds(1);
const LONGEST_WAIT = hours(1);

/** In which what was done gathers before it is written down: their leases hold them for longer. */
const LINGER = seconds(0.2);
const MOST_UNWRITTEN = 500;

export interface JobRun {
  readonly run: (job: ClaimedJob, kind: JobKind) => Promise<void>;
  /** Writes down now what is done. */
  flush(): Promise<void>;
  /** Those that are done and not written down yet. */
  unwritten(): readonly string[];
}

export function createJobRun(needs: JobNeeds): JobRun {
  const { db, clock, random, secrets, log } = needs;
  const done = new Map<string, ClaimedJob>();
  let timer: NodeJS.Timeout | undefined;

  function noteDone(job: ClaimedJob): void {
    done.set(job.id, job);
    if (done.size >= MOST_UNWRITTEN) void flush();
    else timer ??= setTimeout(() => void flush(), LINGER);
  }

  /** Not written down, they are run again when their leases end, as any job may be. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const jobs = [...done.values()];
    const [keyed, gone] = [jobs.filter(({ isKeyed }) => isKeyed), jobs.filter(({ isKeyed }) => !isKeyed)];
    try {
      if (keyed.length > 0) await saveDone(db, keyed, clock.now());
      if (gone.length > 0) await deleteDone(db, gone);
    } catch (error) {
      log.error({ err: error, jobs: jobs.length }, "what became of jobs could not be written down");
    }
    for (const job of jobs) if (done.get(job.id) === job) done.delete(job.id);
  }

  async function run(job: ClaimedJob, kind: JobKind): Promise<void> {
    const attempts = kind.attempts ?? ATTEMPTS;
    // It was taken up so often and never ended: it kills the process that runs it.
    if (job.attempts > attempts) return giveUp(job, "never ended");
    try {
      const payload: unknown = JSON.parse(job.plain ?? (await secrets.open("job", job.payload, job.id)));
      await kind.handle(payload as never, { id: job.id, attempt: job.attempts }); // The kind's own enqueuing made it.
      noteDone(job);
    } catch (error) {
      if (job.attempts >= attempts) return giveUp(job, nameOf(error), error);
      log.warn({ err: error, kind: job.kind, job: job.id, attempt: job.attempts }, "a job failed and will be tried again");
      await saveFailed(db, job, nameOf(error), new Date(clock.now().getTime() + waitAfter(job.attempts)));
    }
  }

  async function giveUp(job: ClaimedJob, reason: string, error?: unknown): Promise<void> {
    log.error({ err: error, kind: job.kind, job: job.id, reason }, "a job is out of tries");
    await saveDead(db, job, reason, clock.now());
  }

  /** Full jitter: those that failed together do not come back together. */
  function waitAfter(attempt: number): number {
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
    return Math.ceil((ceiling * (random.bytes(4).readUInt32BE() + 1)) / 2 ** 32);
  }

  return { run, flush, unwritten: () => [...done.keys()] };
}

/** An error's message may quote a phone or a name; its name and code cannot. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "not an error";
  const code = sqlState(error);
  return code === undefined ? error.name : `${error.name} ${code}`;
}
