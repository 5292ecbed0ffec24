import type { Hono } from "hono";
import type { Kit } from "#sites/kit";
import type { ActivationJourney } from "./journey.ts";
import { isActivationRefusal } from "./refused.view.ts";
import { deskView, waysView } from "./ways.view.ts";

export function waysPages(app: Hono, kit: Kit, { end }: ActivationJourney): void {
  app.get("/activate", (c) => kit.show(c, waysView));
  app.get("/activate/desk", (c) => kit.show(c, deskView));

  /** Only the language switch of a refusal page leads here: the explanation alone, about nobody. */
  app.get("/activate/refused/:code", (c) => {
    const code = c.req.param("code");
    return isActivationRefusal(code) ? end(c, code, kit.reference()) : kit.fail(c, "notFound");
  });
}
