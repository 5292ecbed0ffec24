/** Tries and what they leave behind: counters, waits, and the browsers that are known. */
import type { Database } from "#platform/database";
import type { Lane, LaneName } from "./rules.ts";
import type { KeyRow, KeySummary } from "./store.ts";

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

/** The strangers' lane begins anew; a row is written only where there is something to forget. */
export async function reopenToStrangers(db: Database, citizenId: string): Promise<void> {
  await db`
    update mobile_keys.key set stranger_failures = 0, stranger_wait_until = null
    where citizen_id = ${citizenId} and state in ('pending-letter', 'active', 'frozen', 'suspended') and stranger_failures > 0`;
}
