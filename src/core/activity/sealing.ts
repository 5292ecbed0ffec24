/** Appends to the auditor's chain what was recorded since. */
import type { Database } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { hashOf, headOf, macOf } from "./seals.ts";
import * as store from "./store.ts";
import type { EventRow, Link } from "./store.ts";

/** Events a transaction. */
const batch = 2_000;

/**
 * Milliseconds before the last link in which events are looked for that were recorded late: none is later than a few statements may
 * take. Farther back now and then, for a process that was halted while it recorded; never through all of the history.
 */
const lateness = { usual: 3 * 60_000, wide: 2 * 3600_000 };
const wideEvery = 3600_000;

export interface SealingNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** When this process last looked farther back: milliseconds since 1970. */
  readonly lookedWide: { at: number };
}

export async function seal(needs: SealingNeeds): Promise<{ sealed: number }> {
  const margin = marginNow(needs);
  for (let sealed = 0; ;) {
    const added = await needs.db.transaction(() => appendLinks(needs, margin));
    sealed += added;
    if (added < batch) return { sealed };
  }
}

function marginNow({ clock, lookedWide }: SealingNeeds): number {
  const now = clock.now().getTime();
  if (Math.abs(now - lookedWide.at) < wideEvery) return lateness.usual;
  lookedWide.at = now;
  return lateness.wide;
}

/** One sealer at a time; how many links it added. */
async function appendLinks(needs: SealingNeeds, margin: number): Promise<number> {
  const { db } = needs;
  await store.lockChain(db);
  const links = await linksFor(needs, await unlinkedEvents(needs, margin), await store.lastLink(db));
  const last = links.at(-1);
  if (last === undefined) return 0;
  await store.insertLinks(db, links);
  await store.saveHead(db, await headOf(needs, last));
  return links.length;
}

async function unlinkedEvents({ db, clock }: SealingNeeds, margin: number): Promise<EventRow[]> {
  const until = await store.linkedUntil(db);
  // A clock that once went ahead must not hide what is recorded until the others have caught up with it.
  const from = until === null ? 0 : Math.min(until.getTime(), clock.now().getTime()) - margin;
  return store.eventsWithoutLink(db, new Date(from), batch);
}

async function linksFor(needs: SealingNeeds, events: readonly EventRow[], last: Link | null): Promise<Link[]> {
  const links: Link[] = [];
  let before = last;
  for (const event of events) {
    const position = (before?.position ?? 0) + 1;
    const eventHash = hashOf(event);
    before = { position, eventId: event.id, eventHash, mac: await macOf(needs, position, eventHash, before) };
    links.push(before);
  }
  return links;
}
