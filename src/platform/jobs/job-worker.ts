/** The loop of a worker: it looks for jobs when it hears of one, and every so often in case it did not hear. */
import type { Database } from "../database/database.ts";
import { CHANNEL } from "./job-store.ts";
import type { Log } from "../log.ts";
import type { Duration } from "../duration.ts";

export interface WorkerNeeds {
  readonly db: Database;
  readonly log: Log;
  readonly poll: Duration;
  /** Starts what is due until nothing more is or `isStopped` answers true. */
  look(isStopped: () => boolean): Promise<void>;
  /** Keeps the leases of what is being run. */
  renew(): Promise<void>;
  /** Waits for what is being run. */
  finish(): Promise<unknown>;
}

/** Several times in the length of a lease. */
const HEARTBEAT = 3_000;

export function startWorkerLoop({ db, log, poll, look, renew, finish }: WorkerNeeds): { stop(): Promise<void> } {
  const bell = createBell();
  let stopped = false;
  const isStopped = (): boolean => stopped;
  let stopListening: (() => Promise<void>) | undefined;

  async function listen(): Promise<void> {
    try {
      stopListening ??= await db.listen(CHANNEL, bell.ring);
    } catch (error) {
      log.warn({ err: error }, "the worker cannot hear of new jobs and only looks for them");
    }
  }

  async function loop(): Promise<void> {
    while (!isStopped()) {
      await listen();
      await look(isStopped).catch((error: unknown) => {
        log.error({ err: error }, "the worker could not look for jobs");
      });
      if (!isStopped()) await bell.wait(poll);
    }
  }

  const heartbeat = setInterval(() => {
    renew().catch((error: unknown) => {
      log.warn({ err: error }, "the leases of running jobs could not be renewed");
    });
  }, HEARTBEAT);
  const looping = loop();
  return {
    async stop() {
      stopped = true;
      bell.ring();
      await looping;
      await stopListening?.();
      await finish();
      clearInterval(heartbeat);
    },
  };
}

/** Rung while nobody waits, it is heard by the next who does. */
function createBell(): { ring(): void; wait(most: Duration): Promise<void> } {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(limit) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limit);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = undefined;
    },
  };
}
