import type { Database } from "#platform/database";
import type { CardAct } from "./contract.ts";

export interface NewQuestion {
  readonly id: string;
  readonly sessionHash: Buffer;
  readonly act: CardAct;
  readonly subject: string;
  readonly doorHash: Buffer;
  readonly nonceHash: Buffer;
  readonly returnTo: string;
  readonly expiresAt: Date;
}

/** Takes the place of what this browser asked before for the same thing: its ticket and nonce die with it. */
export async function replaceQuestion(db: Database, question: NewQuestion, now: Date): Promise<void> {
  const { id, sessionHash, act, subject, doorHash, nonceHash, returnTo, expiresAt } = question;
  await db`
    insert into citizen_cards.question (
      id, session_hash, act, subject, door_hash, nonce_hash, return_to, created_at, expires_at
    ) values (
      ${id}, ${sessionHash}, ${act}, ${subject}, ${doorHash}, ${nonceHash}, ${returnTo}, ${now}, ${expiresAt}
    )
    on conflict (session_hash, act, subject) do update
    set id = excluded.id, door_hash = excluded.door_hash, nonce_hash = excluded.nonce_hash, return_to = excluded.return_to,
        taken_at = null, ticket_hash = null, result = null, spent_at = null, created_at = excluded.created_at,
        expires_at = excluded.expires_at`;
}

/** Taken before the card is judged: of many that answer one question, one is heard. */
export async function takeAtDoor(db: Database, doorHash: Buffer, now: Date): Promise<{ id: string; returnTo: string } | null> {
  const [row] = await db<{ id: string; returnTo: string }>`
    update citizen_cards.question set taken_at = ${now}
    where door_hash = ${doorHash} and taken_at is null and expires_at > ${now}
    returning id, return_to as "returnTo"`;
  return row ?? null;
}

/** Of a question that can be answered no more. */
export async function askedFrom(db: Database, doorHash: Buffer): Promise<string | null> {
  const [row] = await db<{ returnTo: string }>`
    select return_to as "returnTo" from citizen_cards.question where door_hash = ${doorHash}`;
  return row?.returnTo ?? null;
}

/** False when the question was replaced meanwhile. */
export async function saveResult(db: Database, id: string, ticketHash: Buffer, result: Buffer): Promise<boolean> {
  const rows = await db`
    update citizen_cards.question set ticket_hash = ${ticketHash}, result = ${result}
    where id = ${id} and ticket_hash is null returning id`;
  return rows.length === 1;
}

interface Bound {
  readonly id: string;
  readonly sessionHash: Buffer;
  readonly act: string;
  readonly subject: string;
}

/** Spends a ticket, whoever brings it: one that turns up in another browser is burnt. */
export async function spendTicket(
  db: Database,
  ticketHash: Buffer,
  now: Date,
): Promise<(Bound & { readonly result: Buffer }) | null> {
  const [row] = await db<Bound & { result: Buffer }>`
    update citizen_cards.question set spent_at = ${now}, result = null
    from (
      select id as taken, result as sealed from citizen_cards.question
      where ticket_hash = ${ticketHash} and spent_at is null and expires_at > ${now} for update
    ) as before
    where id = taken
    returning id, session_hash as "sessionHash", act, subject, sealed as result`;
  return row ?? null;
}

/** Spends a nonce, whoever brings it. */
export async function takeNonce(db: Database, nonceHash: Buffer, now: Date): Promise<Bound | null> {
  const [row] = await db<Bound>`
    update citizen_cards.question set taken_at = ${now}, spent_at = ${now}
    where nonce_hash = ${nonceHash} and taken_at is null and expires_at > ${now}
    returning id, session_hash as "sessionHash", act, subject`;
  return row ?? null;
}

export async function purgeQuestions(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from citizen_cards.question where id in (
      select id from citizen_cards.question where expires_at <= ${now} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
