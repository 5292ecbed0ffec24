/** The addresses of activation that belong to no channel; those of each are in channels.ts. */
import type { Precedences } from "#platform/http/precedence";
import { places } from "#sites/kit";

export const paths = {
  /** The three ways to a key. */
  ways: places.activate,
  desk: places.desk,
  refused: `${places.activate}/refused`,
} as const;

export const precedences: Precedences = {
  [`${paths.ways}/*/**`]: "begun",
  [paths.ways]: "new",
  [`${paths.ways}/*`]: "new",
};
