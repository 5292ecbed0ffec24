/** A form is ours when it carries the mark of this very session, and when the browser, if it says so, sent it from our page. */
import { timingSafeEqual } from "node:crypto";
import { remembering } from "#platform/remembering";
import type { Secrets } from "#platform/secrets";

/** The mark of a form that is about one thing and no other: what another window has begun meanwhile is none of its business. */
export const marked = (mark: string, about: string): string => `${mark}.${about}`;

/** As many as are kept: each session shows and posts several forms. */
const most = 10_000;

export interface Marks {
  of(session: string): Promise<string>;
  bears(session: string, given: string): Promise<boolean>;
}

export function createMarks(secrets: Secrets): Marks {
  const known = new Map<string, Promise<string>>();

  function of(session: string): Promise<string> {
    const made = known.get(session);
    if (made !== undefined) return made;
    const making = secrets.mac("form", `csrf\0${session}`).then((mac) => mac.toString("base64url"));
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(session, making);
    making.catch(() => known.delete(session));
    return making;
  }

  return {
    of,
    async bears(session, given) {
      const [expected, offered] = [Buffer.from(await of(session)), Buffer.from(given)];
      return offered.length === expected.length && timingSafeEqual(offered, expected);
    },
  };
}

const originOf = remembering((url) => new URL(url).origin);

/** Clients that are not browsers send neither header: the mark alone then decides. */
export function comesFromOurPage(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("Origin");
  // "null" is what some privacy settings make of our own origin; Sec-Fetch-Site cannot be forged by a page.
  return origin === null || origin === originOf(publicUrl) || (origin === "null" && site === "same-origin");
}
