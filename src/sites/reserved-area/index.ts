/** The citizen's own area: how their key is, what there is of them, and what they may do about it. */
import type { Hono } from "hono";
import type { Acts } from "#core/acts";
import type { ReservedArea } from "#core/reserved-area";
import type { Kit } from "#sites/kit";
import { actPages } from "./act.pages.ts";
import { acts as sites } from "./acts.ts";
import { createDoor } from "./door.ts";
import { homePages } from "./home.page.ts";

export { actCodeView, actConfirmView, actDoneView } from "./act.view.ts";
export { actRefusedView, endings as actEndings } from "./act-refused.view.ts";
export { acts as actSites } from "./acts.ts";
export { reservedAreaView, signedOutView } from "./home.view.ts";

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
