import type { Database } from "#platform/database";
import type { Clock } from "#platform/world";
import { purgePlainFlows } from "./plain-flow/store.ts";
import { purgeObjects } from "./store.ts";

const batch = 1_000;
const mostBatches = 50;

/** Deletes what has expired; to be run every minute, by one process. */
export async function purgeOidc(db: Database, clock: Clock): Promise<void> {
  for (let done = 0; done < mostBatches; done++) {
    const purged = [await purgeObjects(db, clock.now(), batch), await purgePlainFlows(db, clock.now(), batch)];
    if (purged.every((count) => count < batch)) return;
  }
}
