/** How the portal is answered: by the way back that its protocol has given. */
import type { Answer, AnsweredWith, WayBack } from "./contract.ts";
import type { Needs } from "./needs.ts";
import type { Told } from "./profiles.ts";
import type { AnsweredRow, RequestRow } from "./store.ts";

export function wayBackOf({ waysBack }: Pick<Needs, "waysBack">, { wayBack }: Pick<RequestRow, "wayBack">): WayBack {
  const given = waysBack.get(wayBack);
  if (given === undefined) throw new Error(`nobody gave the way back ${wayBack}`);
  return given;
}

/** Null where the protocol will fetch the answer at its own door. */
export async function carriedBy(wayBack: WayBack, answer: Answer, { memory }: RequestRow): Promise<AnsweredWith | null> {
  return wayBack === "fetched" ? null : wayBack(answer, memory);
}

export function answerOf(row: AnsweredRow, told: Told | null): Answer {
  if (told === null) return { outcome: "refused" };
  const { citizenId, portalId, proof, reachedLevel: level, authenticatedAt, signedInId: sessionId } = row;
  if (citizenId === null || proof === null || level === null || authenticatedAt === null || sessionId === null)
    throw new Error("an authorised sign-in lacks its proof");
  return { outcome: "authorised", citizenId, portalId, proof, level, attributes: told, authenticatedAt, sessionId };
}
