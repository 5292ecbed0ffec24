/** What each refusal of this channel alone means (docs/law.md#error-ends); those of a person and a document are citizen-cards' too. */
import type { IdentifyByCardRefusal } from "#core/citizen-cards";
import type { RefusalMeanings } from "#core/vocabulary";
import type { CommonRefusal } from "../../common.ts";
import type { TaxLetterRefusal } from "./contract.ts";

export const taxLetterMeanings: RefusalMeanings<Exclude<TaxLetterRefusal, CommonRefusal | IdentifyByCardRefusal>> = {
  "tax-authority.refused": {
    happened: "The person did not authorise the tax authority to tell number and name.",
    desk: "Activate here instead.",
  },
  "tax-authority.failed": {
    happened: "The answer of the tax authority was forged, stale or seen before.",
    desk: "Begin anew in one window.",
  },
  "tax-authority.unavailable": {
    happened: "The tax authority did not answer in time.",
    desk: "Try again later, or activate here.",
  },
  "document.identity-document": {
    happened: "The person holds an Identity Document (BI), with which nobody activates online.",
    desk: "Activate here, with the BI.",
  },
  "address.unknown": {
    happened: "The civil registry has no address to which a letter could go.",
    desk: "Have the address completed, or activate here.",
  },
  "address.recently-changed": {
    happened: "The address changed within the last 30 days: whoever wants the letter may have changed it.",
    desk: "Activate here.",
  },
  "letter.pending": {
    happened: "A letter with a temporary PIN is on its way, and its PIN is still good.",
    desk: "Activate here, which makes the letter worthless.",
  },
  "letter.returned": {
    happened: "The last letter came back, and the address is still the same.",
    desk: "Have the address corrected, or activate here.",
  },
  "letter.too-soon": {
    happened: "A letter was asked for within the last 24 hours.",
    desk: "Activate here.",
  },
  "letter.too-many": {
    happened: "Three letters were asked for within a year.",
    desk: "Activate here.",
  },
};
