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
  sessionIdle: 60 * minute,
  sessionLives: 8 * 60 * minute,
} as const;

export interface SessionStanding {
  readonly level: number;
  readonly attributes: readonly string[];
  readonly seenAt: Date;
  readonly endsAt: Date;
}

/** A session spares the PIN only for the same attributes at the same or a lower level. Consent is asked all the same. */
export function sessionCovers(
  session: SessionStanding,
  asked: readonly RequestedAttribute[],
  level: Level,
  now: Date,
): boolean {
  const alive = session.endsAt > now && now.getTime() - session.seenAt.getTime() < figures.sessionIdle;
  return alive && session.level >= level && asked.every(({ name }) => session.attributes.includes(name));
}

/** The citizen card (law.md: level 4): nothing was activated before, so that nothing weaker stands behind it. */
export const levelOfCard: Level = 4;

/** Never more than the weaker of how the key was activated and how the person proved it: phone, PIN and code give 3. */
export function reachedLevel(keyLevel: Level): Level {
  return keyLevel < 3 ? keyLevel : 3;
}

/** By what it is known who somebody is, if it is: the card leaves no key behind. */
export function provenBy({
  keyId,
  citizenId,
}: {
  keyId: string | null;
  citizenId: string | null;
}): "key" | "citizen-card" | null {
  if (citizenId === null) return null;
  return keyId === null ? "citizen-card" : "key";
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
