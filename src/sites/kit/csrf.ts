/** A form is ours when it carries the mark of this very session, and when the browser, if it says so, sent it from our page. */
import { timingSafeEqual } from "node:crypto";
import type { Secrets } from "#platform/secrets";

export async function formMark(secrets: Secrets, session: string): Promise<string> {
  return (await secrets.mac("form", `csrf\0${session}`)).toString("base64url");
}

/** The mark of a form that is about one thing and no other: what another window has begun meanwhile is none of its business. */
export const marked = (mark: string, about: string): string => `${mark}.${about}`;

export async function bearsMark(secrets: Secrets, session: string, given: string): Promise<boolean> {
  const expected = Buffer.from(await formMark(secrets, session));
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}

/** Clients that are not browsers send neither header: the mark alone then decides. */
export function comesFromOurPage(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("Origin");
  // "null" is what some privacy settings make of our own origin; Sec-Fetch-Site cannot be forged by a page.
  return origin === null || origin === new URL(publicUrl).origin || (origin === "null" && site === "same-origin");
}
