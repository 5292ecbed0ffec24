/** What each refusal of this channel alone means (docs/law.md#error-ends); the card's own are in citizen-cards. */
import type { CardFailure, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { RefusalMeanings } from "#core/vocabulary";
import type { CitizenCardRefusal } from "./contract.ts";

export const citizenCardMeanings: RefusalMeanings<Exclude<CitizenCardRefusal, IdentifyByCardRefusal | CardFailure>> = {
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
};
