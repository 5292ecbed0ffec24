/** What each refusal about a one-time code means, whatever act it was for. */
import type { RefusalMeanings } from "#core/vocabulary";

export const codeMeanings: RefusalMeanings<"code.wrong" | "code.expired" | "code.used-up" | "code.too-soon" | "code.no-more"> =
  {
    "code.wrong": {
      happened: "The code typed is not the one that was sent.",
      desk: null,
    },
    "code.expired": {
      happened: "The time of the code ran out before it was typed.",
      desk: null,
    },
    "code.used-up": {
      happened:
        "Three codes were wrong after a right PIN: somebody who is not the owner probably knows the PIN, and the key is locked.",
      desk: "Unblock the key with a new PIN, with the document at hand.",
    },
    "code.too-soon": {
      happened: "Another code was asked for within the wait between two.",
      desk: null,
    },
    "code.no-more": {
      happened: "No further code is sent for this act.",
      desk: null,
    },
  };
