import type { Hono } from "hono";
import type { ChannelSite } from "./journey.ts";
import { doneView } from "./done.view.ts";

export function donePage(app: Hono, { kit, journey, paths: { pages } }: ChannelSite): void {
  app.get(pages.done, (c) =>
    journey.guarded(
      c,
      "done",
      (_scene, { shown: { letter } }) => letter && kit.show(c, (words) => doneView(words, { letter })),
    ),
  );
}
