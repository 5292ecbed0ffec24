import type { Language, Level } from "#core/vocabulary";
import type { Database } from "#platform/database";
import type { PinMode, PinRecord } from "./pins.ts";
import type { KeyState, KeyStanding } from "./rules.ts";

export type Channel = "citizen-card" | "tax-letter" | "desk";

/** What others may know of a key. */
export interface KeySummary {
  readonly id: string;
  readonly citizenId: string;
  readonly phone: string;
  readonly email: string | null;
  readonly language: Language;
  readonly level: Level;
  readonly pinTemporary: boolean;
  readonly state: KeyState;
}

export interface NewKey {
  readonly id: string;
  readonly citizenId: string;
  readonly state: "pending-letter" | "active";
  readonly channel: Channel;
  readonly level: number;
  readonly signature: "desk-only" | "available";
  readonly phone: string;
  readonly email: string | null;
  readonly language: Language;
  readonly pinTemporary: boolean;
  readonly pinExpiresAt: Date | null;
  readonly validUntil: Date;
}

export interface KeyRow extends KeyStanding {
  readonly id: string;
  readonly citizenId: string;
  readonly channel: Channel;
  readonly level: Level;
  readonly phone: string;
  readonly email: string | null;
  readonly language: Language;
  readonly pin: PinRecord;
  /** Grows with each counted try; guards the counters against lost updates. */
  readonly tries: number;
  /** Whether the browser asking was seen with this key before. */
  readonly knownBrowser: boolean;
}

interface FlatKey {
  id: string;
  citizenId: string;
  state: KeyState;
  channel: Channel;
  level: Level;
  phone: string;
  email: string | null;
  language: Language;
  verifier: Buffer;
  salt: Buffer;
  mode: PinMode;
  keyVersion: number;
  pinTemporary: boolean;
  pinExpiresAt: Date | null;
  ownerFailures: number;
  ownerWaitUntil: Date | null;
  strangerFailures: number;
  strangerWaitUntil: Date | null;
  codeFailures: number;
  tries: number;
  validUntil: Date;
  knownBrowser: boolean;
}

function keyOf(flat: FlatKey): KeyRow {
  const { verifier, salt, mode, keyVersion, ownerFailures, ownerWaitUntil, strangerFailures, strangerWaitUntil, ...key } = flat;
  return {
    ...key,
    pin: { verifier, salt, mode, keyVersion },
    lanes: {
      owner: { failures: ownerFailures, waitUntil: ownerWaitUntil },
      stranger: { failures: strangerFailures, waitUntil: strangerWaitUntil },
    },
  };
}

/** False when the phone or the person already has a living key: the unique indexes decide, whoever comes first. */
export async function insertKey(db: Database, key: NewKey, pin: PinRecord, now: Date): Promise<boolean> {
  const activatedAt = key.state === "active" ? now : null;
  const rows = await db`
    insert into mobile_keys.key (
      id, citizen_id, state, channel, level, signature, phone, email, language, pin_verifier, pin_salt, pin_mode,
      pin_key_version, pin_temporary, pin_expires_at, valid_until, created_at, activated_at
    ) values (
      ${key.id}, ${key.citizenId}, ${key.state}, ${key.channel}, ${key.level}, ${key.signature}, ${key.phone}, ${key.email},
      ${key.language}, ${pin.verifier}, ${pin.salt}, ${pin.mode}, ${pin.keyVersion}, ${key.pinTemporary}, ${key.pinExpiresAt},
      ${key.validUntil}, ${now}, ${activatedAt}
    ) on conflict do nothing returning id`;
  return rows.length === 1;
}

export async function loadKeyByPhone(db: Database, phone: string, browserHash: Buffer): Promise<KeyRow | null> {
  const [flat] = await db<FlatKey>`
    select id, citizen_id as "citizenId", state, channel, level, phone, email, language, pin_verifier as verifier,
           pin_salt as salt, pin_mode as mode, pin_key_version as "keyVersion", pin_temporary as "pinTemporary",
           pin_expires_at as "pinExpiresAt", owner_failures as "ownerFailures", owner_wait_until as "ownerWaitUntil",
           stranger_failures as "strangerFailures", stranger_wait_until as "strangerWaitUntil",
           code_failures as "codeFailures", tries, valid_until as "validUntil",
           exists (select from mobile_keys.browser where key_id = key.id and browser_hash = ${browserHash}) as "knownBrowser"
    from mobile_keys.key
    where phone = ${phone} and state in ('pending-letter', 'active', 'frozen', 'suspended')`;
  return flat ? keyOf(flat) : null;
}

export async function loadKeyById(db: Database, id: string): Promise<KeyRow | null> {
  const [flat] = await db<FlatKey>`
    select id, citizen_id as "citizenId", state, channel, level, phone, email, language, pin_verifier as verifier,
           pin_salt as salt, pin_mode as mode, pin_key_version as "keyVersion", pin_temporary as "pinTemporary",
           pin_expires_at as "pinExpiresAt", owner_failures as "ownerFailures", owner_wait_until as "ownerWaitUntil",
           stranger_failures as "strangerFailures", stranger_wait_until as "strangerWaitUntil",
           code_failures as "codeFailures", tries, valid_until as "validUntil", false as "knownBrowser"
    from mobile_keys.key where id = ${id}`;
  return flat ? keyOf(flat) : null;
}

/** The one living key a person can have (key_living_citizen). */
export async function loadLivingKey(db: Database, citizenId: string): Promise<KeyRow | null> {
  const [flat] = await db<FlatKey>`
    select id, citizen_id as "citizenId", state, channel, level, phone, email, language, pin_verifier as verifier,
           pin_salt as salt, pin_mode as mode, pin_key_version as "keyVersion", pin_temporary as "pinTemporary",
           pin_expires_at as "pinExpiresAt", owner_failures as "ownerFailures", owner_wait_until as "ownerWaitUntil",
           stranger_failures as "strangerFailures", stranger_wait_until as "strangerWaitUntil",
           code_failures as "codeFailures", tries, valid_until as "validUntil", false as "knownBrowser"
    from mobile_keys.key
    where citizen_id = ${citizenId} and state in ('pending-letter', 'active', 'frozen', 'suspended')`;
  return flat ? keyOf(flat) : null;
}

/** The chosen PIN replaces the temporary one, once. */
export async function activateWithPin(db: Database, id: string, pin: PinRecord, now: Date): Promise<boolean> {
  const rows = await db`
    update mobile_keys.key
    set state = 'active', pin_verifier = ${pin.verifier}, pin_salt = ${pin.salt}, pin_mode = ${pin.mode},
        pin_key_version = ${pin.keyVersion}, pin_temporary = false, pin_expires_at = null, activated_at = ${now}
    where id = ${id} and state = 'pending-letter' and pin_temporary returning id`;
  return rows.length === 1;
}

/**
 * The new PIN, with every count taken back, in one statement: the key is locked, or open with the new PIN. `tries` grows, so
 * that whoever loaded the key before counts on nothing of it. False when it is not locked, or no longer alive.
 */
export async function unblock(
  db: Database,
  id: string,
  pin: PinRecord,
  { locks: { failures, codeFailures }, now }: { locks: { failures: number; codeFailures: number }; now: Date },
): Promise<boolean> {
  const rows = await db`
    update mobile_keys.key
    set pin_verifier = ${pin.verifier}, pin_salt = ${pin.salt}, pin_mode = ${pin.mode}, pin_key_version = ${pin.keyVersion},
        owner_failures = 0, owner_wait_until = null, stranger_failures = 0, stranger_wait_until = null, code_failures = 0,
        tries = tries + 1
    where id = ${id} and state = 'active' and not pin_temporary and valid_until > ${now}
      and (owner_failures >= ${failures} or code_failures >= ${codeFailures})
    returning id`;
  return rows.length === 1;
}

export interface EmailChange {
  readonly email: string | null;
  /** What it is to have before: two changes at once do not undo each other. */
  readonly former: string | null;
  readonly locks: { readonly failures: number; readonly codeFailures: number };
  readonly now: Date;
}

/** False when the key is not in use, or its e-mail is another by now. */
export async function changeEmail(db: Database, id: string, { email, former, locks, now }: EmailChange): Promise<boolean> {
  const rows = await db`
    update mobile_keys.key set email = ${email}
    where id = ${id} and state = 'active' and not pin_temporary and valid_until > ${now} and email is not distinct from ${former}
      and owner_failures < ${locks.failures} and code_failures < ${locks.codeFailures}
    returning id`;
  return rows.length === 1;
}

/** Ends a key that still waits for its letter; the active ones end by other rules. */
export async function endPending(db: Database, id: string, reason: string, now: Date): Promise<boolean> {
  const rows = await db`
    update mobile_keys.key set state = 'cancelled', ended_at = ${now}, end_reason = ${reason}
    where id = ${id} and state = 'pending-letter' returning id`;
  return rows.length === 1;
}

/** Ends a living key because another takes its place. False when it lives no more. */
export async function replaceKey(db: Database, id: string, now: Date): Promise<boolean> {
  const rows = await db`
    update mobile_keys.key set state = 'replaced', ended_at = ${now}, end_reason = 'replaced'
    where id = ${id} and state in ('pending-letter', 'active', 'frozen', 'suspended') returning id`;
  return rows.length === 1;
}

/** `pin`: null when the sign-in PIN is to sign too. */
export async function insertSignatureWish(db: Database, keyId: string, pin: PinRecord | null, now: Date): Promise<void> {
  await db`
    insert into mobile_keys.signature_wish (key_id, pin_verifier, pin_salt, pin_mode, pin_key_version, wished_at)
    values (${keyId}, ${pin?.verifier ?? null}, ${pin?.salt ?? null}, ${pin?.mode ?? null}, ${pin?.keyVersion ?? null}, ${now})`;
}

/** Keys whose temporary PIN nobody can use any more. */
export async function endedTemporary(
  db: Database,
  now: Date,
  limit: number,
  failures: number,
  codeFailures: number,
): Promise<string[]> {
  const rows = await db<{ id: string }>`
    select id from mobile_keys.key
    where state = 'pending-letter'
      and (pin_expires_at <= ${now} or owner_failures >= ${failures} or code_failures >= ${codeFailures})
    limit ${limit}`;
  return rows.map((row) => row.id);
}

export async function livingKeyOf(db: Database, citizenId: string): Promise<{ id: string; state: KeyState } | null> {
  const [row] = await db<{ id: string; state: KeyState }>`
    select id, state from mobile_keys.key
    where citizen_id = ${citizenId} and state in ('pending-letter', 'active', 'frozen', 'suspended')`;
  return row ?? null;
}

export async function phoneIsTaken(db: Database, phone: string): Promise<boolean> {
  const rows = await db`
    select from mobile_keys.key
    where phone = ${phone} and state in ('pending-letter', 'active', 'frozen', 'suspended')`;
  return rows.length > 0;
}
