/** The citizen's own area: how their key is, what there is of them, and the way to unblock it. */
import type { Hono } from "hono";
import type { ReservedArea } from "#core/reserved-area";
import type { Unblocking } from "#core/unblocking";
import type { Kit, States } from "#sites/kit";
import { createDoor } from "./door.ts";
import { homePages } from "./home.page.ts";
import { homeStates } from "./home.states.ts";
import { unblockPages } from "./unblock.page.ts";
import { unblockStates } from "./unblock.states.ts";

/** For the gallery. */
export { precedences as reservedAreaPrecedences } from "./paths.ts";
export const reservedAreaStates: States = { ...homeStates, ...unblockStates };

export function openReservedArea(
  app: Hono,
  kit: Kit,
  { reservedArea, unblocking }: { readonly reservedArea: ReservedArea; readonly unblocking: Unblocking },
): void {
  const door = createDoor(kit, reservedArea);
  homePages(app, kit, reservedArea, door);
  unblockPages(app, kit, unblocking, door);
}
