/** The few words that all of core shares. No rule, no state. */
export { attributeNames } from "./attributes.ts";
export type { AttributeName, RequestedAttribute } from "./attributes.ts";
export { inEachLanguage, inLanguage, isLanguage, languages } from "./language.ts";
export type { Language, Multilingual } from "./language.ts";
export type { Level } from "./level.ts";
export { mustBeMove } from "./moves.ts";
export type { Moves } from "./moves.ts";
export { keyOf, proofOf } from "./proof.ts";
export type { Proof, ProofKind } from "./proof.ts";
export type { RefusalMeaning, RefusalMeanings } from "./refusal.ts";
export type { Visitor } from "./visitor.ts";
