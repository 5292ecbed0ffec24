/** Who keeps what was promised: what must go out goes out, what has ended is put away. */
import type { Clock } from "#platform/world";
import type { Closing } from "#platform/closing";
import type { Database } from "#platform/database";
import type { JobKinds } from "#platform/jobs";
import type { JobQueue } from "#platform/jobs/job-queue";
import { purgeOidc } from "#protocols/oidc";
import type { Core } from "./core.ts";

export interface WorkerNeeds {
  readonly core: Core;
  readonly outside: { readonly db: Database; readonly clock: Clock; readonly jobs: JobQueue };
}

/** What was promised to people: messages, letters, warnings. */
export function promisesOf({ messages, activation, proofs }: Core): JobKinds {
  return { ...messages.jobKinds, ...activation.jobKinds, ...proofs.jobKinds };
}

function housekeepingOf({ core, outside: { db, clock } }: WorkerNeeds): JobKinds {
  const { cards, activation, activity, sessions, signIn, acts, messages } = core;
  const oidc = { purge: () => purgeOidc(db, clock) };
  return {
    "audit-seal": { handle: async () => void (await activity.seal()), every: "PT1M", attempts: 3 },
    purge: {
      async handle() {
        for (const part of [cards, activation, signIn, sessions, acts, messages, oidc]) await part.purge();
      },
      every: "PT1M",
      attempts: 3,
    },
  };
}

/** Works until closed. `settled` ends when every job due now has been done. */
export function openWorker(needs: WorkerNeeds, closing: Closing): { settled(): Promise<void> } {
  const { jobs } = needs.outside;
  const kinds: JobKinds = { ...promisesOf(needs.core), ...housekeepingOf(needs) };
  const worker = jobs.startWorker(kinds);
  closing.add(() => worker.stop());
  return { settled: () => jobs.runDue(kinds).then(() => undefined) };
}
