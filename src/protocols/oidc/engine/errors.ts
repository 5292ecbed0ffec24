/** What the engine says when something is wrong: to machines, to people, and to the log. */
import type Provider from "oidc-provider";
import type { errors, KoaContextWithOIDC } from "oidc-provider";
import type { Language } from "#core/vocabulary";
import { isBrokenOff } from "#platform/faults";
import type { Log } from "#platform/log";
import { pageHeaders, statusOf } from "../pages.ts";
import type { Pages, Problem } from "../pages.ts";
import { paths } from "../paths.ts";
import { firstLanguage } from "../request.ts";

/** Machines are told in JSON; people get a page that says nothing of what was sent. */
export function answerError(ctx: KoaContextWithOIDC, out: object, renderError: Pages["renderError"]): void {
  if (ctx.path !== paths.authorization && !ctx.path.startsWith(`${paths.authorization}/`)) {
    ctx.body = out;
    return;
  }
  const problem: Problem = ctx.status >= 500 ? "fault" : ctx.path === paths.authorization ? "request" : "expired";
  ctx.status = statusOf[problem];
  ctx.set(pageHeaders());
  ctx.type = "html";
  ctx.body = renderError(problem, languageOf(ctx));
}

function languageOf(ctx: KoaContextWithOIDC): Language {
  const { ui_locales: locales } = ctx.query;
  const wanted = typeof locales === "string" ? locales.split(" ") : [];
  return firstLanguage([...wanted, ...ctx.get("accept-language").split(",")]) ?? "pt";
}

export function logErrors(provider: Provider, log: Log): void {
  const refusal = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) =>
    log.info({ route: routeOf(ctx), portal: ctx.oidc.client?.clientId, error: error.error }, "request refused");
  provider.on("authorization.error", refusal);
  provider.on("grant.error", refusal);
  provider.on("userinfo.error", refusal);
  // Koa would print to stderr what went wrong below the engine's own handlers: a broken connection, for the most part.
  provider.onerror = (err: Error) => {
    log[isBrokenOff(err) ? "debug" : "warn"]({ err }, "a request to the OpenID Connect engine broke off");
  };
  provider.on("server_error", (ctx, error) => log.error({ route: routeOf(ctx), error }, "the OpenID Connect engine failed"));
}

/** The engine's own name for what was asked; `unknown` as the type of a router's extension says nothing. */
const routeOf = (ctx: KoaContextWithOIDC): string => ctx.oidc.route;
