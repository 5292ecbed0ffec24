/** Whoever is not signed in, or not well enough, signs in and comes back to the page they wanted. */
import type { Context } from "hono";
import type { ReservedArea } from "#core/reserved-area";
import { places, seeOther, type Kit, type Scene } from "#sites/kit";

export type Door = ReturnType<typeof createDoor>;

/** `returnTo`: the address of the page that was wanted. */
export function createDoor(kit: Kit, reservedArea: ReservedArea) {
  return async (
    c: Context,
    { visitor }: Scene,
    returnTo: Parameters<ReservedArea["enter"]>[1],
    by: Parameters<ReservedArea["enter"]>[2],
  ): Promise<Response> => {
    const { id, slip } = await reservedArea.enter(visitor, returnTo, by);
    if (slip !== null) kit.giveSlip(c, id, slip);
    return seeOther(c, places.signIn(id));
  };
}
