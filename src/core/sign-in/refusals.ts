/** What each refusal of a sign-in means. The codes are those of contract.ts. */
import type { RefusalMeanings } from "#core/vocabulary";
import type { CardOnly, Gone, OutOfStep } from "./contract.ts";

export const signInMeanings: RefusalMeanings<Gone | OutOfStep | CardOnly | "sign-in.refused"> = {
  "sign-in.gone": {
    happened: "No sign-in of that name is under way in this browser: it is over, timed out, or its session ended.",
    desk: null,
  },
  "sign-in.out-of-step": {
    happened: "The page is not of the step at which the sign-in stands; the browser is led there.",
    desk: null,
  },
  "sign-in.card-only": {
    happened: "The portal asks a level that no key reaches.",
    desk: "The citizen card opens it; a key does not.",
  },
  "sign-in.refused": {
    happened:
      "Unknown number, wrong PIN, or a key that is locked, waiting, expired or frozen: one answer for all, so that nobody learns which. The owner of the number is told the truth by SMS.",
    desk: "Look at the state of the key with the document at hand: unblock it, or activate a new one.",
  },
};
