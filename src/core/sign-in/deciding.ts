/** The person decides what the portal is told, or leaves; the portal is answered, once. */
import type { AttributeName, Visitor } from "#core/vocabulary";
import { fingerprint } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Answer, Gone, OutOfStep, Return } from "./contract.ts";
import { load, loadAt } from "./load.ts";
import type { Beside, Loaded } from "./load.ts";
import type { Needs } from "./needs.ts";
import { openAnswer, openProfile, sealAnswer } from "./profiles.ts";
import type { Told } from "./profiles.ts";
import { authorised, detailOf, figures } from "./rules.ts";
import * as store from "./store.ts";
import type { Ending, RequestRow } from "./store.ts";
import { answerOf, carriedBy, wayBackOf } from "./way-back.ts";

/** What finishes the sign-in, asked at once with all that its answer needs. */
type Finishing = (ending: Ending) => readonly Promise<void>[];

export async function decide(
  needs: Needs,
  id: string,
  visitor: Visitor,
  decision: "authorise" | "refuse",
  ticked: readonly AttributeName[],
): Promise<Outcome<{ to: Return }, Gone | OutOfStep>> {
  const at = decision === "authorise" ? await authoriseProven(needs, id, visitor, ticked) : null;
  if (at !== null) return { ...done, to: at };
  const look = { in: ["row", "slip"], step: "consent", beside: keyStanding(needs) } as const;
  const found = await loadAt(needs, id, visitor, look);
  if (!found.ok) return found;
  const { request } = found;
  if (decision === "authorise" && !isStillProven(found)) return refused("sign-in.gone");
  const told = decision === "authorise" ? await toldOf(needs, request, ticked) : null;
  const to = await end(needs, request, told, (ending) => [store.finish(needs.floor.db, id, "consent", ending)]);
  return to === null ? refused("sign-in.out-of-step") : { ...done, to };
}

const keyStanding = ({ proofs }: Needs): Beside<readonly [Promise<boolean>]> => ({
  ask: ({ keyId }) => [proofs.keyHolds(keyId)],
});

/** Somebody may have signed out in another tab, or the key may have ended. */
function isStillProven({ request, beside }: Loaded<readonly [Promise<boolean>]>): boolean {
  const isSignedIn = request.signedInAs !== null && request.signedInAs === request.citizenId;
  return isSignedIn && (request.keyId === null || beside?.[0] === true);
}

async function toldOf({ floor }: Needs, request: RequestRow, ticked: readonly AttributeName[]): Promise<Told> {
  const { values } = await openProfile(floor.secrets, request);
  return authorised(request.attributes, ticked, values);
}

/** Where this process proved the person: without loading anything, as long as all is found as it was. */
async function authoriseProven(
  needs: Needs,
  id: string,
  visitor: Visitor,
  ticked: readonly AttributeName[],
): Promise<Return | null> {
  const { floor, sessions, proofs } = needs;
  if (visitor.signedIn === null) return null;
  const found = await load(needs, id, visitor, { in: ["proven"] });
  const proof = found.ok ? found.request.proof : null;
  if (!found.ok || proof === null) return null;
  const { request } = found;
  const standing = { request, sessionHash: fingerprint(visitor.session), claim: sessions.claimOf(visitor) };
  return end(needs, request, await toldOf(needs, request, ticked), (ending) => [
    store.finishProven(floor.db, standing, ending, floor.clock.now()),
    ...proofs.requireHolding(proof),
  ]);
}

/** Leaves at any step; one that was not kept is from now on, finished, so that it cannot be gone on with. */
export async function cancel(needs: Needs, id: string, visitor: Visitor): Promise<Outcome<{ to: Return }, Gone>> {
  const { db, clock } = needs.floor;
  const found = await load(needs, id, visitor, { in: ["row", "slip"] });
  if (!found.ok) return found;
  const { request, source } = found;
  const to = await end(needs, request, null, (ending) => [
    source === "row"
      ? store.finish(db, id, null, ending)
      : store.finishUnkept(db, request, fingerprint(visitor.session), ending, clock.now()),
  ]);
  return { ...done, to: to ?? { redirect: request.returnTo } };
}

/** The decision with its answer, where `finishing` can be met: where to go with it, null where it cannot. `told`: null for no. */
async function end(needs: Needs, request: RequestRow, told: Told | null, finishing: Finishing): Promise<Return | null> {
  const { db } = needs.floor;
  const carried = await carriedBy(wayBackOf(needs, request), answerOf(request, told), request);
  const ending = carried ? carriedEnding(needs, request, told) : await fetchedEnding(needs, request, told);
  const event = await preparedEvent(needs, request, told);
  const keep = carried?.keep ?? [];
  const finished = await db.atOnce(() => [...finishing(ending), event(), ...keep.map((each) => each())]);
  needs.recent.forget(request.id);
  return finished && (carried?.to ?? { redirect: request.returnTo });
}

const outcomeOf = (told: Told | null) => (told === null ? "refused" : "authorised");

/** It goes out with the decision itself. An index has `expiresAt`, which is left as it is. */
function carriedEnding({ floor }: Needs, { expiresAt }: RequestRow, told: Told | null): Ending {
  return { outcome: outcomeOf(told), answer: null, expiresAt, answeredAt: floor.clock.now() };
}

async function fetchedEnding({ floor }: Needs, { id }: RequestRow, told: Told | null): Promise<Ending> {
  const expiresAt = new Date(floor.clock.now().getTime() + figures.answerLives);
  const sealed = told && (await sealAnswer(floor.secrets, id, told));
  return { outcome: outcomeOf(told), answer: sealed, expiresAt, answeredAt: null };
}

function preparedEvent({ activity }: Needs, { citizenId, portalId, proof }: RequestRow, told: Told | null) {
  const kind = told === null ? "sign-in.refused-by-person" : "sign-in.authorised";
  return activity.prepare({ kind, citizenId, portalId, detail: { attributes: Object.keys(told ?? {}), ...detailOf(proof) } });
}

/** For the protocol that fetches it: once, by the browser that gave it. */
export async function answer({ floor }: Needs, reference: string, visitor: Visitor): Promise<Answer | null> {
  const row = await store.takeAnswer(floor.db, reference, fingerprint(visitor.session), floor.clock.now());
  if (!row) return null;
  return answerOf(row, row.answer && (await openAnswer(floor.secrets, row.id, row.answer)));
}
