import type { Hono } from "hono";
import type { Kit } from "#sites/kit";
import { paths } from "./paths.ts";
import { deskView, waysView } from "./ways.view.ts";

export function waysPages(app: Hono, kit: Kit): void {
  app.get(paths.ways, (c) => kit.show(c, waysView));
  app.get(paths.desk, (c) => kit.show(c, deskView));
}
