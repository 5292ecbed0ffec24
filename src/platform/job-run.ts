/** One job run: opened, handed over, and what became of it written down. */
import { milliseconds } from "./duration.ts";
import { saveDead, saveDone, saveFailed } from "./job-store.ts";
import type { ClaimedJob } from "./job-store.ts";
import type { JobKind, JobNeeds } from "./jobs.ts";
import { createTogether } from "./together.ts";
import { sqlState } from "./transactions.ts";

const ATTEMPTS = 8;
const FIRST_WAIT = milliseconds("PT1S");
const LONGEST_WAIT = milliseconds("PT1H");

export function createJobRun(needs: JobNeeds): (job: ClaimedJob, kind: JobKind) => Promise<void> {
  const { db, clock, random, secrets, log } = needs;
  const noteDone = createTogether(async (jobs: readonly ClaimedJob[]) => {
    await saveDone(db, jobs, clock.now());
    return jobs;
  });

  async function run(job: ClaimedJob, kind: JobKind): Promise<void> {
    const attempts = kind.attempts ?? ATTEMPTS;
    // It was taken up so often and never ended: it kills the process that runs it.
    if (job.attempts > attempts) return giveUp(job, "never ended");
    try {
      const payload: unknown = JSON.parse(await secrets.open("job", job.payload, job.id));
      await kind.handle(payload as never, { id: job.id, attempt: job.attempts }); // The kind's own enqueuing made it.
      await noteDone(job);
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

  return run;
}

/** An error's message may quote a phone or a name; its name and code cannot. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "not an error";
  const code = sqlState(error);
  return code === undefined ? error.name : `${error.name} ${code}`;
}
