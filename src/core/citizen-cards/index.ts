/** A citizen card, its reader and its PIN: who stands before us, by whichever of the two ways the card was reached. */
export type { Card, CardAuthority, CardHolder, CardRefusal, JudgedCard } from "./card-authority.ts";
export type { CardFailure, CardProof, CardPurpose, CardQuestion, CitizenCards, IdentifyByCardRefusal } from "./contract.ts";
export { createCitizenCards } from "./citizen-cards.ts";
