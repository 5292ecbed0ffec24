/** The Authentication Portal: its menu, the help, and what every footer promises. */
import type { Hono } from "hono";
import type { Kit, Page } from "#sites/kit";
import type { Words } from "#words";
import { helpView } from "./help.view.ts";
import { homeView } from "./home.view.ts";
import { accessibilityView, cardGoneView, privacyView, termsView } from "./statements.view.ts";

export { homeStates } from "./home.states.ts";

export function openHome(app: Hono, kit: Kit): void {
  const contact = kit.settings.contact ?? null;
  const pages: Readonly<Record<string, (words: Words) => Page>> = {
    "/": homeView,
    "/help": (words) => helpView(words, { contact }),
    "/accessibility": accessibilityView,
    "/privacy": privacyView,
    "/terms": termsView,
  };
  for (const [path, view] of Object.entries(pages)) app.get(path, (c) => kit.show(c, view));
  // Where the card's own door leads with what is no question of ours.
  app.get("/card-gone", (c) => kit.show(c, cardGoneView, { status: 410 }));
  app.get("/digital-mobile-key", (c) => c.redirect("/activate", 303));
}
