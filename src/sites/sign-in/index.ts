/** A portal asks, the person proves who they are and decides what the portal is told. Opened by a protocol, never by hand. */
import type { Hono } from "hono";
import type { SignIn } from "#core/sign-in";
import type { Kit } from "#sites/kit";
import { cardPages } from "./card.page.ts";
import { codePages } from "./code.page.ts";
import { consentPages } from "./consent.page.ts";
import { identifyPages } from "./identify.page.ts";
import { createSignInSite } from "./journey.ts";
import { newPinPages } from "./new-pin.page.ts";
import { route } from "./paths.ts";

export { precedences as signInPrecedences } from "./paths.ts";
export { createProtocolPages } from "./protocol-pages.ts";
export { signInStates } from "./sign-in.states.ts";

export function openSignIn(app: Hono, kit: Kit, signIn: SignIn): void {
  const site = createSignInSite(kit, signIn);
  app.get(route("start"), (c) => site.journey.resume(c));
  identifyPages(app, site);
  codePages(app, site);
  cardPages(app, site);
  newPinPages(app, site);
  consentPages(app, site);
}
