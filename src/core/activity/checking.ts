/** Reads the whole history as the auditor does: each link, each event, and whether the end is where it was. */
import type { Database } from "#platform/database";
import { same } from "#platform/fingerprint";
import type { Secrets } from "#platform/secrets";
import type { Activity } from "./contract.ts";
import { hashOf, headOf, macOf, sealOf } from "./seals.ts";
import * as store from "./store.ts";
import type { EventRow, Link } from "./store.ts";

/** Rows read at a time. */
const batch = 2_000;

export interface CheckingNeeds {
  readonly db: Database;
  readonly secrets: Secrets;
}

export async function check(needs: CheckingNeeds): ReturnType<Activity["check"]> {
  let last: Link | null = null;
  for (;;) {
    const links: Link[] = await store.linksAfter(needs.db, last?.position ?? Number.MIN_SAFE_INTEGER, batch);
    const broken = await firstBroken(needs, links, last);
    if (broken !== null) return { links: broken - 1, broken };
    last = links.at(-1) ?? last;
    if (links.length < batch) return checkEnd(needs, last);
  }
}

async function firstBroken(needs: CheckingNeeds, links: readonly Link[], before: Link | null): Promise<number | null> {
  let previous = before;
  for (const link of links) {
    if (!(await holds(needs, link, previous))) return link.position;
    previous = link;
  }
  return null;
}

/** An event may have been erased by its owner; its hash stays. */
async function holds(needs: CheckingNeeds, link: Link, previous: Link | null): Promise<boolean> {
  const { position, eventHash } = link;
  const mac = await macOf(needs, position, eventHash, previous);
  const inOrder = position === (previous?.position ?? 0) + 1;
  const event = await store.eventOf(needs.db, link.eventId);
  const unchanged = event === null || (same(hashOf(event), eventHash) && same(await sealOf(needs, event), event.mac));
  return inOrder && unchanged && same(mac, link.mac);
}

async function checkEnd(needs: CheckingNeeds, last: Link | null): ReturnType<Activity["check"]> {
  const links = last?.position ?? 0;
  const isWhole = (await endsWell(needs, last)) && (await isEachSealed(needs));
  return { links, broken: isWhole ? null : links + 1 };
}

/** The head is kept apart, so that links cut off at the end are missed too. */
async function endsWell(needs: CheckingNeeds, last: Link | null): Promise<boolean> {
  const head = await store.loadHead(needs.db);
  if (!head || !last) return !head && !last;
  return same(head, await headOf(needs, last));
}

/** One that was slipped in with a date long past never comes into the chain: its own seal tells it from one that was recorded late. */
async function isEachSealed(needs: CheckingNeeds): Promise<boolean> {
  let last: EventRow | null = null;
  for (;;) {
    const events = await store.unlinkedAfter(needs.db, last, batch);
    for (const event of events) if (!same(await sealOf(needs, event), event.mac)) return false;
    last = events.at(-1) ?? last;
    if (events.length < batch) return true;
  }
}
