/** Assurance levels on the wire: the eIDAS names, and the numbers of the national `fa` scale. */

import type { Level, Proof, ProofKind } from "#core/vocabulary";
const acrTable: readonly { readonly acr: string; readonly level: Level }[] = [
  { acr: "http://eidas.europa.eu/LoA/low", level: 2 },
  { acr: "http://eidas.europa.eu/LoA/substantial", level: 3 },
  { acr: "http://eidas.europa.eu/LoA/high", level: 4 },
  { acr: "1", level: 1 },
  { acr: "2", level: 2 },
  { acr: "3", level: 3 },
  { acr: "4", level: 4 },
];

/** What the discovery document may promise where nobody gets higher than that level. */
export const acrValuesUpTo = (highest: Level): string[] =>
  acrTable.filter(({ level }) => level <= highest).map(({ acr }) => acr);

/** What a request says of the level: values it can live with, and whether it can live without them. */
export interface WantedAcr {
  readonly values: readonly string[];
  /** OpenID Connect Core 5.5.1.1: fail rather than answer with another. */
  readonly essential: boolean;
}

const namedIn = (values: readonly string[]) => acrTable.filter(({ acr }) => values.includes(acr));

/** The lowest level that satisfies the request, never below what the portal always wants. */
export function levelToReach({ values }: WantedAcr, minimum: Level): Level {
  const lowest = namedIn(values).reduce<Level | undefined>(
    (low, { level }) => (low === undefined || level < low ? level : low),
    undefined,
  );
  return lowest === undefined || lowest < minimum ? minimum : lowest;
}

/** The best of the wanted values that was reached; else, when the request allows, our own name for it; else null. */
export function acrReached({ values, essential }: WantedAcr, reached: Level): string | null {
  const candidates = namedIn(values).filter(({ level }) => level <= reached);
  const best = candidates.toSorted((left, right) => right.level - left.level)[0];
  if (best !== undefined) return best.acr;
  if (essential) return null;
  return acrTable.find(({ level }) => level === reached)?.acr ?? null;
}

/** By what a person proved who they are, in the words of RFC 8176. */
const amrTable: Readonly<Record<ProofKind, readonly string[]>> = {
  "key-and-code": ["pin", "sms", "mfa"],
  "citizen-card": ["sc", "pin", "mfa"],
};

export const amrOf = ({ by }: Pick<Proof, "by">): string[] => [...amrTable[by]];
