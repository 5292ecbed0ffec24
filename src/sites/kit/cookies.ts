import type { Context } from "hono";
import { getCookie } from "hono/cookie";

const brought = new WeakMap<Request, Readonly<Record<string, string>>>();

/** What the browser brought, by name; read once a request. */
export function cookiesOf(c: Context): Readonly<Record<string, string>> {
  const before = brought.get(c.req.raw);
  if (before !== undefined) return before;
  const cookies = getCookie(c);
  brought.set(c.req.raw, cookies);
  return cookies;
}
