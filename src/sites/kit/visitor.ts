/** Who is at the other end: three cookies, each a secret of 256 bits that means nothing by itself. */
import type { Visitor } from "#core/vocabulary";
import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

import { bind } from "#platform/bind";
import type { Random } from "#platform/world";
import { cookiesOf, giveCookie, takeCookie } from "./cookies.ts";
import { languageOf } from "./language.ts";
import { places } from "./places.ts";
import { isSecure, type SiteSettings } from "./settings.ts";

type CookieName = "session" | "browser" | "signed_in";

/** One for each sign-in under way: it goes to the pages of that one alone. */
const slipCookie = "sign_in";
const slipLives = 30 * 60;

/** Seconds. The anonymous session has none: it ends with the browser. */
const lifetimes: Record<CookieName, number | null> = { session: null, browser: 395 * 24 * 3600, signed_in: 8 * 3600 };

export interface Visitors {
  /** The visitor of this request; one who comes for the first time is given cookies with the answer. */
  visitorOf(c: Context): Visitor;
  /** Did this request bring the anonymous session? A form posted without it cannot be ours. */
  hasSession(c: Context): boolean;
  rememberSignedIn(c: Context, signedIn: string): void;
  forgetSignedIn(c: Context): void;
  giveSlip(c: Context, id: string, slip: string): void;
  /** It has been used: from now on the sign-in is found where we keep it. */
  takeSlip(c: Context, id: string): void;
}

interface Needs {
  readonly random: Random;
  readonly settings: SiteSettings;
  readonly secure: boolean;
  /** Each request's visitor, met once. */
  readonly met: WeakMap<Request, Visitor>;
}

export function createVisitors({ random, settings }: { readonly random: Random; readonly settings: SiteSettings }): Visitors {
  const needs: Needs = { random, settings, secure: isSecure(settings), met: new WeakMap() };
  return bind(needs, { visitorOf, hasSession, rememberSignedIn, forgetSignedIn, giveSlip, takeSlip });
}

function visitorOf(needs: Needs, c: Context): Visitor {
  const visitor = needs.met.get(c.req.raw) ?? meet(needs, c);
  needs.met.set(c.req.raw, visitor);
  return visitor;
}

function meet(needs: Needs, c: Context): Visitor {
  const { settings, secure } = needs;
  const language = languageOf(c, settings);
  return {
    session: give(needs, c, "session"),
    browser: give(needs, c, "browser"),
    signedIn: read(needs, c, "signed_in"),
    slip: cookiesOf(c)[secure ? `__Secure-${slipCookie}` : slipCookie] ?? null,
    address: addressOf(c, settings.proxies),
    language,
  };
}

function give(needs: Needs, c: Context, name: "session" | "browser"): string {
  return read(needs, c, name) ?? write(needs, c, name, needs.random.token());
}

function read({ secure }: Needs, c: Context, name: CookieName): string | null {
  const value = cookiesOf(c)[secure ? `__Host-${name}` : name];
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

/** `__Host-` (RFC 6265bis 4.1.3.2): no sibling host can plant one of these cookies. */
const place = ({ secure }: Needs) => ({ path: "/", secure, ...(secure && { prefix: "host" as const }) });

function write(needs: Needs, c: Context, name: CookieName, value: string): string {
  const maxAge = lifetimes[name];
  const lasting = maxAge !== null && { maxAge };
  giveCookie(c, name, value, { ...place(needs), httpOnly: true, sameSite: "Lax", ...lasting });
  return value;
}

const hasSession = (needs: Needs, c: Context): boolean => read(needs, c, "session") !== null;

function rememberSignedIn(needs: Needs, c: Context, signedIn: string): void {
  write(needs, c, "signed_in", signedIn);
  // The mark of a browser that has just proved itself begins its 13 months anew.
  write(needs, c, "browser", visitorOf(needs, c).browser);
}

function forgetSignedIn(needs: Needs, c: Context): void {
  takeCookie(c, "signed_in", place(needs));
}

/** `__Host-` would want the path of all pages. */
const slipPlace = ({ secure }: Needs, id: string) => ({
  path: places.signIn(id),
  secure,
  ...(secure && { prefix: "secure" as const }),
});

function giveSlip(needs: Needs, c: Context, id: string, slip: string): void {
  giveCookie(c, slipCookie, slip, { ...slipPlace(needs, id), httpOnly: true, sameSite: "Lax", maxAge: slipLives });
}

function takeSlip(needs: Needs, c: Context, id: string): void {
  if (visitorOf(needs, c).slip) takeCookie(c, slipCookie, slipPlace(needs, id));
}

/**
 * Each proxy of ours appends whom it heard (RFC 7239 5.2, in its older spelling); what stands further left was sent by
 * the visitor and may be a lie, and without a proxy of ours all of it may be.
 */
export function addressOf(c: Context, proxies = 0): string {
  // Under app.request() (tests) there is no socket; `env` is then empty.
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  const forwarded = (c.req.header("X-Forwarded-For") ?? "").split(",").map((part) => part.trim());
  const told = proxies > 0 ? forwarded.at(-proxies) : undefined;
  return (told && isIP(told) ? told : (incoming?.socket.remoteAddress ?? "unknown")).replace(/^::ffff:/, "");
}
