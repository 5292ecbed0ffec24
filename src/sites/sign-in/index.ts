/** A portal asks, the person proves who they are and decides what the portal is told. Opened by a protocol, never by hand. */
import type { Hono } from "hono";
import type { SignIn } from "#core/sign-in";
import type { Kit } from "#sites/kit";
import { cardPages } from "./card.page.ts";
import { codePages } from "./code.page.ts";
import { consentPages } from "./consent.page.ts";
import { identifyPages } from "./identify.page.ts";
import { createSignInJourney, idOf, path } from "./journey.ts";
import { newPinPages } from "./new-pin.page.ts";

export { cardClosedView, cardRefusedView, cardView } from "./card.view.ts";
export { codeView as signInCodeView } from "./code.view.ts";
export { consentView } from "./consent.view.ts";
export { endedView, goneView } from "./ended.view.ts";
export { identifyView } from "./identify.view.ts";
export { newPinView } from "./new-pin.view.ts";
export { createProtocolPages, portalProblemView, signOutView } from "./protocol-pages.ts";

export function openSignIn(app: Hono, kit: Kit, signIn: SignIn): void {
  const journey = createSignInJourney(kit, signIn);

  app.get(path(""), async (c) => {
    const { visitor } = await kit.scene(c);
    const found = await signIn.view(idOf(c), visitor);
    if (!found.ok) return journey.gone(c);
    return found.view.step === "finished" ? c.redirect(found.view.returnTo, 303) : journey.goTo(c, found.view.step);
  });

  const showIdentify = identifyPages(app, kit, signIn, journey);
  codePages(app, kit, signIn, journey, showIdentify);
  cardPages(app, kit, signIn, journey);
  newPinPages(app, kit, signIn, journey);
  consentPages(app, kit, signIn, journey);
}
