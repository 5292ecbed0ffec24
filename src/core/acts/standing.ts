/** Where an act stands for whoever asks: by what proof they are here, what is under way in their session, whether their key is fit for it. */
import type { OwnedKey } from "#core/mobile-keys";
import type { SignedIn } from "#core/sessions";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Actor, ActRefusal, KeyObstacle, ProofWanted } from "./contract.ts";
import type { ActDefinition, ActNeeds } from "./definition.ts";
import { figures, hasProven, judgeCondition } from "./rules.ts";
import { loadAct } from "./store.ts";
import type { ActRow } from "./store.ts";

export type Proofs = Pick<ActDefinition<never, object, string>, "name" | "proofs" | "obstacles">;

/** Whoever opened this browser's session with a proof that will do, and it is the session that the page was about. */
async function provenWithin({ floor, sessions }: ActNeeds, { proofs }: Proofs, actor: Actor, within: number) {
  const who = await sessions.whoIsHere(actor);
  const isShown = who !== null && (actor.shownIn ?? who.sessionId) === who.sessionId;
  return isShown && hasProven(who, proofs, floor.clock.now(), within) ? { ...done, who } : refused("proof.wanted");
}

/** As `provenWithin`, just now. */
export function proven(needs: ActNeeds, act: Proofs, actor: Actor): Promise<Outcome<{ who: SignedIn }, ProofWanted>> {
  return provenWithin(needs, act, actor, figures.proofHolds);
}

/** What is under way in this session, which outlives the proof's ten minutes by as long as its code may take. */
export async function underWay(
  needs: ActNeeds,
  act: Proofs,
  actor: Actor,
): Promise<Outcome<{ who: SignedIn; row: ActRow | null }, ProofWanted>> {
  const found = await provenWithin(needs, act, actor, Number.POSITIVE_INFINITY);
  const { db, clock } = needs.floor;
  return found.ok ? { ...found, row: await loadAct(db, act.name, found.who.sessionId, clock.now()) } : found;
}

/** What waits to be confirmed in this session. */
export async function waiting(
  needs: ActNeeds,
  act: Proofs,
  actor: Actor,
): Promise<Outcome<{ who: SignedIn; row: ActRow }, ProofWanted | ActRefusal>> {
  const found = await underWay(needs, act, actor);
  if (!found.ok) return found;
  const { who, row } = found;
  if (row === null) return refused("act.gone");
  return row.step === "done" ? refused("act.out-of-step") : { ...done, who, row };
}

/** The key it is to be done to: the person's own, and fit for it. */
export async function fitKey(
  { people: { keys } }: ActNeeds,
  { obstacles }: Proofs,
  citizenId: string,
): Promise<Outcome<{ key: OwnedKey }, KeyObstacle>> {
  const key = await keys.owned(citizenId);
  const obstacle = judgeCondition(obstacles, key?.condition ?? null);
  if (obstacle !== null) return refused(obstacle);
  return key ? { ...done, key } : refused("key.none");
}
