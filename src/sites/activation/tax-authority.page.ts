/** Out to the tax authority, and back from it. */
import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import type { Kit } from "#sites/kit";
import type { ActivationJourney } from "./journey.ts";
import { taxAuthorityView } from "./ways.view.ts";

export function taxAuthorityPages(
  app: Hono,
  kit: Kit,
  activation: Activation,
  { start, pages, end, settle }: ActivationJourney,
): void {
  app.get(start, async (c) => {
    const { csrf } = await kit.scene(c);
    return kit.show(c, (words) => taxAuthorityView(words, { csrf }), { formTargets: kit.settings.taxAuthorityOrigins });
  });

  app.post(
    start,
    kit.posted(async (c, { visitor }) => {
      const begun = await activation.channels["tax-letter"].begin(visitor);
      return begun.ok ? c.redirect(begun.url, 303) : end(c, begun.refusal);
    }),
  );

  app.get(`${start}/return`, async (c) => {
    const scene = await kit.scene(c);
    const identified = await activation.channels["tax-letter"].identify(scene.visitor, new URL(c.req.url).search.slice(1));
    return identified.ok ? c.redirect(pages.contact, 303) : settle(c, scene, identified.refusal);
  });

  app.post(
    `${start}/cancel`,
    kit.posted(async (c, { visitor }) => {
      await activation.cancel(visitor);
      return c.redirect("/activate", 303);
    }),
  );
  app.get(`${start}/cancel`, (c) => c.redirect("/activate", 303));
}
