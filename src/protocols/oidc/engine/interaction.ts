/** From the engine to the house's own sign-in, and back with its answer. */
import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { decodeJwt } from "jose";
import type { InteractionResults } from "oidc-provider";
import type { Answer, SignIn } from "#core/sign-in";
import { inSeconds } from "#platform/duration";
import type { Secrets } from "#platform/secrets";
import { denied, heardOf } from "../answer.ts";
import { lifetimes } from "../lifetimes.ts";
import { problemPage } from "../pages.ts";
import type { Pages } from "../pages.ts";
import { paths } from "../paths.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import type { OidcPortal } from "../registration/registration.ts";
import { readRequest } from "../request.ts";
import type { AuthorizationRequest } from "../request.ts";
import { pairwiseSubject } from "../subject.ts";
import type { VisitorOf } from "../visitor.ts";
import { interactionCookie } from "./configuration.ts";
import type { Engine, Interaction } from "./engine.ts";

export interface InteractionNeeds extends Pick<Pages, "renderError"> {
  readonly engine: Engine;
  readonly portals: OidcPortals;
  readonly signIn: SignIn;
  readonly secrets: Secrets;
  readonly visitorOf: VisitorOf;
  readonly secureCookies: boolean;
}

/** The engine is told at its own door (`paths.interaction`), where it fetches the answer. */
const wayBack = "openid-connect-engine";

/** The sign-in that an interaction began, so that coming back to it does not begin another. */
const signInCookie = "oidc_sign_in";

export function addInteractionRoutes(routes: Hono, needs: InteractionNeeds): void {
  needs.signIn.giveWayBack(wayBack, "fetched");
  const address = `${paths.interaction}/:uid`;
  routes.get(address, (c) => whileOpen(c, needs, showSignIn));
  routes.get(`${address}/finish`, (c) => whileOpen(c, needs, finish));
}

/** An interaction without a result, in the browser it began in. */
interface Open {
  readonly uid: string;
  readonly interaction: Interaction;
  readonly portal: OidcPortal;
  readonly request: AuthorizationRequest;
}

type Step = (c: Context, needs: InteractionNeeds, open: Open) => Promise<Response>;

async function whileOpen(c: Context, needs: InteractionNeeds, step: Step): Promise<Response> {
  const uid = c.req.param("uid") ?? "";
  // The engine bound the interaction to this browser by a cookie of the same value.
  const interaction = getCookie(c, interactionCookie) === uid ? await needs.engine.findInteraction(uid) : undefined;
  const portal = interaction && (await needs.portals.find(String(interaction.params["client_id"])));
  if (!interaction || !portal) return problemPage(c, "expired", needs);
  if (interaction.result !== undefined) return c.redirect(interaction.returnTo, 303);
  return step(c, needs, { uid, interaction, portal, request: readRequest(interaction.params, portal) });
}

async function showSignIn(c: Context, needs: InteractionNeeds, open: Open): Promise<Response> {
  const id = getCookie(c, signInCookie) ?? (await begin(c, needs, open));
  setCookie(c, signInCookie, id, {
    path: `${paths.interaction}/${open.uid}`,
    httpOnly: true,
    sameSite: "Lax",
    secure: needs.secureCookies,
    maxAge: inSeconds(lifetimes.interaction),
  });
  const { language } = open.request;
  return c.redirect(`/sign-in/${encodeURIComponent(id)}${language === null ? "" : `?lang=${language}`}`, 303);
}

async function begin(c: Context, { signIn, visitorOf }: InteractionNeeds, open: Open): Promise<string> {
  const { uid: reference, interaction, portal, request } = open;
  const { attributes, level, fresh } = request;
  const returnTo = `${paths.interaction}/${reference}/finish`;
  const returnOrigins = [new URL(String(interaction.params["redirect_uri"])).origin];
  const asked = { portalId: portal.id, attributes, level, reference, returnTo, returnOrigins, wayBack, memory: "", fresh };
  return (await signIn.begin(asked, visitorOf(c))).id;
}

async function finish(c: Context, needs: InteractionNeeds, open: Open): Promise<Response> {
  const { uid, interaction } = open;
  const answer = await needs.signIn.answer(uid, needs.visitorOf(c));
  if (answer === null) return c.redirect(`${paths.interaction}/${uid}`, 303);
  interaction.result = await resultOf(answer, open, needs.secrets);
  await interaction.persist();
  return c.redirect(interaction.returnTo, 303);
}

/** What the engine, and in the end the portal, is told. */
async function resultOf(answer: Answer, { request, portal }: Open, secrets: Secrets): Promise<InteractionResults> {
  if (answer.outcome === "authorised" && !(await isExpected(answer.citizenId, request, portal, secrets)))
    return { ...denied("login_required", "another person signed in") };
  const heard = heardOf(answer, portal, request.acr);
  if ("error" in heard) return { ...heard };
  const { citizenId: accountId, acr, amr, authTime: ts, consented } = heard;
  return { login: { accountId, acr, amr: [...amr], ts, remember: false }, consent: {}, consented };
}

/** OpenID Connect Core 3.1.2.1 and 5.5.1: a portal that names whom it expects hears of nobody else. */
async function isExpected(
  citizenId: string,
  { subject, idTokenHint }: AuthorizationRequest,
  portal: OidcPortal,
  secrets: Secrets,
): Promise<boolean> {
  const hinted = idTokenHint === null ? undefined : decodeJwt(idTokenHint).sub;
  const expected = [subject, hinted].filter((sub) => typeof sub === "string");
  if (expected.length === 0) return true;
  const sub = await pairwiseSubject(secrets, portal, citizenId);
  return expected.every((one) => one === sub);
}
