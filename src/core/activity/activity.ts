import { createHash } from "node:crypto";
import type { Database } from "#platform/database";
import { same } from "#platform/fingerprint";
import type { Ready } from "#platform/jobs";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import {
  eventOf,
  eventsWithoutLink,
  insertEvent,
  insertLinks,
  linkedUntil,
  unlinkedAfter,
  lastLink,
  lastSignInOf,
  linksAfter,
  loadHead,
  lockChain,
  saveHead,
} from "./store.ts";
import type { EventRow, Link } from "./store.ts";

export type EventKind =
  | "activation.requested"
  | "activation.completed"
  | "key.replaced"
  | "letter.returned"
  | "letter.expired"
  | "sign-in.authorised"
  | "sign-in.refused-by-person"
  | "sign-in.code-failed"
  | "key.pin-chosen"
  | "key.locked"
  | "key.unblocked"
  | "key.email-changed"
  | "reserved-area.entered";

export interface NewEvent {
  readonly kind: EventKind;
  readonly citizenId: string | null;
  readonly portalId?: string;
  /** Never a secret, never a value the person gave to a portal. */
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

export interface PastSignIn {
  readonly portalId: string;
  readonly at: Date;
  readonly byCard: boolean;
}

export interface Activity {
  /** Joins the transaction of the act it tells of. */
  record(event: NewEvent): Promise<void>;
  /** Seals it; what is answered records it, in one statement, for what is done at once. */
  prepare(event: NewEvent): Promise<Ready>;
  /** The person's last sign-in at a portal, or entry to the reserved area before `visitSince`; null when none is kept. */
  lastSignIn(citizenId: string, visitSince: Date): Promise<PastSignIn | null>;
  /**
   * Appends events to the auditor's chain. Beside the act and not in it: a chain is one after another by nature, and
   * sign-ins must not queue for it. Until then an event has its own seal: one altered or forged meanwhile is found as well.
   */
  seal(): Promise<{ sealed: number }>;
  /** Reads the whole chain. `broken` is the first position that does not hold. */
  check(): Promise<{ readonly links: number; readonly broken: number | null }>;
}

export interface ActivityNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
}

const batch = 2_000;

/**
 * Milliseconds before the last link in which events are looked for that were recorded late: none is later than a few statements may
 * take. Farther back now and then, for a process that was halted while it recorded; never through all of the history.
 */
const lateness = { usual: 3 * 60_000, wide: 2 * 3600_000 };
const wideEvery = 3600_000;

export function createActivity({ db, clock, random, secrets }: ActivityNeeds): Activity {
  const sealOf = (event: EventRow) => secrets.mac("audit", Buffer.concat([Buffer.from("event\n"), hashOf(event)]));
  const headOf = (last: Link) => secrets.mac("audit", Buffer.concat([Buffer.from(`head ${last.position}\n`), last.mac]));

  const macOf = (position: number, eventHash: Buffer, before: Buffer) =>
    secrets.mac("audit", Buffer.concat([Buffer.from(`${position}\n`), eventHash, before]));

  async function linksFor(events: readonly EventRow[], last: Link | null): Promise<Link[]> {
    const links: Link[] = [];
    for (const event of events) {
      const before = links.at(-1) ?? last;
      const position = (before?.position ?? 0) + 1;
      const eventHash = hashOf(event);
      links.push({
        position,
        eventId: event.id,
        eventHash,
        mac: await macOf(position, eventHash, before?.mac ?? Buffer.alloc(32)),
      });
    }
    return links;
  }

  let lookedWideAt = 0;

  function marginNow(): number {
    const now = clock.now().getTime();
    if (Math.abs(now - lookedWideAt) < wideEvery) return lateness.usual;
    lookedWideAt = now;
    return lateness.wide;
  }

  async function unlinkedEvents(margin: number): Promise<EventRow[]> {
    const until = await linkedUntil(db);
    // A clock that once went ahead must not hide what is recorded until the others have caught up with it.
    const from = until === null ? 0 : Math.min(until.getTime(), clock.now().getTime()) - margin;
    return eventsWithoutLink(db, new Date(from), batch);
  }

  async function firstBroken(links: readonly Link[], before: Link | null): Promise<number | null> {
    let previous = before;
    for (const link of links) {
      const mac = await macOf(link.position, link.eventHash, previous?.mac ?? Buffer.alloc(32));
      const inOrder = link.position === (previous?.position ?? 0) + 1;
      const event = await eventOf(db, link.eventId);
      const unchanged = event === null || (same(hashOf(event), link.eventHash) && same(await sealOf(event), event.mac));
      if (!inOrder || !unchanged || !same(mac, link.mac)) return link.position;
      previous = link;
    }
    return null;
  }

  /** One that was slipped in with a date long past never comes into the chain: its own seal tells it from one that was recorded late. */
  async function isEachSealed(): Promise<boolean> {
    let last: EventRow | null = null;
    for (;;) {
      const events = await unlinkedAfter(db, last, batch);
      for (const event of events) if (!same(await sealOf(event), event.mac)) return false;
      last = events.at(-1) ?? last;
      if (events.length < batch) return true;
    }
  }

  /** The head is kept apart, so that links cut off at the end are missed too. */
  async function endsWell(last: Link | null): Promise<boolean> {
    const head = await loadHead(db);
    if (!head || !last) return !head && !last;
    return same(head, await headOf(last));
  }

  async function prepare({ kind, citizenId, portalId, detail = {} }: NewEvent): Promise<Ready> {
    const event = { id: random.uuid(), citizenId, kind, portalId: portalId ?? null, detail, at: clock.now() };
    const sealed = { ...event, mac: await sealOf(event) };
    return () => insertEvent(db, sealed);
  }

  return {
    record: async (event) => (await prepare(event))(),
    prepare,
    lastSignIn: (citizenId, visitSince) => lastSignInOf(db, citizenId, visitSince),

    async seal() {
      let sealed = 0;
      const margin = marginNow();
      for (let more = true; more;) {
        const added = await db.transaction(async () => {
          await lockChain(db);
          const links = await linksFor(await unlinkedEvents(margin), await lastLink(db));
          const last = links.at(-1);
          if (last === undefined) return 0;
          await insertLinks(db, links);
          await saveHead(db, await headOf(last));
          return links.length;
        });
        sealed += added;
        more = added === batch;
      }
      return { sealed };
    },

    async check() {
      let last: Link | null = null;
      for (;;) {
        const links: Link[] = await linksAfter(db, last?.position ?? Number.MIN_SAFE_INTEGER, batch);
        const broken = await firstBroken(links, last);
        if (broken !== null) return { links: broken - 1, broken };
        last = links.at(-1) ?? last;
        if (links.length < batch) {
          const isWhole = (await endsWell(last)) && (await isEachSealed());
          return { links: last?.position ?? 0, broken: isWhole ? null : (last?.position ?? 0) + 1 };
        }
      }
    },
  };
}

function hashOf(event: EventRow): Buffer {
  const fields = [event.id, event.citizenId, event.kind, event.portalId, canonical(event.detail), event.at.toISOString()];
  return createHash("sha256").update(JSON.stringify(fields)).digest();
}

/** jsonb does not keep the order of names. */
function canonical(detail: object): [string, unknown][] {
  return Object.entries(detail).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
