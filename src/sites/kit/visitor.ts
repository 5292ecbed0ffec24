/** Who is at the other end: three cookies, each a secret of 256 bits that means nothing by itself. */
import type { Visitor } from "#core/vocabulary";
import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

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

export function createVisitors({ random, settings }: { readonly random: Random; readonly settings: SiteSettings }): Visitors {
  const secure = isSecure(settings);
  // `__Host-` (RFC 6265bis 4.1.3.2): no sibling host can plant one of these cookies.
  const prefix = secure ? "host" : undefined;
  const placeOf = (name: CookieName) => (secure ? `__Host-${name}` : name);
  const slipAt = secure ? `__Secure-${slipCookie}` : slipCookie;
  const known = new WeakMap<Request, Visitor>();

  function read(c: Context, name: CookieName): string | null {
    const value = cookiesOf(c)[placeOf(name)];
    return value && /^[\w-]{43}$/.test(value) ? value : null;
  }

  function write(c: Context, name: CookieName, value: string): string {
    const maxAge = lifetimes[name];
    giveCookie(c, name, value, {
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      secure,
      ...(prefix && { prefix }),
      ...(maxAge !== null && { maxAge }),
    });
    return value;
  }

  // `__Host-` would want the path of all pages.
  const slipPlace = (id: string) => ({
    path: places.signIn(id),
    secure,
    ...(secure && { prefix: "secure" as const }),
  });

  const give = (c: Context, name: "session" | "browser") => read(c, name) ?? write(c, name, random.token());

  function meet(c: Context): Visitor {
    const language = languageOf(c, settings);
    return {
      session: give(c, "session"),
      browser: give(c, "browser"),
      signedIn: read(c, "signed_in"),
      slip: cookiesOf(c)[slipAt] ?? null,
      address: addressOf(c, settings.proxies),
      language,
    };
  }

  function visitorOf(c: Context): Visitor {
    const visitor = known.get(c.req.raw) ?? meet(c);
    known.set(c.req.raw, visitor);
    return visitor;
  }

  return {
    visitorOf,
    hasSession: (c) => read(c, "session") !== null,
    rememberSignedIn(c, signedIn) {
      write(c, "signed_in", signedIn);
      // The mark of a browser that has just proved itself begins its 13 months anew.
      write(c, "browser", visitorOf(c).browser);
    },
    giveSlip(c, id, slip) {
      giveCookie(c, slipCookie, slip, { ...slipPlace(id), httpOnly: true, sameSite: "Lax", maxAge: slipLives });
    },
    takeSlip(c, id) {
      if (visitorOf(c).slip) takeCookie(c, slipCookie, slipPlace(id));
    },
    forgetSignedIn(c) {
      takeCookie(c, "signed_in", { path: "/", secure, ...(prefix && { prefix }) });
    },
  };
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
