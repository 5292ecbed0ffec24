import { keyOf, proofOf } from "#core/vocabulary";
import type { ProofKind } from "#core/vocabulary";
import { fingerprint } from "#platform/fingerprint";
import type { Database } from "#platform/database";
import type { NewSession, SignedIn } from "./contract.ts";
import type { SessionStanding } from "./rules.ts";

export type SessionRow = SignedIn & SessionStanding;

export async function insertSession(db: Database, session: NewSession): Promise<void> {
  const { id, secret, citizenId, proof, level, attributes, authenticatedAt, endsAt } = session;
  await db`
    insert into sessions.session (
      id, secret_hash, proof, key_id, citizen_id, level, attributes, authenticated_at, seen_at, ends_at
    ) values (
      ${id}, ${fingerprint(secret)}, ${proof.by}, ${keyOf(proof)}, ${citizenId}, ${level}, ${attributes},
      ${authenticatedAt}, ${authenticatedAt}, ${endsAt}
    )`;
}

type FlatSession = Omit<SessionRow, "proof"> & { readonly by: ProofKind; readonly keyId: string | null };

/** Loads a session and, in the same statement, notes that it was seen. */
export async function touchSession(db: Database, secretHash: Buffer, now: Date, idleSince: Date): Promise<SessionRow | null> {
  const [row] = await db<FlatSession>`
    update sessions.session set seen_at = ${now}
    where secret_hash = ${secretHash} and ends_at > ${now} and seen_at > ${idleSince}
    returning id as "sessionId", proof as by, key_id as "keyId", citizen_id as "citizenId", level, attributes,
              authenticated_at as "authenticatedAt", seen_at as "seenAt", ends_at as "endsAt"`;
  if (!row) return null;
  const { by, keyId, ...session } = row;
  return { ...session, proof: proofOf(by, keyId) };
}

export async function deleteSession(db: Database, secretHash: Buffer): Promise<void> {
  await db`delete from sessions.session where secret_hash = ${secretHash}`;
}

export async function deleteById(db: Database, id: string): Promise<void> {
  await db`delete from sessions.session where id = ${id}`;
}

export async function deleteOfKey(db: Database, keyId: string): Promise<void> {
  await db`delete from sessions.session where key_id = ${keyId}`;
}

export async function purgeSessions(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from sessions.session where id in (
      select id from sessions.session where ends_at < ${now} order by ends_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
