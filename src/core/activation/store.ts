import { codeFigures, codeOf } from "#core/one-time-codes";
import type { CodeColumns, CodeRecord, CountedCode } from "#core/one-time-codes";
import type { Database } from "#platform/database";
import type { Step } from "./common.ts";

export interface ActivationRow {
  readonly id: string;
  /** As the table of channels names it. */
  readonly channel: string;
  readonly step: Step;
  readonly applicant: Buffer | null;
  readonly letterReference: string | null;
  /** In step "code"; its tries are counted here. */
  readonly code: ActivationCode | null;
}

/** With where it was sent: "+351 ••• ••• 567". */
export interface SentCode extends CodeRecord {
  readonly maskedPhone: string;
}

export type ActivationCode = SentCode & CountedCode;

/** Begins one, ending whatever this browser had under way. */
export async function replaceActivation(
  db: Database,
  begun: { readonly id: string; readonly channel: string; readonly memory: Buffer; readonly expiresAt: Date },
  sessionHash: Buffer,
  now: Date,
): Promise<void> {
  const { id, channel, memory, expiresAt } = begun;
  await db.transaction(async () => {
    await db`
      update activation.activation
      set ended_at = ${now}, end_reason = 'replaced', memory = null, applicant = null, masked_phone = null, code_mac = null
      where session_hash = ${sessionHash} and ended_at is null`;
    await db`
      insert into activation.activation (id, channel, session_hash, step, memory, created_at, expires_at)
      values (${id}, ${channel}, ${sessionHash}, 'identify', ${memory}, ${now}, ${expiresAt})
      on conflict (session_hash) where ended_at is null do update
      set id = excluded.id, channel = excluded.channel, step = excluded.step, memory = excluded.memory, applicant = null,
          masked_phone = null, code_mac = null, code_tries = 0, letter_reference = null, created_at = excluded.created_at, expires_at = excluded.expires_at`;
  });
}

export async function loadActivation(db: Database, sessionHash: Buffer, now: Date): Promise<ActivationRow | null> {
  const [flat] = await db<Omit<ActivationRow, "code"> & FlatCode>`
    select id, channel, step, applicant, letter_reference as "letterReference", code_tries as tries, masked_phone as "maskedPhone",
           code_mac as mac, code_resends as resends, code_sent_at as "sentAt", code_expires_at as "codeExpiresAt"
    from activation.activation where session_hash = ${sessionHash} and ended_at is null and expires_at > ${now}`;
  if (!flat) return null;
  const { id, channel, step, applicant, letterReference } = flat;
  return { id, channel, step, applicant, letterReference, code: sentCodeOf(flat) };
}

interface FlatCode extends CodeColumns {
  readonly tries: number;
  readonly maskedPhone: string | null;
}

function sentCodeOf(columns: FlatCode): ActivationCode | null {
  const { tries, maskedPhone } = columns;
  const code = codeOf(columns);
  return code && maskedPhone !== null ? { ...code, tries, maskedPhone } : null;
}

/**
 * Takes one try, durably, before anything is compared, and answers the code as it is then. Null when none is left, or when no
 * code is waited for any more. Not inside a transaction: a rolled back count is a free guess.
 */
export async function countTry(db: Database, id: string): Promise<ActivationCode | null> {
  const [flat] = await db<FlatCode>`
    update activation.activation set code_tries = code_tries + 1
    where id = ${id} and step = 'code' and ended_at is null and code_tries < ${codeFigures.tries}
    returning code_tries as tries, masked_phone as "maskedPhone", code_mac as mac, code_resends as resends, code_sent_at as "sentAt",
              code_expires_at as "codeExpiresAt"`;
  return flat ? sentCodeOf(flat) : null;
}

/** Another code in the place of the one that was loaded; tries already taken stay taken. False when that one was replaced or used meanwhile. */
export async function replaceCode(db: Database, id: string, before: CodeRecord, code: CodeRecord): Promise<boolean> {
  const rows = await db`
    update activation.activation
    set code_mac = ${code.mac}, code_resends = ${code.resends}, code_sent_at = ${code.sentAt}, code_expires_at = ${code.expiresAt}
    where id = ${id} and step = 'code' and ended_at is null and code_mac = ${before.mac} returning id`;
  return rows.length === 1;
}

/** What was remembered while the browser was away, once: a second return finds nothing. */
export async function takeMemory(
  db: Database,
  channel: string,
  sessionHash: Buffer,
  now: Date,
): Promise<{ id: string; memory: Buffer } | null> {
  const [row] = await db<{ id: string; memory: Buffer }>`
    update activation.activation set memory = null
    from (select id as taken, memory as remembered from activation.activation
          where session_hash = ${sessionHash} and ended_at is null for update) as before
    where id = taken and channel = ${channel} and step = 'identify' and memory is not null and expires_at > ${now}
    returning id, remembered as memory`;
  return row ?? null;
}

export interface Move {
  readonly from: Step;
  readonly to: Step;
  readonly applicant: Buffer | null;
  readonly letterReference: string | null;
  readonly expiresAt: Date;
}

/** False when another request moved it first. */
export async function move(db: Database, id: string, to: Move): Promise<boolean> {
  const rows = await db`
    update activation.activation
    set step = ${to.to}, applicant = ${to.applicant}, letter_reference = ${to.letterReference}, expires_at = ${to.expiresAt},
        masked_phone = null, code_mac = null
    where id = ${id} and step = ${to.from} and ended_at is null returning id`;
  return rows.length === 1;
}

/** On to "code", with the code that was just drawn. False when another request moved it first. */
export async function moveToCode(
  db: Database,
  id: string,
  { from, applicant, expiresAt }: Pick<Move, "from" | "applicant" | "expiresAt">,
  code: SentCode,
): Promise<boolean> {
  const rows = await db`
    update activation.activation
    set step = 'code', applicant = ${applicant}, expires_at = ${expiresAt}, masked_phone = ${code.maskedPhone},
        code_mac = ${code.mac}, code_tries = 0, code_resends = ${code.resends}, code_sent_at = ${code.sentAt},
        code_expires_at = ${code.expiresAt}
    where id = ${id} and step = ${from} and ended_at is null returning id`;
  return rows.length === 1;
}

/** Locks the activation if it still stands there; another request may have ended or replaced it. */
export async function hold(db: Database, id: string, step: Step): Promise<boolean> {
  const rows = await db`
    select from activation.activation where id = ${id} and step = ${step} and ended_at is null for update`;
  return rows.length === 1;
}

/** Ends it and wipes what was typed. */
export async function endActivation(db: Database, id: string, reason: string, now: Date): Promise<void> {
  await db`
    update activation.activation
    set ended_at = ${now}, end_reason = ${reason}, memory = null, applicant = null, masked_phone = null, code_mac = null
    where id = ${id} and ended_at is null and step <> 'done'`;
}

export async function purge(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from activation.activation where id in (
      select id from activation.activation where expires_at < ${now} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
