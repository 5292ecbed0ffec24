/** What each refusal of an act means; any but a mistake in the form ends it (docs/law.md#acts). The codes are those of contract.ts. */
import type { RefusalMeanings } from "#core/vocabulary";
import type { ActRefusal, ProofWanted } from "./contract.ts";

export const actMeanings: RefusalMeanings<Exclude<ActRefusal, "sms.too-many" | "code.wrong" | "code.expired"> | ProofWanted> = {
  "proof.wanted": {
    happened: "Nobody is signed in here by a proof that this act takes, or not just now; it is asked for.",
    desk: null,
  },
  "key.none": { happened: "The person has no key.", desk: "Activate one here, with the document at hand." },
  "key.locked": {
    happened: "The key is locked; it is unblocked first.",
    desk: "Unblock the key with a new PIN, with the document at hand.",
  },
  "key.not-locked": { happened: "The key is not locked; a wait after wrong PINs ends by itself.", desk: null },
  "key.pending-letter": {
    happened: "The key still waits for its letter, or for the first sign-in with its temporary PIN.",
    desk: "Activate here instead, if the letter does not come.",
  },
  "key.frozen": { happened: "The key is frozen.", desk: "Unfreeze it with the document at hand." },
  "key.suspended": { happened: "The key is suspended.", desk: "Find out why it was suspended before anything is done to it." },
  "key.expired": { happened: "The key ended with its document.", desk: "Renew the document, then activate a key." },
  "act.gone": { happened: "No such act is under way in this session, or it timed out.", desk: null },
  "act.out-of-step": { happened: "The page is not of the step at which the act stands; the browser is led there.", desk: null },
  "pin.same": { happened: "The PIN chosen is the one that the key had: somebody else may know it.", desk: null },
  "email.too-many": {
    happened: "A budget for messages to this e-mail address, or from this key, is spent for now.",
    desk: "Wait an hour; if the person received none, look at the address letter by letter.",
  },
  "key.changed": {
    happened: "The key was cancelled, replaced or changed elsewhere meanwhile; nothing was done.",
    desk: "Look at which key the person has now.",
  },
};
