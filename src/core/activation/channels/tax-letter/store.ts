import type { Database } from "#platform/database";
import type { LetterView } from "./contract.ts";
import type { EarlierLetter } from "./eligibility.ts";

export interface LetterRow {
  readonly reference: string;
  readonly keyId: string;
  readonly citizenId: string;
  readonly contents: Buffer;
  readonly maskedPhone: string;
  readonly requestedAt: Date;
  readonly dueBy: Date;
  readonly expiresAt: Date;
}

export async function insertLetter(db: Database, letter: LetterRow): Promise<void> {
  await db`
    insert into activation.letter (
      reference, key_id, citizen_id, state, contents, masked_phone, requested_at, due_by, expires_at, changed_at
    ) values (
      ${letter.reference}, ${letter.keyId}, ${letter.citizenId}, 'queued', ${letter.contents}, ${letter.maskedPhone},
      ${letter.requestedAt}, ${letter.dueBy}, ${letter.expiresAt}, ${letter.requestedAt}
    )`;
}

export async function earlierLetters(db: Database, citizenId: string, since: Date): Promise<EarlierLetter[]> {
  return db<EarlierLetter>`
    select requested_at as "requestedAt", state from activation.letter
    where citizen_id = ${citizenId} and requested_at > ${since} order by requested_at desc`;
}

export async function loadLetter(db: Database, reference: string): Promise<(LetterView & { keyId: string }) | null> {
  const [row] = await db<Omit<LetterView, "state"> & { state: LetterView["state"] | "printing"; keyId: string }>`
    select reference, masked_phone as "maskedPhone", requested_at as "requestedAt", due_by as "dueBy",
           expires_at as "expiresAt", state, key_id as "keyId"
    from activation.letter where reference = ${reference}`;
  return row ? { ...row, state: row.state === "printing" ? "queued" : row.state } : null;
}

/** Intent before act: what is queued gets its batch, committed before the printer hears of it. */
export async function assignBatch(db: Database, batch: string, now: Date, limit: number): Promise<void> {
  await db`
    update activation.letter set state = 'printing', batch = ${batch}, changed_at = ${now}
    where reference in (
      select reference from activation.letter where state = 'queued'
      order by requested_at limit ${limit} for update skip locked)`;
}

export interface ToPrint {
  readonly reference: string;
  readonly batch: string;
  readonly contents: Buffer;
  readonly maskedPhone: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** All that was ever promised to a printer and not yet known to be taken, batch by batch. */
export async function lettersPrinting(db: Database): Promise<ToPrint[]> {
  return db<ToPrint>`
    select reference, batch, contents, masked_phone as "maskedPhone", requested_at as "requestedAt", expires_at as "expiresAt"
    from activation.letter where state = 'printing' order by batch, reference`;
}

/** The act is done: from here on the temporary PIN exists on paper alone. */
export async function markPrinted(db: Database, batch: string, now: Date): Promise<void> {
  await db`
    update activation.letter set state = 'printed', contents = null, changed_at = ${now}
    where batch = ${batch} and state = 'printing'`;
}

export type Ending = "delivered" | "returned" | "used" | "cancelled" | "expired";

const mayFollow: Readonly<Record<Ending, readonly string[]>> = {
  delivered: ["printing", "printed"],
  returned: ["printing", "printed", "delivered"],
  used: ["printing", "printed", "delivered"],
  cancelled: ["queued", "printing", "printed", "delivered"],
  expired: ["queued", "printing", "printed", "delivered"],
};

/** Null when the letter is not where it could go there from: news may be read twice. */
export async function changeLetter(
  db: Database,
  reference: string,
  to: Ending,
  now: Date,
): Promise<{ keyId: string; citizenId: string } | null> {
  const [row] = await db<{ keyId: string; citizenId: string }>`
    update activation.letter set state = ${to}, contents = null, changed_at = ${now}
    where reference = ${reference} and state = any(${mayFollow[to]}::text[])
    returning key_id as "keyId", citizen_id as "citizenId"`;
  return row ?? null;
}

export async function letterOfKey(db: Database, keyId: string): Promise<string | null> {
  const [row] = await db<{ reference: string }>`select reference from activation.letter where key_id = ${keyId}`;
  return row?.reference ?? null;
}

export async function loadCursor(db: Database): Promise<string> {
  const [row] = await db<{ cursor: string }>`select cursor from activation.postal_cursor for update`;
  return row?.cursor ?? "";
}

export async function saveCursor(db: Database, cursor: string): Promise<void> {
  await db`update activation.postal_cursor set cursor = ${cursor}`;
}
