import type { Database } from "#platform/database";

export interface UnblockingRow {
  readonly id: string;
  readonly keyId: string;
  readonly citizenId: string;
  readonly step: "code" | "done";
  readonly choice: Buffer | null;
  readonly codeId: string | null;
}

export interface NewUnblocking {
  readonly id: string;
  readonly sessionId: string;
  readonly citizenId: string;
  readonly keyId: string;
  readonly choice: Buffer;
  readonly codeId: string;
  readonly expiresAt: Date;
}

/** False when one is under way in this session; one that is done or too old makes room. Joins the caller's transaction. */
export async function insertUnblocking(db: Database, row: NewUnblocking, now: Date): Promise<boolean> {
  await db`
    update unblocking.unblocking set ended_at = ${now}, end_reason = 'replaced', choice = null
    where session_id = ${row.sessionId} and ended_at is null and (step = 'done' or expires_at <= ${now})`;
  const rows = await db`
    insert into unblocking.unblocking (id, session_id, citizen_id, key_id, step, choice, code_id, created_at, expires_at)
    values (${row.id}, ${row.sessionId}, ${row.citizenId}, ${row.keyId}, 'code', ${row.choice}, ${row.codeId}, ${now}, ${row.expiresAt})
    on conflict (session_id) where ended_at is null do nothing returning id`;
  return rows.length === 1;
}

export async function loadUnblocking(db: Database, sessionId: string, now: Date): Promise<UnblockingRow | null> {
  const [row] = await db<UnblockingRow>`
    select id, key_id as "keyId", citizen_id as "citizenId", step, choice, code_id as "codeId"
    from unblocking.unblocking where session_id = ${sessionId} and ended_at is null and expires_at > ${now}`;
  return row ?? null;
}

/** Locks it if it still waits for its code. */
export async function hold(db: Database, id: string): Promise<boolean> {
  const rows = await db`
    select from unblocking.unblocking where id = ${id} and step = 'code' and ended_at is null for update`;
  return rows.length === 1;
}

export async function finish(db: Database, id: string, expiresAt: Date): Promise<void> {
  await db`update unblocking.unblocking set step = 'done', choice = null, expires_at = ${expiresAt} where id = ${id}`;
}

/** Ends it and wipes what was typed. */
export async function endUnblocking(db: Database, id: string, reason: string, now: Date): Promise<void> {
  await db`
    update unblocking.unblocking set ended_at = ${now}, end_reason = ${reason}, choice = null
    where id = ${id} and ended_at is null and step <> 'done'`;
}

export async function purge(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from unblocking.unblocking where id in (
      select id from unblocking.unblocking where expires_at < ${now} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
