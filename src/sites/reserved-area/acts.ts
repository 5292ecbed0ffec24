/** The table of acts, as the reserved area offers them. */
import type { ActName } from "#core/acts";
import type { ActLook } from "./act-site.ts";
import { changeEmail } from "./change-email.act.ts";
import { unblock } from "./unblock.act.ts";

export const acts = { unblock, "change-email": changeEmail } satisfies Readonly<Record<ActName, ActLook>>;
