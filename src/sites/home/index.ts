/** The Authentication Portal: its menu, the help, and what every footer promises. */
import type { Hono } from "hono";
import { places, seeOther, type Kit, type Page } from "#sites/kit";
import type { Words } from "#words";
import { helpView } from "./help.view.ts";
import { homeView } from "./home.view.ts";
import { paths } from "./paths.ts";
import { accessibilityView, cardGoneView, privacyView, termsView } from "./statements.view.ts";

export { homeStates } from "./home.states.ts";

export function openHome(app: Hono, kit: Kit): void {
  const contact = kit.settings.contact ?? null;
  const pages: Readonly<Record<string, (words: Words) => Page>> = {
    [places.home]: homeView,
    [places.help]: (words) => helpView(words, { contact }),
    [places.accessibility]: accessibilityView,
    [places.privacy]: privacyView,
    [places.terms]: termsView,
  };
  for (const [path, view] of Object.entries(pages)) app.get(path, (c) => kit.show(c, view));
  app.get(places.cardGone, (c) => kit.show(c, cardGoneView, { status: 410 }));
  app.get(paths.key, (c) => seeOther(c, places.activate));
}
