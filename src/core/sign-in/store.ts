import { codeOf } from "#core/one-time-codes";
import type { CodeColumns } from "#core/one-time-codes";
import { mustBeMove } from "#core/vocabulary";
import { keyOf, proofOf } from "#core/vocabulary";
import type { Level, Proof, ProofKind, RequestedAttribute } from "#core/vocabulary";
import type { KeyCode } from "#core/proofs";
import type { SessionClaim } from "#core/sessions";

import type { Database } from "#platform/database";
import type { SignInRequest, SignInStep } from "./contract.ts";
import { moves } from "./moves.ts";

export interface RequestRow {
  readonly id: string;
  readonly portalId: string;
  readonly attributes: readonly RequestedAttribute[];
  readonly level: Level;
  readonly reference: string;
  readonly returnTo: string;
  readonly memory: string;
  readonly wayBack: string;
  readonly step: SignInStep;
  /** The key whose PIN was right. */
  readonly keyId: string | null;
  readonly citizenId: string | null;
  readonly code: KeyCode | null;
  /** Null as long as nobody has proven who they are. */
  readonly proof: Proof | null;
  readonly reachedLevel: Level | null;
  readonly authenticatedAt: Date | null;
  readonly signedInId: string | null;
  readonly outcome: "authorised" | "refused" | null;
  /** What may be told of the person, sealed, for the consent. */
  readonly profile: Buffer | null;
  readonly expiresAt: Date;
}

/** One in which nothing has happened yet. */
export function newRequest(id: string, asked: SignInRequest, expiresAt: Date): RequestRow {
  const { portalId, attributes, level, reference, returnTo, memory, wayBack } = asked;
  const nobody = {
    keyId: null,
    citizenId: null,
    code: null,
    proof: null,
    reachedLevel: null,
    authenticatedAt: null,
    signedInId: null,
  };
  const request = { id, portalId, attributes, level, reference, returnTo, memory, wayBack, expiresAt };
  return { ...request, ...nobody, step: "identify", outcome: null, profile: null };
}

/**
 * Not waited for on the disk (docs/decisions/durability.md): lost in a power cut, the person has typed nothing yet.
 *
 * Answers under which id and at which step the protocol's request is under way: an earlier one's when the browser asked
 * twice. Null when it is under way in another browser, or for another portal.
 */
export async function insertRequest(
  db: Database,
  row: RequestRow,
  sessionHash: Buffer,
  isFetched: boolean,
  now: Date,
): Promise<Pick<RequestRow, "id" | "step"> | null> {
  const [begun] = await db<Pick<RequestRow, "id" | "step">>`
    insert into sign_in.request (
      id, session_hash, portal_id, attributes, level, reference, return_to, memory, way_back, fetched, step, proof, key_id, citizen_id,
      reached_level, authenticated_at, signed_in_id, profile, created_at, expires_at
    ) values (
      ${row.id}, ${sessionHash}, ${row.portalId}, ${JSON.stringify(row.attributes)}::jsonb, ${row.level}, ${row.reference},
      ${row.returnTo}, ${row.memory}, ${row.wayBack}, ${isFetched}, ${row.step}, ${row.proof?.by}, ${row.keyId}, ${row.citizenId}, ${row.reachedLevel}, ${row.authenticatedAt},
      ${row.signedInId}, ${row.profile}, ${now}, ${row.expiresAt}
    )
    on conflict (reference) where fetched do update set reference = excluded.reference
    where request.session_hash = excluded.session_hash and request.portal_id = excluded.portal_id
    returning id, step, set_config('synchronous_commit', 'off', true)`;
  return begun ? { id: begun.id, step: begun.step } : null;
}

/** A sign-in as it is kept, with whoever this browser is signed in as. */
export type LoadedRequest = RequestRow & { readonly signedInAs: string | null };

type FlatRequest = Omit<LoadedRequest, "code" | "proof"> &
  CodeColumns & {
    readonly by: ProofKind | null;
    readonly maskedPhone: string | null;
  };

function requestOf({ by, maskedPhone, mac, resends, sentAt, codeExpiresAt, ...row }: FlatRequest): LoadedRequest {
  const code = codeOf({ mac, resends, sentAt, codeExpiresAt });
  return { ...row, code: code && maskedPhone !== null ? { ...code, maskedPhone } : null, proof: by && proofOf(by, row.keyId) };
}

/** Nobody is signed in when the claim is of no living session, or of one that proves less than this sign-in did. */
export async function loadRequest(
  db: Database,
  id: string,
  sessionHash: Buffer,
  { secretHash, idleSince }: SessionClaim,
  now: Date,
): Promise<LoadedRequest | null> {
  const [row] = await db<FlatRequest>`
    select id, portal_id as "portalId", attributes, level, reference, return_to as "returnTo", memory, way_back as "wayBack", step, proof as by,
           key_id as "keyId", citizen_id as "citizenId", masked_phone as "maskedPhone", code_mac as mac, code_resends as resends,
           code_sent_at as "sentAt", code_expires_at as "codeExpiresAt", reached_level as "reachedLevel",
           authenticated_at as "authenticatedAt", signed_in_id as "signedInId", outcome, profile, expires_at as "expiresAt",
           (select citizen_id from sessions.session
            where secret_hash = ${secretHash} and ends_at > ${now} and seen_at > ${idleSince}
              and session.level >= coalesce(request.reached_level, 1)) as "signedInAs"
    from sign_in.request where id = ${id} and session_hash = ${sessionHash} and expires_at > ${now}`;
  return row ? requestOf(row) : null;
}

export interface Identified {
  readonly keyId: string;
  readonly citizenId: string;
  readonly code: KeyCode;
}

/** From "identify" to "code", kept from now on if it was not before. Unmet when another request moved it first. */
export async function moveToCode(
  db: Database,
  row: RequestRow,
  sessionHash: Buffer,
  { keyId, citizenId, code }: Identified,
  now: Date,
): Promise<void> {
  await db`
    with moved as (
      insert into sign_in.request (
        id, session_hash, portal_id, attributes, level, reference, return_to, memory, way_back, step, key_id, citizen_id,
        masked_phone, code_mac, code_resends, code_sent_at, code_expires_at, created_at, expires_at
      ) values (
        ${row.id}, ${sessionHash}, ${row.portalId}, ${JSON.stringify(row.attributes)}::jsonb, ${row.level}, ${row.reference},
        ${row.returnTo}, ${row.memory}, ${row.wayBack}, 'code', ${keyId}, ${citizenId},
        ${code.maskedPhone}, ${code.mac}, ${code.resends}, ${code.sentAt}, ${code.expiresAt}, ${now}, ${row.expiresAt}
      )
      on conflict (id) do update
      set step = 'code', key_id = excluded.key_id, citizen_id = excluded.citizen_id, masked_phone = excluded.masked_phone,
          code_mac = excluded.code_mac, code_resends = excluded.code_resends, code_sent_at = excluded.code_sent_at,
          code_expires_at = excluded.code_expires_at
      where request.step = 'identify' and request.session_hash = excluded.session_hash
      returning id
    )
    select 1 / count(*) as moved from moved`;
}

/** Another code in the place of the one that was loaded. False when that one was replaced or used meanwhile. */
export async function replaceCode(db: Database, { id, code: before }: RequestRow, code: KeyCode): Promise<boolean> {
  const rows = await db`
    update sign_in.request
    set code_mac = ${code.mac}, code_resends = ${code.resends}, code_sent_at = ${code.sentAt}, code_expires_at = ${code.expiresAt}
    where id = ${id} and step = 'code' and code_mac = ${before?.mac} returning id`;
  return rows.length === 1;
}

/** Back to phone and PIN, once the code can no longer be used. */
export async function moveToIdentify(db: Database, { id, code }: RequestRow): Promise<void> {
  await db`
    update sign_in.request set step = 'identify', key_id = null, citizen_id = null, code_mac = null, masked_phone = null
    where id = ${id} and step = 'code' and code_mac = ${code?.mac}`;
}

/** What somebody has proven, as it is kept. */
export interface ProvenRow {
  readonly step: SignInStep;
  readonly citizenId: string;
  readonly proof: Proof;
  readonly reachedLevel: Level;
  readonly authenticatedAt: Date;
  /** Null while a temporary PIN is still to be replaced. */
  readonly signedInId: string | null;
  /** Null where there is nothing to consent to, or not yet. */
  readonly profile: Buffer | null;
}

/**
 * Moves on if the request still is as it was loaded: same step, same code. Unmet when it is not. First of all that is done at
 * once with it, for it locks the request: of parallel right codes one goes on, and a slow one cannot carry the proof of one key
 * into a sign-in that meanwhile went back and identified another.
 */
export async function moveOn(db: Database, { id, step, code }: RequestRow, proven: ProvenRow): Promise<void> {
  mustBeMove(moves, step, proven.step);
  await db`
    with moved as (
      update sign_in.request
      set step = ${proven.step}, proof = ${proven.proof.by}, reached_level = ${proven.reachedLevel},
          authenticated_at = ${proven.authenticatedAt}, signed_in_id = ${proven.signedInId}, profile = ${proven.profile}
      where id = ${id} and step = ${step} and code_mac = ${code?.mac} returning id
    )
    select 1 / count(*) as moved from moved`;
}

/** From "identify" to the step given, kept from now on if it was not before. Unmet when another request moved it first, or when it is over. */
export async function moveByAnswer(
  db: Database,
  row: RequestRow,
  sessionHash: Buffer,
  proven: ProvenRow,
  now: Date,
): Promise<void> {
  const { step, citizenId, proof, reachedLevel, authenticatedAt, signedInId, profile } = proven;
  await db`
    with moved as (
      insert into sign_in.request (
        id, session_hash, portal_id, attributes, level, reference, return_to, memory, way_back, step, proof, key_id, citizen_id,
        reached_level, authenticated_at, signed_in_id, profile, created_at, expires_at
      ) values (
        ${row.id}, ${sessionHash}, ${row.portalId}, ${JSON.stringify(row.attributes)}::jsonb, ${row.level}, ${row.reference},
        ${row.returnTo}, ${row.memory}, ${row.wayBack}, ${step}, ${proof.by}, ${keyOf(proof)}, ${citizenId},
        ${reachedLevel}, ${authenticatedAt}, ${signedInId}, ${profile}, ${now}, ${row.expiresAt}
      )
      on conflict (id) do update
      set step = excluded.step, proof = excluded.proof, key_id = excluded.key_id, citizen_id = excluded.citizen_id,
          reached_level = excluded.reached_level, authenticated_at = excluded.authenticated_at,
          signed_in_id = excluded.signed_in_id, profile = excluded.profile
      where request.step = 'identify' and request.session_hash = excluded.session_hash
      returning id
    )
    select 1 / count(*) as moved from moved`;
}

/** Locks it if it still is as it was loaded. */
export async function hold(db: Database, { id, step, code }: RequestRow): Promise<boolean> {
  const rows = await db`
    select from sign_in.request where id = ${id} and step = ${step} and code_mac = ${code?.mac} for update`;
  return rows.length === 1;
}

/** Of a proof that turned out to be worth nothing. */
export async function remove(db: Database, id: string): Promise<void> {
  await db`delete from sign_in.request where id = ${id}`;
}

export interface Ending {
  readonly outcome: "authorised" | "refused";
  /** What was authorised, sealed, where the protocol will fetch it. */
  readonly answer: Buffer | null;
  /** An index has it: left as it is unless the protocol will fetch the answer. */
  readonly expiresAt: Date;
  /** When the answer went out with the decision itself. */
  readonly answeredAt: Date | null;
}

/** From the step named, or from whatever step it is at. Unmet when it was finished before. */
export async function finish(db: Database, id: string, from: SignInStep | null, ending: Ending): Promise<void> {
  await db`
    with finished as (
      update sign_in.request
      set step = 'finished', outcome = ${ending.outcome}, profile = null, answer = ${ending.answer},
          expires_at = ${ending.expiresAt}, answered_at = ${ending.answeredAt}
      where id = ${id} and step <> 'finished' and (${from}::text is null or step = ${from}) returning id
    )
    select 1 / count(*) as finished from finished`;
}

/** Which standing a decision counts on, in which browser. */
export interface Standing {
  readonly request: RequestRow;
  readonly sessionHash: Buffer;
  readonly claim: SessionClaim;
}

/** As `finish` from the consent. Unmet unless all is as it was when the person was proven, and this browser still signed in as them. */
export async function finishProven(db: Database, standing: Standing, ending: Ending, now: Date): Promise<void> {
  const { request, sessionHash, claim } = standing;
  await db`
    with finished as (
      update sign_in.request
      set step = 'finished', outcome = ${ending.outcome}, profile = null, answer = ${ending.answer},
          expires_at = ${ending.expiresAt}, answered_at = ${ending.answeredAt}
      where id = ${request.id} and step = 'consent' and session_hash = ${sessionHash} and signed_in_id = ${request.signedInId}
        and expires_at > ${now}
        and exists (
          select from sessions.session
          where secret_hash = ${claim.secretHash} and citizen_id = request.citizen_id and session.level >= request.reached_level
            and ends_at > ${now} and seen_at > ${claim.idleSince}
        )
      returning id
    )
    select 1 / count(*) as finished from finished`;
}

/** Of one that was not kept: it is from now on, finished, so that it cannot be gone on with. Unmet when it was kept after all. */
export async function finishUnkept(
  db: Database,
  row: RequestRow,
  sessionHash: Buffer,
  ending: Ending,
  now: Date,
): Promise<void> {
  await db`
    with finished as (
      insert into sign_in.request (
        id, session_hash, portal_id, attributes, level, reference, return_to, memory, way_back, step, outcome, created_at,
        expires_at, answered_at
      ) values (
        ${row.id}, ${sessionHash}, ${row.portalId}, ${JSON.stringify(row.attributes)}::jsonb, ${row.level}, ${row.reference},
        ${row.returnTo}, ${row.memory}, ${row.wayBack}, 'finished', ${ending.outcome}, ${now}, ${ending.expiresAt}, ${ending.answeredAt}
      )
      on conflict (id) do nothing returning id
    )
    select 1 / count(*) as finished from finished`;
}

/** Of whom an answer speaks. */
export type AnsweredRow = Pick<
  RequestRow,
  "portalId" | "citizenId" | "proof" | "reachedLevel" | "authenticatedAt" | "signedInId"
>;

/** With what was authorised, sealed; null where nothing was. */
export type TakenAnswer = AnsweredRow & { readonly id: string; readonly answer: Buffer | null };

type FlatAnswer = Omit<TakenAnswer, "proof"> & { readonly by: ProofKind | null; readonly keyId: string | null };

/** Takes the answer, once: what was authorised is wiped as it is read. */
export async function takeAnswer(db: Database, reference: string, sessionHash: Buffer, now: Date): Promise<TakenAnswer | null> {
  const [row] = await db<FlatAnswer>`
    update sign_in.request set answered_at = ${now}, answer = null
    from (
      select id as taken, answer as sealed from sign_in.request
      where reference = ${reference} and fetched and session_hash = ${sessionHash} and step = 'finished' and answered_at is null
        and expires_at > ${now}
      for update
    ) as before
    where id = taken
    returning id, portal_id as "portalId", proof as by, key_id as "keyId", citizen_id as "citizenId",
              reached_level as "reachedLevel", authenticated_at as "authenticatedAt", signed_in_id as "signedInId",
              sealed as answer`;
  if (!row) return null;
  const { by, keyId, ...answered } = row;
  return { ...answered, proof: by && proofOf(by, keyId) };
}

/** All that wait for a code, a PIN or a decision but the sign-in `spared`. */
export async function deleteOfKey(db: Database, keyId: string, spared: string): Promise<void> {
  await db`delete from sign_in.request where key_id = ${keyId} and step <> 'finished' and id <> ${spared}`;
}

export async function purgeRequests(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from sign_in.request where id in (
      select id from sign_in.request where expires_at < ${now} order by expires_at limit ${limit} for update skip locked
    ) returning 1`;
  return gone.length;
}
