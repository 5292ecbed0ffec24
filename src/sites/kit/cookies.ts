import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

const brought = new WeakMap<Request, Readonly<Record<string, string>>>();

/** What the browser brought, by name; read once a request. */
export function cookiesOf(c: Context): Readonly<Record<string, string>> {
  const before = brought.get(c.req.raw);
  if (before !== undefined) return before;
  const cookies = getCookie(c);
  brought.set(c.req.raw, cookies);
  return cookies;
}

const changed = new WeakSet<Request>();

/** Whether the answer gives or takes a cookie. */
export const changesCookies = (c: Context): boolean => changed.has(c.req.raw);

export const giveCookie: typeof setCookie = (c, ...cookie) => {
  changed.add(c.req.raw);
  setCookie(c, ...cookie);
};

export const takeCookie: typeof deleteCookie = (c, ...cookie) => {
  changed.add(c.req.raw);
  return deleteCookie(c, ...cookie);
};
