/** OpenID Connect RP-Initiated Logout 1.0: a portal sends somebody here to end their session with us. */
import { decodeJwt } from "jose";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type Provider from "oidc-provider";
import type { Portal, Portals } from "#core/portals";
import { z } from "zod";
import type { Sessions } from "#core/sessions";
import { milliseconds } from "#platform/duration";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { paths } from "./paths.ts";
import { pageHeaders, statusOf } from "./pages.ts";
import type { Pages } from "./pages.ts";
import type { VisitorOf } from "./visitor.ts";

export interface LogoutNeeds {
  readonly engine: () => Provider;
  readonly portals: Portals;
  readonly sessions: Pick<Sessions, "signOut">;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly visitorOf: VisitorOf;
  readonly forgetSignedIn: (c: Context) => void;
  readonly pages: Pages;
}

const logoutRequest = z.object({
  id_token_hint: z.string().max(8192).optional(),
  client_id: z.string().max(256).optional(),
  post_logout_redirect_uri: z.string().max(2048).optional(),
  state: z.string().max(2048).optional(),
});
type LogoutRequest = z.infer<typeof logoutRequest>;

const ticketForm = z.object({ to: z.string(), until: z.number() });
const ticketLives = "PT15M";

/** The front door of the house: where one stands when no portal asked to have the person back. */
const home = "/";

export function addLogoutRoutes(routes: Hono, needs: LogoutNeeds): void {
  const small = bodyLimit({ maxSize: 32 * 1024 });
  routes.get(paths.logout, (c) => logout(c, c.req.query(), needs));
  routes.post(paths.logout, small, async (c) => logout(c, await readBody(c), needs));
  routes.post(paths.logoutConfirm, small, async (c) => confirm(c, (await readBody(c))?.["ticket"], needs));
}

/** Null: no form, or one that broke off. */
const readBody = (c: Context) => c.req.parseBody().catch(() => null);

async function logout(c: Context, given: object | null, needs: LogoutNeeds): Promise<Response> {
  const request = logoutRequest.safeParse(given);
  const from = request.success ? await identify(request.data, needs) : "invalid";
  if (!request.success || from === "invalid") return refuse(c, needs);
  const { post_logout_redirect_uri: uri, state } = request.data;
  if (uri !== undefined && from.portal?.postLogoutRedirectUris.includes(uri) === false) return refuse(c, needs);
  const to = uri === undefined || from.portal === null ? home : withState(uri, state);
  // Only who holds an ID token of ours speaks for the person; a bare link must not sign anybody out (section 2).
  return from.proven ? end(c, to, needs) : ask(c, to, needs);
}

interface From {
  readonly portal: Portal | null;
  readonly proven: boolean;
}

async function identify(
  { id_token_hint: hint, client_id: id }: LogoutRequest,
  { engine, portals }: LogoutNeeds,
): Promise<From | "invalid"> {
  const claimed = hint === undefined ? id : audienceOf(hint);
  if (hint === undefined && id === undefined) return { portal: null, proven: false };
  const portal = claimed === undefined ? null : await portals.find(claimed);
  if (portal === null || (id !== undefined && id !== portal.id)) return "invalid";
  if (hint === undefined) return { portal, proven: false };
  return (await isOurs(hint, portal.id, engine())) ? { portal, proven: true } : "invalid";
}

/** Its age does not matter (section 2); its signature, issuer and audience do. */
async function isOurs(hint: string, portalId: string, { Client, IdToken }: Provider): Promise<boolean> {
  const client = await Client.find(portalId);
  if (client === undefined) return false;
  return IdToken.validate(hint, client).then(
    () => true,
    () => false,
  );
}

function audienceOf(hint: string): string | undefined {
  try {
    const { aud } = decodeJwt(hint);
    return typeof aud === "string" ? aud : undefined;
  } catch {
    return undefined;
  }
}

/** The ticket carries the decision through the form without a row, and belongs to this browser alone: no other site can post it. */
async function ask(c: Context, to: string, { secrets, clock, visitorOf, pages }: LogoutNeeds): Promise<Response> {
  const visitor = visitorOf(c);
  const until = clock.now().getTime() + milliseconds(ticketLives);
  const ticket = await secrets.seal("form", JSON.stringify({ to, until }), contextOf(visitor.session));
  const targets = to === home ? [] : [new URL(to).origin];
  const form = { action: paths.logoutConfirm, ticket: ticket.toString("base64url") };
  return c.html(pages.renderLogout(form, visitor.language), 200, pageHeaders(targets));
}

async function confirm(c: Context, ticket: unknown, needs: LogoutNeeds): Promise<Response> {
  const { secrets, clock, visitorOf } = needs;
  if (typeof ticket !== "string") return refuse(c, needs);
  const opened = await secrets
    .open("form", Buffer.from(ticket, "base64url"), contextOf(visitorOf(c).session))
    .catch(() => null);
  if (opened === null) return refuse(c, needs);
  const { to, until } = ticketForm.parse(JSON.parse(opened));
  return until < clock.now().getTime() ? refuse(c, needs) : end(c, to, needs);
}

async function end(c: Context, to: string, { sessions, visitorOf, forgetSignedIn }: LogoutNeeds): Promise<Response> {
  await sessions.signOut(visitorOf(c));
  forgetSignedIn(c);
  return c.redirect(to, 303);
}

function refuse(c: Context, { pages, visitorOf }: LogoutNeeds): Response | Promise<Response> {
  return c.html(pages.renderError("request", visitorOf(c).language), statusOf.request, pageHeaders());
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  const url = new URL(uri);
  url.searchParams.set("state", state);
  return url.href;
}

const contextOf = (session: string): string => `oidc:logout:${session}`;
