/** A form is ours when it carries the mark of this very session, and when the browser, if it says so, sent it from our page. */
import { timingSafeEqual } from "node:crypto";
import { createBoundedCache, loadOnce } from "#platform/bounded-cache";
import { remembering } from "#platform/remembering";
import type { Secrets } from "#platform/secrets";

declare module "#platform/secrets" {
  interface Purposes {
    /** Marks the forms of our own pages. */
    form: true;
  }
}

/** The mark of a form that is about one thing and no other: what another window has begun meanwhile is none of its business. */
export const marked = (mark: string, about: string): string => `${mark}.${about}`;

/** As many as are kept: each session shows and posts several forms. */
const most = 10_000;

export interface Marks {
  of(session: string): Promise<string>;
  bears(session: string, given: string): Promise<boolean>;
}

export function createMarks(secrets: Secrets): Marks {
  const made = createBoundedCache<Promise<string>>({ most });

  function of(session: string): Promise<string> {
    return loadOnce(made, session, async () => (await secrets.mac("form", `csrf\0${session}`)).toString("base64url"));
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
