import type { Hono } from "hono";
import { inLanguage } from "#core/vocabulary";
import type { ReservedArea } from "#core/reserved-area";
import { seeOther, type Kit } from "#sites/kit";
import type { Door } from "./door.ts";
import { paths } from "./paths.ts";
import { reservedAreaView, signedOutView } from "./home.view.ts";

export function homePages(app: Hono, kit: Kit, reservedArea: ReservedArea, door: Door): void {
  app.get(paths.home, async (c) => {
    const scene = await kit.scene(c);
    const found = await reservedArea.view(scene.visitor);
    if (!found.ok) return door(c, scene, paths.home, "key-or-card");
    const { view: area } = found;
    const portal = area.lastSignIn?.portal ?? null;
    const portalName = portal && inLanguage(portal, scene.language);
    return kit.show(c, (words) => reservedAreaView(words, { csrf: scene.csrf, area, portalName }));
  });

  app.post(
    paths.signOut,
    kit.posted(async (c, { visitor }) => {
      await reservedArea.signOut(visitor);
      kit.forgetSignedIn(c);
      return seeOther(c, paths.signedOut);
    }),
  );
  app.get(paths.signOut, (c) => seeOther(c, paths.home));
  app.get(paths.signedOut, (c) => kit.show(c, signedOutView));
}
