/** The citizen's own area: how their key is, what there is of them, and what they may do about it. */
import type { Hono } from "hono";
import type { Acts } from "#core/acts";
import type { ReservedArea } from "#core/reserved-area";
import type { Kit, States } from "#sites/kit";
import { actPages } from "./act.pages.ts";
import { acts as sites } from "./acts.ts";
import { changeEmailStates } from "./change-email.states.ts";
import { createDoor } from "./door.ts";
import { homePages } from "./home.page.ts";
import { homeStates } from "./home.states.ts";
import { unblockStates } from "./unblock.states.ts";

export { precedences as reservedAreaPrecedences } from "./paths.ts";
/** For the gallery. */
export const reservedAreaStates: States = { ...homeStates, ...unblockStates, ...changeEmailStates };

export function openReservedArea(
  app: Hono,
  kit: Kit,
  { reservedArea, acts }: { readonly reservedArea: ReservedArea; readonly acts: Omit<Acts, "purge"> },
): void {
  const door = createDoor(kit, reservedArea);
  homePages(app, kit, reservedArea, door);
  actPages(app, { kit, door, act: acts.unblock, site: sites.unblock });
  actPages(app, { kit, door, act: acts["change-email"], site: sites["change-email"] });
}
