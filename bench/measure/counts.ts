/** What one ceremony asks of the database, and how often it waits for the disk. */
import type { Stand } from "../contestant.ts";
import type { Visits } from "../driver/visit.ts";
import { openCounter } from "./database.ts";
import { countSyncs } from "./syncs.ts";

/** For each ceremony; null where it cannot be seen. */
export interface Counts {
  readonly statements: number | null;
  readonly commits: number | null;
  readonly syncs: number | null;
  readonly walBytes: number | null;
}

const known = new WeakMap<Stand, Promise<Counts>>();

/** The rows of one server differ in their hash alone, which writes nothing. */
export function countOnce(stand: Stand, visits: Visits, ceremonies: number): Promise<Counts> {
  const counts = known.get(stand) ?? count(stand, visits, ceremonies);
  known.set(stand, counts);
  return counts;
}

/** One after the other, so that nobody's writes ride along with another's. */
async function count(stand: Stand, visits: Visits, ceremonies: number): Promise<Counts> {
  const playAll = async () => {
    for (let n = 0; n < ceremonies; n++) await visits.play(n);
  };
  const each = (value: number) => Math.round((value / ceremonies) * 10) / 10;
  if (stand.databaseUrl === undefined) {
    const syncs = await countSyncs(stand.roots, playAll);
    return { statements: null, commits: null, syncs: syncs === null ? null : each(syncs), walBytes: null };
  }
  const counter = await openCounter(stand.databaseUrl);
  const stop = await counter.start();
  await playAll();
  const { statements, commits, syncs, walBytes } = await stop();
  await counter.close();
  return {
    statements: each(statements),
    commits: each(commits),
    syncs: each(syncs),
    walBytes: Math.round(walBytes / ceremonies),
  };
}
