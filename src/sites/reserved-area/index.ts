/** The citizen's own area: how their key is, what there is of them, and what they may do about it. */
import type { Hono } from "hono";
import type { ReservedArea } from "#core/reserved-area";
import type { Kit, States } from "#sites/kit";
import { actStates, openActs, type CoreActs } from "./acts.ts";
import { createDoor } from "./door.ts";
import { homePages } from "./home.page.ts";
import { homeStates } from "./home.states.ts";

export { precedences as reservedAreaPrecedences } from "./paths.ts";
/** For the gallery. */
export const reservedAreaStates: States = { ...homeStates, ...actStates };

export function openReservedArea(
  app: Hono,
  kit: Kit,
  { reservedArea, acts }: { readonly reservedArea: ReservedArea; readonly acts: CoreActs },
): void {
  const door = createDoor(kit, reservedArea);
  homePages(app, kit, reservedArea, door);
  openActs(app, { kit, door }, acts);
}
