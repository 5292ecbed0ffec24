/** Pure decisions of signing in (law.md, "Sign-in"). */
import type { AttributeName, Level, RequestedAttribute } from "#core/vocabulary";
import type { Portal } from "#core/portals";
import type { SignInStep } from "./contract.ts";

const minute = 60_000;

export const figures = {
  /** How long a sign-in may take from the portal's request to the answer. */
  requestLives: 30 * minute,
  /** After the person decided, the protocol must fetch the answer. */
  answerLives: 5 * minute,
} as const;

/** The citizen card (law.md: level 4): nothing was activated before, so that nothing weaker stands behind it. */
export const levelOfCard: Level = 4;

/** Never more than the weaker of how the key was activated and how the person proved it: phone, PIN and code give 3. */
export function reachedLevel(keyLevel: Level): Level {
  return keyLevel < 3 ? keyLevel : 3;
}

/** No key gives more than 3, so that a portal which asks more gets the citizen card. */
export function isForCardOnly(asked: Level): boolean {
  return reachedLevel(4) < asked;
}

/** Whoever enters what is ours gives nothing to anybody: there is nothing to consent to. */
export function stepAfterProof({ isOurselves = false }: Pick<Portal, "isOurselves">): "consent" | "finished" {
  return isOurselves ? "finished" : "consent";
}

/** The step after the right code: a temporary PIN must be replaced before anything is told to the portal. */
export function stepAfterCode(pinTemporary: boolean, portal: Pick<Portal, "isOurselves">): SignInStep {
  return pinTemporary ? "new-pin" : stepAfterProof(portal);
}

/** What the portal is told: required attributes and the optional ones left ticked, of those asked, where we have a value. */
export function granted(
  asked: readonly RequestedAttribute[],
  kept: readonly AttributeName[],
  values: Readonly<Partial<Record<AttributeName, string | null>>>,
): Partial<Record<AttributeName, string>> {
  const told = asked.filter(({ name, required }) => required || kept.includes(name));
  return Object.fromEntries(told.flatMap(({ name }) => (typeof values[name] === "string" ? [[name, values[name]]] : [])));
}
