/** The few pages this door has to show; `app` hands in the house's own views. */
import type { Context } from "hono";
import type { Language } from "#core/vocabulary";
import type { VisitorOf } from "./visitor.ts";

export type Problem = "request" | "expired" | "fault";

export interface LogoutForm {
  /** Where the form is posted, with one hidden field `ticket`. */
  readonly action: string;
  readonly ticket: string;
}

export interface Pages {
  /** Never shows anything of the request itself. */
  renderError(problem: Problem, language: Language): string;
  renderLogout(form: LogoutForm, language: Language): string;
}

export const statusOf: Readonly<Record<Problem, 400 | 500>> = { request: 400, expired: 400, fault: 500 };

/** `formTargets`: where a posted form may lead; browsers hold the whole chain of redirects to it. */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ["form-action 'self'", ...formTargets].join(" "),
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

/** In the language of whoever is there. */
export function problemPage(
  c: Context,
  problem: Problem,
  { renderError, visitorOf }: Pick<Pages, "renderError"> & { readonly visitorOf: VisitorOf },
): Response | Promise<Response> {
  return c.html(renderError(problem, visitorOf(c).language), statusOf[problem], pageHeaders());
}
