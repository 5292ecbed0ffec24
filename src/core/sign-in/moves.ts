import type { Moves } from "#core/vocabulary";
import type { SignInStep } from "./contract.ts";

/** How a sign-in goes on. It may be left at any step, which finishes it; a session that still counts begins it at the consent. */
export const moves: Moves<SignInStep> = {
  identify: ["code", "consent", "finished"],
  code: ["identify", "new-pin", "consent", "finished"],
  "new-pin": ["consent", "finished"],
  consent: ["finished"],
  finished: [],
};
