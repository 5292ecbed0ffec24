/** Whoever is not signed in, or not well enough, signs in and comes back to the page they wanted. */
import type { Context } from "hono";
import type { ReservedArea } from "#core/reserved-area";
import type { Kit, Scene } from "#sites/kit";

export const pages = {
  home: "/reserved-area",
  signOut: "/reserved-area/sign-out",
  signedOut: "/reserved-area/signed-out",
  unblock: "/reserved-area/unblock",
  email: "/reserved-area/email",
} as const;

export type Door = ReturnType<typeof createDoor>;

export function createDoor(kit: Kit, reservedArea: ReservedArea) {
  return async (
    c: Context,
    { visitor }: Scene,
    returnTo: string,
    by: Parameters<ReservedArea["enter"]>[2],
  ): Promise<Response> => {
    const { id, slip } = await reservedArea.enter(visitor, returnTo, by);
    if (slip !== null) kit.giveSlip(c, id, slip);
    return c.redirect(`/sign-in/${id}`, 303);
  };
}
