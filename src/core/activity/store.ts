import type { Database } from "#platform/database";

/** An event with the seal it got when it was recorded. */
export interface SealedEvent extends EventRow {
  readonly mac: Buffer;
}

export interface EventRow {
  readonly id: string;
  readonly citizenId: string | null;
  readonly kind: string;
  readonly portalId: string | null;
  readonly detail: object;
  readonly at: Date;
}

export interface Link {
  readonly position: number;
  readonly eventId: string;
  readonly eventHash: Buffer;
  readonly mac: Buffer;
}

export async function insertEvent(db: Database, event: SealedEvent): Promise<void> {
  await db`
    insert into activity.event (id, citizen_id, kind, portal_id, detail, at, mac)
    values (${event.id}, ${event.citizenId}, ${event.kind}, ${event.portalId}, ${event.detail}, ${event.at}, ${event.mac})`;
}

/** The entry that began the visit under way is not looked for: its owner knows of it. */
export async function lastSignInOf(
  db: Database,
  citizenId: string,
  visitSince: Date,
): Promise<{ portalId: string; at: Date; byCard: boolean } | null> {
  const [row] = await db<{ portalId: string; at: Date; byCard: boolean }>`
    select portal_id as "portalId", at, coalesce(detail ->> 'by' = 'citizen-card', false) as "byCard"
    from activity.event
    where citizen_id = ${citizenId} and portal_id is not null
      and (kind = 'sign-in.authorised' or (kind = 'reserved-area.entered' and at < ${visitSince}))
    order by at desc limit 1`;
  return row ?? null;
}

/** One sealer at a time, in whatever process. */
export async function lockChain(db: Database): Promise<void> {
  await db`select pg_advisory_xact_lock(hashtext('activity.link'))`;
}

/** The moment of the last event in the chain of those that are still there; null while there is none. */
export async function linkedUntil(db: Database): Promise<Date | null> {
  const [row] = await db<{ at: Date }>`
    select at from activity.link join activity.event on event.id = event_id order by position desc limit 1`;
  return row?.at ?? null;
}

export async function eventsWithoutLink(db: Database, since: Date, limit: number): Promise<EventRow[]> {
  return db<EventRow>`
    select id, citizen_id as "citizenId", kind, portal_id as "portalId", detail, at
    from activity.event where at >= ${since} and not exists (select from activity.link where event_id = event.id)
    order by at, id limit ${limit}`;
}

/** In their order, after the one given: with their seals, for whoever checks those that the chain does not hold. */
export async function unlinkedAfter(db: Database, after: { readonly at: Date; readonly id: string } | null, limit: number) {
  const { at, id } = after ?? { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };
  return db<SealedEvent>`
    select id, citizen_id as "citizenId", kind, portal_id as "portalId", detail, at, mac
    from activity.event
    where (at, id) > (${at}, ${id}::uuid) and not exists (select from activity.link where event_id = event.id)
    order by at, id limit ${limit}`;
}

export async function eventOf(db: Database, id: string): Promise<SealedEvent | null> {
  const [row] = await db<SealedEvent>`
    select id, citizen_id as "citizenId", kind, portal_id as "portalId", detail, at, mac from activity.event where id = ${id}`;
  return row ?? null;
}

export async function lastLink(db: Database): Promise<Link | null> {
  const [row] = await db<Link>`
    select position, event_id as "eventId", event_hash as "eventHash", mac
    from activity.link order by position desc limit 1`;
  return row ?? null;
}

export async function linksAfter(db: Database, position: number, limit: number): Promise<Link[]> {
  return db<Link>`
    select position, event_id as "eventId", event_hash as "eventHash", mac
    from activity.link where position > ${position} order by position limit ${limit}`;
}

export async function insertLinks(db: Database, links: readonly Link[]): Promise<void> {
  await db`
    insert into activity.link (position, event_id, event_hash, mac)
    select position, event_id, decode(event_hash, 'hex'), decode(mac, 'hex')
    from unnest(
      ${links.map(({ position }) => position)}::bigint[],
      ${links.map(({ eventId }) => eventId)}::uuid[],
      ${links.map(({ eventHash }) => eventHash.toString("hex"))}::text[],
      ${links.map(({ mac }) => mac.toString("hex"))}::text[]
    ) as link (position, event_id, event_hash, mac)`;
}

export async function loadHead(db: Database): Promise<Buffer | null> {
  const [row] = await db<{ mac: Buffer }>`select mac from activity.head`;
  return row?.mac ?? null;
}

export async function saveHead(db: Database, mac: Buffer): Promise<void> {
  await db`insert into activity.head (mac) values (${mac}) on conflict (one) do update set mac = excluded.mac`;
}
