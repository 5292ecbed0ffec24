/** Out to the tax authority, and back from it. */
import type { Context, Hono } from "hono";
import { seeOther, type Scene } from "#sites/kit";
import { cancelPage } from "./cancel.page.ts";
import type { ChannelSite } from "./journey.ts";
import { taxAuthorityView } from "./ways.view.ts";

export function taxAuthorityPages(app: Hono, site: ChannelSite): void {
  const { kit, paths } = site;
  app.get(paths.start, (c) => showStart(site, c));
  app.post(
    paths.start,
    kit.posted((c, scene) => begin(site, c, scene)),
  );
  app.get(paths.back, (c) => identify(site, c));
  cancelPage(app, site);
}

async function showStart({ kit }: ChannelSite, c: Context): Promise<Response> {
  const { csrf } = await kit.scene(c);
  return kit.show(c, (words) => taxAuthorityView(words, { csrf }), { formTargets: kit.settings.taxAuthorityOrigins });
}

async function begin({ activation, end }: ChannelSite, c: Context, { visitor }: Scene): Promise<Response> {
  const begun = await activation.channels["tax-letter"].begin(visitor);
  return begun.ok ? seeOther(c, begun.url) : end(c, begun.refusal);
}

async function identify({ kit, activation, paths, journey }: ChannelSite, c: Context): Promise<Response> {
  const scene = await kit.scene(c);
  const identified = await activation.channels["tax-letter"].identify(scene.visitor, new URL(c.req.url).search.slice(1));
  return identified.ok ? seeOther(c, paths.pages.contact) : journey.settle(c, scene, identified.refusal);
}
