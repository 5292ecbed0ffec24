/** Letters: composed, encrypted for the printer, handed to the post office; and its news of them. */
export { createPostalCarrier } from "./postal-carrier.ts";
export type { PostalCarrierNeeds } from "./postal-carrier.ts";
export type { LetterLanguages, LetterWords } from "./letter-words.ts";
