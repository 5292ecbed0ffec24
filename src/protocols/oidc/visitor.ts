import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Visitor } from "#core/sign-in";
import { firstLanguage } from "./request.ts";

/** Who is at the other end, as `sites/kit` reads it. */
export type VisitorOf = (c: Context) => Visitor;

/** Reads the same cookies without the kit: for tests, and for an app that has no other site. */
export const visitorOfCookies: VisitorOf = (c) => ({
  session: getCookie(c, "session") ?? "",
  browser: getCookie(c, "browser") ?? "",
  signedIn: getCookie(c, "signed_in") ?? null,
  address: "",
  language: firstLanguage((c.req.header("accept-language") ?? "").split(",")) ?? "pt",
});
