import type { Moves } from "#core/vocabulary";
import type { Step } from "./common.ts";

/** How an activation goes on, in whatever channel. A refusal at any step ends it. */
export const moves: Moves<Step> = {
  identify: ["consent", "contact"],
  consent: ["replace", "contact"],
  replace: ["contact"],
  contact: ["code"],
  code: ["done"],
  done: [],
};
