/** The table of acts, as the reserved area offers them. */
import type { Hono } from "hono";
import type { ActName, Acts } from "#core/acts";
import type { Kit, States } from "#sites/kit";
import { actPages } from "./act.pages.ts";
import type { ActLook } from "./act-site.ts";
import { changeEmail } from "./change-email.act.ts";
import { changeEmailStates } from "./change-email.states.ts";
import type { Door } from "./door.ts";
import { unblock } from "./unblock.act.ts";
import { unblockStates } from "./unblock.states.ts";

export const acts = { unblock, "change-email": changeEmail } satisfies Readonly<Record<ActName, ActLook>>;

export const actStates: States = { ...unblockStates, ...changeEmailStates };

export type CoreActs = Omit<Acts, "purge">;

export function openActs(app: Hono, room: { readonly kit: Kit; readonly door: Door }, core: CoreActs): void {
  actPages(app, { ...room, act: core.unblock, site: acts.unblock });
  actPages(app, { ...room, act: core["change-email"], site: acts["change-email"] });
}
