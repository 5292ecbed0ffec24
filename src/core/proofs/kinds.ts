/** Every kind of proof: what each is worth, and those that are one question and one answer. Another is a row in each table, and a folder. */
import type { Level, ProofKind } from "#core/vocabulary";
import { createCitizenCardProof, worthOfCard } from "./citizen-card/citizen-card.ts";
import type { AskedOfCard, CitizenCardNeeds } from "./citizen-card/citizen-card.ts";
import { worthOfKeyAndCode } from "./key-and-code/worth.ts";
import type { AskedProof } from "./proven.ts";

/** The best that each reaches (docs/law.md#levels). */
const worth: Readonly<Record<ProofKind, Level>> = {
  "key-and-code": worthOfKeyAndCode,
  "citizen-card": worthOfCard,
};

export function reaches(by: ProofKind, level: Level): boolean {
  return worth[by] >= level;
}

/** Of each: what is asked, what is shown, and why it may be refused. */
export interface AskedKinds {
  readonly "citizen-card": AskedOfCard;
}

export type AskedKind = keyof AskedKinds;
export type AskedProofs = { readonly [By in AskedKind]: AskedProof<AskedKinds[By]> };

export function createAskedProofs(needs: CitizenCardNeeds): AskedProofs {
  return {
    "citizen-card": createCitizenCardProof(needs),
  };
}
