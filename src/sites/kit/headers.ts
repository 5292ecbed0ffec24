/** What every page says to the browser about how far to trust it. */
import { remembering } from "#platform/remembering";
import type { Page } from "./layout.ts";
import { isSecure, virtualReaderOf, type SiteSettings } from "./settings.ts";

/**
 * `formTargets`: origins beyond our own that a form of this page ends at. Browsers apply `form-action` to every redirect
 * that follows a submission (CSP 3, 6.4.2), so a consent page must name the portal it returns to.
 */
export function contentSecurityPolicy(formTargets: readonly string[], scripts: readonly string[] = []): string {
  const others = scripts.filter(isOrigin);
  return [
    "default-src 'none'",
    "style-src 'self'",
    ...(scripts.length > 0 ? [`script-src ${["'self'", ...others].join(" ")}`] : []),
    ...(others.length > 0 ? [`frame-src ${others.join(" ")}`] : []),
    "font-src 'self'",
    "img-src 'self' data:",
    `form-action ${["'self'", ...formTargets.filter(isOrigin)].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

/** Only a bare http(s) origin may enter the header: anything else could smuggle in a directive. */
const isOrigin = remembering((text) => /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text);

type Scripted = Pick<Page, "scripted" | "readsCard">;

/** Whose scripts the page runs: none, ours, and in the sandbox those of the virtual reader, which it shows in a frame. */
function scriptsOf(settings: SiteSettings, { scripted, readsCard }: Scripted): string[] {
  const reader = readsCard === true ? virtualReaderOf(settings) : null;
  return [...(scripted === true || readsCard === true ? ["'self'"] : []), ...(reader === null ? [] : [reader])];
}

export function pageHeaders(
  settings: SiteSettings,
  formTargets: readonly string[] = [],
  page: Scripted = {},
): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": contentSecurityPolicy(formTargets, scriptsOf(settings, page)),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    // Not `no-referrer`: with it, older browsers send `Origin: null` on our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(isSecure(settings) && { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }),
  };
}
