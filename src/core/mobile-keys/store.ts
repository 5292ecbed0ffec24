import type { Language, Level } from "#core/vocabulary";
import type { Database } from "#platform/database";
import type { PinMode, PinRecord } from "./pins.ts";
import type { KeyState, KeyStanding, Lane, LaneName } from "./rules.ts";

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

/**
 * Counts a try where nothing failed since the last success, in the lane of this browser, which then is `first`. Null where something
 * did, or where the key may not be tried, or is not there.
 */
export async function countFirstTry(
  db: Database,
  phone: string,
  browserHash: Buffer,
  first: Lane,
  now: Date,
): Promise<LaneName | null> {
  const [counted] = await db<{ readonly lane: LaneName }>`
    update mobile_keys.key
    set (owner_failures, owner_wait_until, stranger_failures, stranger_wait_until) = (
          select case when known then ${first.failures} else 0 end, case when known then ${first.waitUntil}::timestamptz end,
                 case when known then 0 else ${first.failures} end, case when not known then ${first.waitUntil}::timestamptz end
          from (select exists (select from mobile_keys.browser where key_id = key.id and browser_hash = ${browserHash}) as known) as seen
        ),
        tries = tries + 1
    where phone = ${phone} and state = 'active' and not pin_temporary and valid_until > ${now} and owner_failures = 0
      and stranger_failures = 0 and code_failures = 0 and owner_wait_until is null and stranger_wait_until is null
    returning case when owner_failures = 0 then 'stranger' else 'owner' end as lane`;
  return counted?.lane ?? null;
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

/** Counts one try: only if nobody counted one since the key was loaded. */
export async function countTry(db: Database, key: Pick<KeyRow, "id" | "tries">, lane: LaneName, next: Lane): Promise<boolean> {
  const rows =
    lane === "owner"
      ? await db`
          update mobile_keys.key set owner_failures = ${next.failures}, owner_wait_until = ${next.waitUntil}, tries = tries + 1
          where id = ${key.id} and tries = ${key.tries} returning id`
      : await db`
          update mobile_keys.key
          set stranger_failures = ${next.failures}, stranger_wait_until = ${next.waitUntil}, tries = tries + 1
          where id = ${key.id} and tries = ${key.tries} returning id`;
  return rows.length === 1;
}

/**
 * The try just counted in this lane was right. Relative, so that failures counted meanwhile stay. Unmet when the PIN that it was
 * compared with is no longer the key's: a process may stand still between the two for longer than a lock lasts.
 */
export async function takeBackTry(db: Database, id: string, lane: LaneName, verifier: Buffer): Promise<void> {
  if (lane === "owner") {
    await db`
      with taken as (
        update mobile_keys.key set owner_failures = greatest(owner_failures - 1, 0), owner_wait_until = null
        where id = ${id} and pin_verifier = ${verifier} returning id
      )
      select 1 / count(*) as taken from taken`;
  } else {
    await db`
      with taken as (
        update mobile_keys.key set stranger_failures = greatest(stranger_failures - 1, 0), stranger_wait_until = null
        where id = ${id} and pin_verifier = ${verifier} returning id
      )
      select 1 / count(*) as taken from taken`;
  }
}

/** Takes one code try of this key, durably, before the code is compared, and answers the key. Null when none is left. */
export async function countCodeTry(
  db: Database,
  id: string,
  browserHash: Buffer,
  limit: number,
): Promise<{ left: number; key: KeySummary; knownBrowser: boolean } | null> {
  const [row] = await db<KeySummary & { taken: number; knownBrowser: boolean }>`
    update mobile_keys.key set code_failures = code_failures + 1
    where id = ${id} and code_failures < ${limit}
    returning code_failures as taken, id, citizen_id as "citizenId", phone, email, language, level,
              pin_temporary as "pinTemporary", state,
              exists (select from mobile_keys.browser where key_id = key.id and browser_hash = ${browserHash}) as "knownBrowser"`;
  if (!row) return null;
  const { taken, knownBrowser, ...key } = row;
  return { left: limit - taken, key, knownBrowser };
}

/** A code that had merely expired was no guess. */
export async function takeBackCodeTry(db: Database, id: string): Promise<void> {
  await db`update mobile_keys.key set code_failures = greatest(code_failures - 1, 0) where id = ${id}`;
}

/**
 * PIN and code were right: both lanes begin anew, and this browser is known from now on. Unmet when the key ended meanwhile, or
 * was locked by wrong PINs: that lock is its own, and a code does not take it away.
 */
export async function recordSuccess(
  db: Database,
  id: string,
  browserHash: Buffer,
  { lock, temporaryLock }: { readonly lock: number; readonly temporaryLock: number },
  now: Date,
): Promise<void> {
  await db`
    with living as (
      update mobile_keys.key
      set owner_failures = 0, owner_wait_until = null, stranger_failures = 0, stranger_wait_until = null,
          code_failures = 0, last_sign_in_at = ${now}
      where id = ${id} and state in ('pending-letter', 'active') and valid_until > ${now}
        and owner_failures < case when pin_temporary then ${temporaryLock}::smallint else ${lock}::smallint end
      returning id
    ), known as (
      insert into mobile_keys.browser (key_id, browser_hash, first_seen_at, last_seen_at)
      select id, ${browserHash}::bytea, ${now}::timestamptz, ${now}::timestamptz from living
      on conflict (key_id, browser_hash) do update set last_seen_at = excluded.last_seen_at
    )
    select 1 / count(*) as living from living`;
}

/** Unmet unless nothing has failed with this active key since it was last proven: one that may be used all the same is found so by its row. */
export async function meetUnfailed(db: Database, id: string, now: Date): Promise<void> {
  await db`
    select 1 / count(*) as unfailed from mobile_keys.key
    where id = ${id} and state = 'active' and not pin_temporary and valid_until > ${now} and owner_failures = 0
      and code_failures = 0`;
}

export async function recordBrowser(db: Database, id: string, browserHash: Buffer, now: Date): Promise<void> {
  await db`
    insert into mobile_keys.browser (key_id, browser_hash, first_seen_at, last_seen_at)
    values (${id}, ${browserHash}, ${now}, ${now}) on conflict do nothing`;
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

/** The strangers' lane begins anew; a row is written only where there is something to forget. */
export async function reopenToStrangers(db: Database, citizenId: string): Promise<void> {
  await db`
    update mobile_keys.key set stranger_failures = 0, stranger_wait_until = null
    where citizen_id = ${citizenId} and state in ('pending-letter', 'active', 'frozen', 'suspended') and stranger_failures > 0`;
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
