import type { Hono } from "hono";
import type { Kit } from "#sites/kit";
import { doneView } from "./done.view.ts";
import type { ActivationJourney } from "./journey.ts";

export function donePage(app: Hono, kit: Kit, { start, pages, guarded }: ActivationJourney): void {
  app.get(pages.done, (c) =>
    guarded(c, "done", (_scene, { shown: { letter } }) => {
      return letter ? kit.show(c, (words) => doneView(words, { letter })) : c.redirect(start, 303);
    }),
  );
}
