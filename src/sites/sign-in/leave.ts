/** The way back to whoever asked: to an address, or with fields that the browser posts there. */
import type { Context } from "hono";
import type { Return } from "#core/sign-in";
import { seeOther, type Kit } from "#sites/kit";
import { postedView } from "./posted.view.ts";

/** A form goes by itself where scripts run; where none do, by its button. */
export function leave(kit: Kit, c: Context, to: Return): Response {
  if ("redirect" in to) return seeOther(c, to.redirect);
  const { form } = to;
  // What was posted cannot be had again by a link: the language switch leads to the front door.
  return kit.show(c, (words) => postedView(words, form), { formTargets: [new URL(form.action).origin], path: "/" });
}
