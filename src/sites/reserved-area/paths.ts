/** The addresses of the reserved area, and of each act in it. */
import type { ActStep } from "#core/acts";
import type { Precedences } from "#platform/http/precedence";
import { places, type Pages } from "#sites/kit";

export const paths = {
  home: places.reservedArea,
  signOut: places.signOut,
  signedOut: `${places.reservedArea}/signed-out`,
} as const;

/** `path`: of the act's form, under which all the rest is. */
export function actPaths(path: string) {
  const pages: Pages<ActStep> = { form: path, code: `${path}/code`, confirm: `${path}/confirm`, done: `${path}/done` };
  return { pages, cancel: `${path}/cancel`, again: `${path}/again`, refused: `${path}/refused` };
}

export const precedences: Precedences = { [`${paths.home}/**`]: "begun", [paths.home]: "new" };
