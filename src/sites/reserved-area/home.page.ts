import type { Hono } from "hono";
import { inLanguage } from "#core/vocabulary";
import type { ReservedArea } from "#core/reserved-area";
import type { Kit } from "#sites/kit";
import { pages, type Door } from "./door.ts";
import { reservedAreaView, signedOutView } from "./home.view.ts";

export function homePages(app: Hono, kit: Kit, reservedArea: ReservedArea, door: Door): void {
  app.get(pages.home, async (c) => {
    const scene = await kit.scene(c);
    const found = await reservedArea.view(scene.visitor);
    if (!found.ok) return door(c, scene, pages.home, "key-or-card");
    const { view: area } = found;
    const portal = area.lastSignIn?.portal ?? null;
    const portalName = portal && inLanguage(portal, scene.language);
    return kit.show(c, (words) => reservedAreaView(words, { csrf: scene.csrf, area, portalName }));
  });

  app.post(
    pages.signOut,
    kit.posted(async (c, { visitor }) => {
      await reservedArea.signOut(visitor);
      kit.forgetSignedIn(c);
      return c.redirect(pages.signedOut, 303);
    }),
  );
  app.get(pages.signOut, (c) => c.redirect(pages.home, 303));
  app.get(pages.signedOut, (c) => kit.show(c, signedOutView));
}
