/** A portal's own sessions: a random cookie, and what belongs to it in memory. */
import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { createBoundedCache } from "#platform/bounded-cache";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

export interface Visits<Visit> {
  read(c: Context): Visit | undefined;
  /** Always under a new cookie: whoever planted the old one gains nothing by it. */
  start(c: Context, visit: Visit): void;
  end(c: Context): void;
}

const MOST = 10_000;

/** Ports of one host share their cookies, so each portal's has a name of its own. */
export function createVisits<Visit>(cookie: string): Visits<Visit> {
  const visits = createBoundedCache<Visit>({ most: MOST });

  function end(c: Context): void {
    visits.delete(getCookie(c, cookie) ?? "");
    deleteCookie(c, cookie, { path: "/" });
  }

  function start(c: Context, visit: Visit): void {
    visits.delete(getCookie(c, cookie) ?? "");
    const id = randomBytes(32).toString("base64url");
    visits.set(id, visit);
    setCookie(c, cookie, id, { path: "/", httpOnly: true, sameSite: "Lax" });
  }
  return { read: (c) => visits.get(getCookie(c, cookie) ?? ""), start, end };
}
