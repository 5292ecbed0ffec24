/** Who may unblock what (docs/law.md#unblocking). */
import type { KeyCondition } from "#core/mobile-keys";
import type { KeyObstacle } from "../contract.ts";

/** A wait, which ends by itself, is not unblocked; nor does a new PIN change what else keeps a key from being used. */
export const obstacles: Readonly<Record<KeyCondition, KeyObstacle | null>> = {
  locked: null,
  active: "key.not-locked",
  temporary: "key.pending-letter",
  "temporary-over": "key.pending-letter",
  frozen: "key.frozen",
  suspended: "key.suspended",
  expired: "key.expired",
};
