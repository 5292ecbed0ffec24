/** What each refusal of an activation means; any of them but a mistake in the form ends it (docs/law.md#error-ends). The codes are those of contract.ts. */
import type { RefusalMeanings } from "#core/vocabulary";
import type { CardFailure, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { ActivationRefusal } from "./contract.ts";

export const activationMeanings: RefusalMeanings<
  | Exclude<ActivationRefusal, IdentifyByCardRefusal | CardFailure | "sms.too-many" | "code.wrong" | "code.expired">
  | "signature-pin.weak"
  | "signature.too-young"
> = {
  "consent.refused": {
    happened: "The holder of the card did not agree to what was read from it.",
    desk: null,
  },
  "key.changed": {
    happened: "Another key came to be, or ended, while this one was asked for; nothing was done.",
    desk: "Look at which key the person has now.",
  },
  "key.kept": {
    happened: "The holder chose to keep the key they have.",
    desk: null,
  },
  "activation.gone": {
    happened: "No activation is under way in this browser: it timed out, or another one took its place.",
    desk: null,
  },
  "activation.out-of-step": {
    happened: "The page is not of the step at which the activation stands; the browser is led there.",
    desk: null,
  },
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
  "key.exists": {
    happened: "The person has a key; the tax authority never replaces one.",
    desk: "Replace the key here, with the document at hand.",
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
  "phone.taken": {
    happened: "The number belongs to another key. Said only after its possession was proven.",
    desk: "Use another number, or have the key that holds it changed by its owner.",
  },
  "signature-pin.weak": {
    happened: "The signature PIN chosen is refused by the rules for PINs.",
    desk: null,
  },
  "signature.too-young": {
    happened: "The person is not yet of the age from which documents may be signed.",
    desk: "The signature can be enabled from that birthday on.",
  },
};
