import type { Moves } from "#core/vocabulary";
import type { ActStep } from "./contract.ts";

/** How an act goes on: by a code, or by a button where none is sent. A refusal ends it; an act that repeats begins anew from its end. */
export const moves: Moves<ActStep> = {
  form: ["code", "confirm"],
  code: ["done"],
  confirm: ["done"],
  done: [],
};
