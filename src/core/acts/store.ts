import { codeOf } from "#core/one-time-codes";
import type { CodeColumns, CodeRecord } from "#core/one-time-codes";
import type { Database } from "#platform/database";

export interface ActRow {
  readonly id: string;
  readonly keyId: string;
  readonly citizenId: string;
  readonly step: "code" | "confirm" | "done";
  readonly typed: Buffer | null;
  /** In step "code". */
  readonly code: CodeRecord | null;
}

export interface NewAct {
  readonly id: string;
  readonly name: string;
  readonly sessionId: string;
  readonly citizenId: string;
  readonly keyId: string;
  readonly typed: Buffer;
  /** Null where a press of a button confirms. */
  readonly code: CodeRecord | null;
  readonly expiresAt: Date;
}

/** False when this act is under way in this session; one that is done or too old makes room. Joins the caller's transaction. */
export async function insertAct(db: Database, { code, ...act }: NewAct, now: Date): Promise<boolean> {
  await db`
    update acts.act set ended_at = ${now}, end_reason = 'replaced', typed = null
    where session_id = ${act.sessionId} and name = ${act.name} and ended_at is null and (step = 'done' or expires_at <= ${now})`;
  const rows = await db`
    insert into acts.act (
      id, name, session_id, citizen_id, key_id, step, typed, code_mac, code_resends, code_sent_at, code_expires_at, created_at,
      expires_at
    ) values (
      ${act.id}, ${act.name}, ${act.sessionId}, ${act.citizenId}, ${act.keyId}, ${code ? "code" : "confirm"}, ${act.typed},
      ${code?.mac ?? null}, ${code?.resends ?? null}, ${code?.sentAt ?? null}, ${code?.expiresAt ?? null}, ${now}, ${act.expiresAt}
    ) on conflict (session_id, name) where ended_at is null do nothing returning id`;
  return rows.length === 1;
}

export async function loadAct(db: Database, name: string, sessionId: string, now: Date): Promise<ActRow | null> {
  const [row] = await db<Omit<ActRow, "code"> & CodeColumns>`
    select id, key_id as "keyId", citizen_id as "citizenId", step, typed, code_mac as mac, code_resends as resends,
           code_sent_at as "sentAt", code_expires_at as "codeExpiresAt"
    from acts.act where session_id = ${sessionId} and name = ${name} and ended_at is null and expires_at > ${now}`;
  if (!row) return null;
  const { id, keyId, citizenId, step, typed } = row;
  return { id, keyId, citizenId, step, typed, code: codeOf(row) };
}

/** Takes one try, durably, before anything is compared; the code as it is then. Null when there is none to take. */
export async function takeTry(db: Database, id: string, limit: number, now: Date): Promise<CodeRecord | null> {
  const [row] = await db<CodeColumns>`
    update acts.act set code_tries = code_tries + 1
    where id = ${id} and step = 'code' and ended_at is null and expires_at > ${now} and code_tries < ${limit}
    returning code_mac as mac, code_resends as resends, code_sent_at as "sentAt", code_expires_at as "codeExpiresAt"`;
  return row ? codeOf(row) : null;
}

/** The new code takes the old one's place: the tries already taken stay taken. False when somebody else was first. */
export async function replaceCode(db: Database, id: string, code: CodeRecord): Promise<boolean> {
  const rows = await db`
    update acts.act
    set code_mac = ${code.mac}, code_resends = ${code.resends}, code_sent_at = ${code.sentAt}, code_expires_at = ${code.expiresAt}
    where id = ${id} and step = 'code' and ended_at is null and code_resends = ${code.resends - 1} returning id`;
  return rows.length === 1;
}

/** Locks it if it still waits to be confirmed. */
export async function hold(db: Database, id: string): Promise<boolean> {
  const rows = await db`
    select from acts.act where id = ${id} and step <> 'done' and ended_at is null for update`;
  return rows.length === 1;
}

export async function finish(db: Database, id: string, expiresAt: Date): Promise<void> {
  await db`update acts.act set step = 'done', typed = null, code_mac = null, expires_at = ${expiresAt} where id = ${id}`;
}

/** Ends it and wipes what was typed. */
export async function endAct(db: Database, id: string, reason: string, now: Date): Promise<void> {
  await db`
    update acts.act set ended_at = ${now}, end_reason = ${reason}, typed = null, code_mac = null
    where id = ${id} and ended_at is null and step <> 'done'`;
}

export async function purge(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from acts.act where id in (
      select id from acts.act where expires_at < ${now} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
