import type { Visitor } from "#core/vocabulary";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import { firstLanguage } from "./request.ts";

/** Who is at the other end, as `sites/kit` reads it. */
export type VisitorOf = (c: Context) => Visitor;

/** Gives a sign-in's slip to the browser it was begun in, as `sites/kit` reads it again. */
export type GiveSlip = (c: Context, id: string, slip: string) => void;

/** Reads the same cookies without the kit: for tests, and for an app that has no other site. */
export const visitorOfCookies: VisitorOf = (c) => ({
  session: getCookie(c, "session") ?? "",
  browser: getCookie(c, "browser") ?? "",
  signedIn: getCookie(c, "signed_in") ?? null,
  slip: getCookie(c, "sign_in") ?? null,
  address: "",
  language: firstLanguage((c.req.header("accept-language") ?? "").split(",")) ?? "pt",
});

export const giveSlipByCookie: GiveSlip = (c, id, slip) => {
  setCookie(c, "sign_in", slip, { path: `/sign-in/${id}`, httpOnly: true, sameSite: "Lax" });
};
