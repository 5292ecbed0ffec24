/** The addresses of the reserved area, and of each act in it. */
import type { UnblockingStep } from "#core/unblocking";
import type { Precedences } from "#platform/http/precedence";
import { places, type Pages } from "#sites/kit";

export const paths = {
  home: places.reservedArea,
  signOut: places.signOut,
  signedOut: `${places.reservedArea}/signed-out`,
} as const;

export const unblockPaths = {
  pages: {
    pin: places.unblock,
    code: `${places.unblock}/code`,
    done: `${places.unblock}/done`,
  } satisfies Pages<UnblockingStep>,
  cancel: `${places.unblock}/cancel`,
  refused: `${places.unblock}/refused`,
} as const;

export const precedences: Precedences = { [`${paths.home}/**`]: "begun", [paths.home]: "new" };
