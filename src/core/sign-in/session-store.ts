/** Who is signed in, in which browser. */

import type { Level } from "#core/vocabulary";
import type { Database } from "#platform/database";

export interface SessionRow {
  readonly id: string;
  /** Null when the citizen card opened it. */
  readonly keyId: string | null;
  readonly citizenId: string;
  readonly level: Level;
  readonly attributes: readonly string[];
  readonly authenticatedAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
}

export interface NewSession extends SessionRow {
  readonly secretHash: Buffer;
}

export async function insertSession(db: Database, session: NewSession): Promise<void> {
  await db`
    insert into sign_in.session (id, secret_hash, key_id, citizen_id, level, attributes, authenticated_at, seen_at, ends_at)
    values (
      ${session.id}, ${session.secretHash}, ${session.keyId}, ${session.citizenId}, ${session.level}, ${session.attributes},
      ${session.authenticatedAt}, ${session.seenAt}, ${session.endsAt}
    )`;
}

/** Loads a session and, in the same statement, notes that it was seen. */
export async function touchSession(db: Database, secretHash: Buffer, now: Date, idleSince: Date): Promise<SessionRow | null> {
  const [row] = await db<SessionRow>`
    update sign_in.session set seen_at = ${now}
    where secret_hash = ${secretHash} and ends_at > ${now} and seen_at > ${idleSince}
    returning id, key_id as "keyId", citizen_id as "citizenId", level, attributes, authenticated_at as "authenticatedAt",
              seen_at as "seenAt", ends_at as "endsAt"`;
  return row ?? null;
}

export async function deleteSession(db: Database, secretHash: Buffer): Promise<void> {
  await db`delete from sign_in.session where secret_hash = ${secretHash}`;
}

export async function purgeSessions(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from sign_in.session where id in (
      select id from sign_in.session where ends_at < ${now} order by ends_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
