/** The addresses of a sign-in. Its name cannot be guessed (256 bits), so the name's shape is all that is checked of it here. */
import type { Context } from "hono";
import type { SignInStep } from "#core/sign-in";
import type { Precedences } from "#platform/http/precedence";
import { places } from "#sites/kit";

export type Step = Exclude<SignInStep, "finished">;

const pages = {
  /** Leads to wherever the sign-in stands. */
  start: "",
  identify: "/identify",
  code: "/code",
  "new-pin": "/new-pin",
  consent: "/consent",
  cancel: "/cancel",
  card: "/card",
  cardBack: "/card/return",
  webEid: "/card/web-eid",
  cardRefused: "/card/refused",
} as const satisfies Readonly<Record<Step, string>> & Readonly<Record<string, string>>;

export type PageName = keyof typeof pages;

/** For the router. */
export const route = (page: PageName): string => places.signIn(":id{[A-Za-z0-9_-]{1,64}}") + pages[page];

export const addressOf = (id: string, page: PageName): string => places.signIn(id) + pages[page];

export const idOf = (c: Context): string => c.req.param("id") ?? "";

/** Of the same sign-in as the page asked for. */
export const here = (c: Context, page: PageName): string => addressOf(idOf(c), page);

/** Whoever is here has come from a portal, which waits for an answer. */
export const precedences: Precedences = { [places.signIn("**")]: "begun" };
