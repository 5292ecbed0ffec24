/** Answers as bare responses where no cookie goes with them: to gather headers in an object of its own costs as much as to render a page. */
import type { Context } from "hono";
import { changesCookies } from "./cookies.ts";

type Headers = Readonly<Record<string, string>>;

export function answerWith(c: Context, text: string, status: number, headers: Headers): Response {
  return changesCookies(c) ? c.body(text, { status: status as 200, headers }) : new Response(text, { status, headers });
}

/** After a form was posted, or when the page asked for is not the one to be seen now: `address` in ASCII. */
export function seeOther(c: Context, address: string): Response {
  return changesCookies(c) ? c.redirect(address, 303) : new Response(null, { status: 303, headers: { Location: address } });
}
