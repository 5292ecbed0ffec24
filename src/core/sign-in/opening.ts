/** What a proof opens: a session of its own, the step after it, and what may be told on the consent. */
import type { Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { Portal } from "#core/portals";
import type { Proven } from "#core/proofs";
import type { NewSession } from "#core/sessions";
import type { Ready } from "#platform/jobs";
import type { SignInStep } from "./contract.ts";
import type { Loaded } from "./load.ts";
import type { Needs } from "./needs.ts";
import { sealProfile } from "./profiles.ts";
import type { Citizen } from "./profiles.ts";
import { detailOf, stepAfterProof } from "./rules.ts";
import type { ProvenRow } from "./store.ts";

export interface Opening {
  readonly session: NewSession;
  /** What the row of the sign-in is from now on. */
  readonly row: ProvenRow & { readonly signedInId: string };
  readonly entry: readonly Ready[];
}

export async function opened(
  needs: Needs,
  { request, portal }: Pick<Loaded, "request" | "portal">,
  proven: Proven,
  citizen: Citizen | null,
): Promise<Opening> {
  const { citizenId, proof, level, contact } = proven;
  const session = needs.sessions.draw({ citizenId, proof, level, attributes: request.attributes.map(({ name }) => name) });
  const step = stepAfterProof(portal);
  const profile = step === "consent" ? await sealProfile(needs.floor.secrets, request, contact, citizen) : null;
  const row = { ...rowOf(proven, step, session.authenticatedAt), profile, signedInId: session.id };
  return { session, row, entry: await entryAt(needs.activity, portal, proven) };
}

/** A temporary PIN opens nothing: first it is replaced. */
export const stillClosed = (needs: Needs, proven: Proven): ProvenRow => rowOf(proven, "new-pin", needs.floor.clock.now());

function rowOf({ citizenId, proof, level }: Proven, step: SignInStep, authenticatedAt: Date): ProvenRow {
  return { step, citizenId, proof, reachedLevel: level, authenticatedAt, signedInId: null, profile: null };
}

/** Everything that is done at once with the sign-in's own move, which comes first: it locks the row. */
export function openingStatements(needs: Needs, opening: Opening | null, proven: Proven, visitor: Visitor): Promise<void>[] {
  return [
    ...needs.sessions.open(opening?.session ?? null, visitor),
    ...[...proven.ready, ...(opening?.entry ?? [])].map((each) => each()),
  ];
}

/**
 * Entering the reserved area tells nobody anything, so that there is no decision to record: it is part of the person's history as
 * it is. A sign-in at a portal is recorded when the person decides.
 */
async function entryAt(activity: Activity, { id: portalId, isOurselves = false }: Portal, { citizenId, proof }: Proven) {
  if (!isOurselves) return [];
  return [await activity.prepare({ kind: "reserved-area.entered", citizenId, portalId, detail: detailOf(proof) })];
}
