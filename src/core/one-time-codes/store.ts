import type { Database } from "#platform/database";
import { figures } from "./figures.ts";

export interface CodeRow {
  readonly id: string;
  readonly act: string;
  readonly subject: string;
  readonly maskedPhone: string;
  readonly tries: number;
  readonly resends: number;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export async function insertCode(db: Database, code: CodeRow, mac: Buffer): Promise<void> {
  await db`
    insert into one_time_codes.code (id, act, subject, masked_phone, code_mac, sent_at, expires_at)
    values (${code.id}, ${code.act}, ${code.subject}, ${code.maskedPhone}, ${mac}, ${code.sentAt}, ${code.expiresAt})`;
}

export async function loadCode(db: Database, id: string): Promise<CodeRow | null> {
  const [row] = await db<CodeRow>`
    select id, act, subject, masked_phone as "maskedPhone", tries, resends, sent_at as "sentAt", expires_at as "expiresAt", used_at as "usedAt"
    from one_time_codes.code where id = ${id}`;
  return row ?? null;
}

/** Takes one try, durably, before anything is compared. Null when there is none to take. */
export async function takeTry(db: Database, id: string, now: Date): Promise<{ codeMac: Buffer; tries: number } | null> {
  const [row] = await db<{ codeMac: Buffer; tries: number }>`
    update one_time_codes.code set tries = tries + 1
    where id = ${id} and used_at is null and expires_at > ${now} and tries < ${figures.tries}
    returning code_mac as "codeMac", tries`;
  return row ?? null;
}

/** False when another request used it first. */
export async function useCode(db: Database, id: string, now: Date): Promise<boolean> {
  const rows = await db`update one_time_codes.code set used_at = ${now} where id = ${id} and used_at is null returning id`;
  return rows.length === 1;
}

/** The new code takes the old one's place: the tries already taken stay taken. */
export async function replaceCode(db: Database, code: CodeRow, mac: Buffer): Promise<boolean> {
  const rows = await db`
    update one_time_codes.code
    set code_mac = ${mac}, resends = resends + 1, sent_at = ${code.sentAt}, expires_at = ${code.expiresAt}
    where id = ${code.id} and used_at is null and resends = ${code.resends}
    returning id`;
  return rows.length === 1;
}

export async function purgeCodes(db: Database, before: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from one_time_codes.code where id in (
      select id from one_time_codes.code where expires_at < ${before} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
