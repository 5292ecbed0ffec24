import { createHash } from "node:crypto";
import type { Database } from "#platform/database";

/** Under which an object is found: whoever has the table cannot redeem what is in it. */
export function hashOf(kind: string, id: string): Buffer {
  return createHash("sha256").update(`${kind}:${id}`).digest();
}

export interface StoredObject {
  readonly idHash: Buffer;
  readonly kind: string;
  readonly grantHash: Buffer | null;
  readonly payload: Buffer;
  readonly expiresAt: Date;
}

export interface FoundObject {
  readonly grantHash: Buffer | null;
  readonly payload: Buffer;
  readonly consumed: boolean;
}

export async function saveObject(db: Database, { idHash, kind, grantHash, payload, expiresAt }: StoredObject): Promise<void> {
  await db`
    insert into oidc.object (id_hash, kind, grant_hash, payload, expires_at)
    values (${idHash}, ${kind}, ${grantHash}, ${payload}, ${expiresAt})
    on conflict (id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at`;
}

/** Nothing that came from a revoked grant is found, even if it was written a moment after the revocation. */
export async function findObject(db: Database, idHash: Buffer, now: Date): Promise<FoundObject | undefined> {
  const [found] = await db<FoundObject>`
    select o.grant_hash as "grantHash", o.payload, o.consumed_at is not null as consumed
    from oidc.object o
    where o.id_hash = ${idHash} and o.expires_at > ${now} and o.payload is not null
      and not exists (select 1 from oidc.object r where r.id_hash = o.grant_hash)`;
  return found;
}

/** Finds for the last time: of parallel callers one gets it. */
export async function takeObject(db: Database, idHash: Buffer, now: Date): Promise<FoundObject | undefined> {
  const [taken] = await db<FoundObject>`
    delete from oidc.object where id_hash = ${idHash} and expires_at > ${now}
    returning grant_hash as "grantHash", payload, false as consumed`;
  return taken;
}

/** True for exactly one of any number of parallel callers. */
export async function consumeObject(db: Database, idHash: Buffer, now: Date): Promise<boolean> {
  const consumed = await db`
    update oidc.object set consumed_at = ${now} where id_hash = ${idHash} and consumed_at is null returning kind`;
  return consumed.length === 1;
}

/** True for exactly one of any number of parallel callers with the same hash. */
export async function rememberOnce(db: Database, idHash: Buffer, kind: string, expiresAt: Date): Promise<boolean> {
  const remembered = await db`
    insert into oidc.object (id_hash, kind, expires_at) values (${idHash}, ${kind}, ${expiresAt})
    on conflict (id_hash) do nothing returning kind`;
  return remembered.length === 1;
}

/** Deletes what came from the grant, and leaves a mark for what is being written at this moment by others. */
export async function revokeGrant(db: Database, grantHash: Buffer, expiresAt: Date): Promise<void> {
  await db`
    with gone as (delete from oidc.object where grant_hash = ${grantHash})
    insert into oidc.object (id_hash, kind, expires_at) values (${grantHash}, 'Revocation', ${expiresAt})
    on conflict (id_hash) do nothing`;
}

/** Returns how many were deleted. */
export async function purgeObjects(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from oidc.object where id_hash in
      (select id_hash from oidc.object where expires_at <= ${now} order by expires_at limit ${limit} for update skip locked)
    returning kind`;
  return gone.length;
}
