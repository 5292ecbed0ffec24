/** The person decides what the portal is told, or leaves; the portal is answered, once. */
import type { AttributeName, Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { KeySummary, MobileKeys } from "#core/mobile-keys";
import type { Sessions } from "#core/sessions";
import { fingerprint } from "#platform/fingerprint";

import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Answer, SignIn, WayBack } from "./contract.ts";
import type { RecentSignIns } from "./recent-sign-ins.ts";
import type { Granted, Profiles } from "./profiles.ts";
import type { Requests } from "./requests.ts";
import { figures, granted } from "./rules.ts";
import * as store from "./store.ts";
import type { AnsweredRow, LoadedRequest, RequestRow } from "./store.ts";

export interface DecidingNeeds {
  readonly floor: Floor;
  readonly keys: MobileKeys;
  readonly sessions: Sessions;
  readonly activity: Activity;
  readonly kept: { readonly requests: Requests; readonly profiles: Profiles; readonly recent: RecentSignIns };
}

type Deciding = Pick<SignIn, "giveWayBack" | "decide" | "cancel" | "answer">;

/** What finishes the sign-in, asked at once with all that its answer needs. */
type Finishing = (ending: store.Ending) => readonly Promise<void>[];

type Verdict = { readonly outcome: "authorised"; readonly values: Granted } | { readonly outcome: "refused" };

export function createDeciding({ floor, keys, sessions, activity, kept }: DecidingNeeds): Deciding {
  const { db, clock } = floor;
  const { requests, profiles, recent } = kept;
  const waysBack = new Map<string, WayBack>();

  /** The sign-in and its key, if that may still be used: together where it is known whose key it is. */
  async function loadBoth(id: string, visitor: Visitor): Promise<{ request: LoadedRequest | null; key: KeySummary | null }> {
    const seenHere = recent.of(id);
    if (seenHere) {
      const [request, key] = (await db.atOnce(() => [requests.load(id, visitor), keys.loadUsable(seenHere.keyId)])) ?? [
        null,
        null,
      ];
      if (request?.keyId === seenHere.keyId) return { request, key };
    }
    const request = await requests.load(id, visitor);
    return { request, key: request?.keyId ? await keys.loadUsable(request.keyId) : null };
  }

  function wayBackOf({ wayBack }: RequestRow): WayBack | undefined {
    if (wayBack === null) return undefined;
    const known = waysBack.get(wayBack);
    if (known === undefined) throw new Error(`nobody gave the way back ${wayBack}`);
    return known;
  }

  /** The decision with its answer, where `finishing` can be met: the address to go to, null where it cannot. */
  async function end(request: RequestRow, verdict: Verdict, finishing: Finishing): Promise<string | null> {
    const values = verdict.outcome === "authorised" ? verdict.values : {};
    const wayBack = wayBackOf(request);
    const isFetched = wayBack === undefined;
    const ending = {
      outcome: verdict.outcome,
      granted: isFetched && verdict.outcome === "authorised" ? await profiles.sealGranted(request.id, values) : null,
      expiresAt: isFetched ? new Date(clock.now().getTime() + figures.answerLives) : request.expiresAt,
      answeredAt: isFetched ? null : clock.now(),
    };
    const { citizenId, portalId, returnTo } = request;
    const kind = verdict.outcome === "authorised" ? "sign-in.authorised" : "sign-in.refused-by-person";
    const detail = { attributes: Object.keys(values), ...(request.proof?.by === "citizen-card" && { by: "citizen-card" }) };
    const event = await activity.prepare({ kind, citizenId, portalId, detail });
    const answer = answerWith(request, verdict.outcome, values);
    const { address, keep } = wayBack ? await wayBack(answer, request.memory ?? "") : { address: returnTo, keep: [] };
    const finished = await db.atOnce(() => [...finishing(ending), event(), ...keep.map((each) => each())]);
    recent.forget(request.id);
    return finished && address;
  }

  async function told(request: RequestRow, chosen: readonly AttributeName[]): Promise<Verdict> {
    const { values } = await profiles.read(request);
    return { outcome: "authorised", values: granted(request.attributes, chosen, values) };
  }

  /** Where this process proved the person: without loading anything, as long as all is found as it was. */
  async function authoriseProven(id: string, visitor: Visitor, chosen: readonly AttributeName[]): Promise<string | null> {
    const { session, signedIn } = visitor;
    const request = recent.proven(id, session);
    const keyId = request?.keyId ?? null;
    if (request === null || keyId === null || signedIn === null || !(await requests.withPortal(request)).ok) return null;
    const standing = { request, sessionHash: fingerprint(session), claim: sessions.claimOf(visitor) };
    return end(request, await told(request, chosen), (ending) => [
      store.finishProven(db, standing, ending, clock.now()),
      keys.requireUsable(keyId),
    ]);
  }

  async function answerOf(row: AnsweredRow): Promise<Answer> {
    const { outcome, granted: contents } = row;
    if (outcome !== "authorised" || !contents) return answerWith(row, "refused", {});
    return answerWith(row, outcome, await profiles.openGranted(row.id, contents));
  }

  return {
    giveWayBack: (name, wayBack) => void waysBack.set(name, wayBack),

    async decide(id, visitor, decision, chosen) {
      const address = decision === "authorise" ? await authoriseProven(id, visitor, chosen) : null;
      if (address !== null) return { ...done, returnTo: address };
      const { request: loaded, key } = await loadBoth(id, visitor);
      const found = await requests.at("consent", id, visitor, Promise.resolve(loaded));
      if (!found.ok) return found;
      const { request } = found;
      const finishing: Finishing = (ending) => [store.finish(db, id, "consent", ending)];
      const answered = (returnTo: string | null) =>
        returnTo === null ? refused("sign-in.out-of-step") : { ...done, returnTo };
      if (decision === "refuse") return answered(await end(request, { outcome: "refused" }, finishing));
      // Somebody may have signed out in another tab, or the key may have ended.
      const isStillSignedIn = request.signedInAs !== null && request.signedInAs === request.citizenId;
      if (!isStillSignedIn || (!key && request.proof?.by !== "citizen-card")) return refused("sign-in.gone");
      return answered(await end(request, await told(request, chosen), finishing));
    },

    async cancel(id, visitor) {
      const kept = await requests.load(id, visitor);
      const opened = kept ? { ...done, request: kept } : await requests.at("identify", id, visitor);
      if (!opened.ok) return refused("sign-in.gone");
      const { request } = opened;
      const returnTo = await end(request, { outcome: "refused" }, (ending) => [
        kept
          ? store.finish(db, id, null, ending)
          : store.finishUnkept(db, request, fingerprint(visitor.session), ending, clock.now()),
      ]);
      return { ...done, returnTo: returnTo ?? request.returnTo };
    },

    async answer(reference, visitor) {
      const row = await store.takeAnswer(db, reference, fingerprint(visitor.session), clock.now());
      return row && answerOf(row);
    },
  };
}

function answerWith(
  row: Omit<AnsweredRow, "outcome" | "granted">,
  outcome: "authorised" | "refused",
  attributes: Granted,
): Answer {
  const remembered = row.memory === null ? {} : { memory: row.memory };
  if (outcome === "refused") return { outcome, ...remembered };
  const { citizenId, portalId, proof, reachedLevel: level, authenticatedAt, signedInId: sessionId } = row;
  if (citizenId === null || proof === null || level === null || authenticatedAt === null || sessionId === null)
    throw new Error("an authorised sign-in lacks its proof");
  return { outcome, citizenId, portalId, proof, level, attributes, authenticatedAt, sessionId, ...remembered };
}
