import type { Hono } from "hono";
import { seeOther } from "#sites/kit";
import type { ChannelSite } from "./journey.ts";
import { paths } from "./paths.ts";

/** Gives up at any step: what was typed is wiped, and the three ways are shown again. */
export function cancelPage(app: Hono, { kit, activation, paths: { cancel } }: ChannelSite): void {
  app.post(
    cancel,
    kit.posted(async (c, { visitor }) => {
      await activation.cancel(visitor);
      return seeOther(c, paths.ways);
    }),
  );
  app.get(cancel, (c) => seeOther(c, paths.ways));
}
