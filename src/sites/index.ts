/** The doors for people, in one application: every page, the files they need, and what is said when something fails. */
import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import type { Acts } from "#core/acts";
import type { ReservedArea } from "#core/reserved-area";
import type { SignIn } from "#core/sign-in";
import { openActivation } from "#sites/activation";
import { openGallery } from "#sites/gallery";
import { openHome } from "#sites/home";
import { createApp, createKit, type KitNeeds } from "#sites/kit";
import { openReservedArea } from "#sites/reserved-area";
import { openSignIn } from "#sites/sign-in";

export interface SitesNeeds extends KitNeeds {
  readonly activation: Activation;
  readonly signIn: SignIn;
  readonly reservedArea: ReservedArea;
  readonly acts: Omit<Acts, "purge">;
}

export function createSites({ activation, signIn, reservedArea, acts, ...needs }: SitesNeeds): Hono {
  const kit = createKit(needs);
  const app = createApp(kit, needs.log);
  openHome(app, kit);
  openActivation(app, kit, activation);
  openSignIn(app, kit, signIn);
  openReservedArea(app, kit, { reservedArea, acts });
  if (needs.settings.gallery) openGallery(app, kit);
  return app;
}
