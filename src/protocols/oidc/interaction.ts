/** From the engine to the house's own sign-in, and back with its answer. */
import { decodeJwt } from "jose";
import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type Provider from "oidc-provider";
import type { InteractionResults } from "oidc-provider";
import type { Portal, Portals } from "#core/portals";
import type { Answer, SignIn } from "#core/sign-in";
import type { Secrets } from "#platform/secrets";
import { interactionCookie, lifetimes } from "./engine.ts";
import { acrReached, amrOf } from "./levels.ts";
import { paths } from "./paths.ts";
import { pageHeaders, statusOf } from "./pages.ts";
import type { Pages } from "./pages.ts";
import { readRequest } from "./request.ts";
import type { AuthorizationRequest } from "./request.ts";
import type { VisitorOf } from "./visitor.ts";
import { pairwiseSubject } from "./subject.ts";

export interface InteractionNeeds {
  readonly engine: () => Provider;
  readonly portals: Portals;
  readonly signIn: SignIn;
  readonly secrets: Secrets;
  readonly visitorOf: VisitorOf;
  readonly pages: Pages;
  readonly secureCookies: boolean;
}

/** The engine is told at its own door (`paths.interaction`), where it fetches the answer. */
const wayBack = "openid-connect-engine";

/** The sign-in that an interaction began, so that coming back to it does not begin another. */
const signInCookie = "oidc_sign_in";

export function addInteractionRoutes(routes: Hono, needs: InteractionNeeds): void {
  const { signIn, portals, visitorOf } = needs;
  signIn.giveWayBack(wayBack, "fetched");

  routes.get(`${paths.interaction}/:uid`, async (c) => {
    const open = await loadOpen(c, needs);
    if (open instanceof Response) return open;
    const { uid, request, portal } = open;
    const id = getCookie(c, signInCookie) ?? (await begin(uid, request, portal));
    setCookie(c, signInCookie, id, {
      path: `${paths.interaction}/${uid}`,
      httpOnly: true,
      sameSite: "Lax",
      secure: needs.secureCookies,
      maxAge: lifetimes.Interaction,
    });
    const lang = request.language === null ? "" : `?lang=${request.language}`;
    return c.redirect(`/sign-in/${encodeURIComponent(id)}${lang}`, 303);

    async function begin(reference: string, { attributes, level, fresh }: AuthorizationRequest, { id: portalId }: Portal) {
      const returnTo = `${paths.interaction}/${reference}/finish`;
      return (
        await signIn.begin({ portalId, attributes, level, reference, returnTo, wayBack, memory: "", fresh }, visitorOf(c))
      ).id;
    }
  });

  routes.get(`${paths.interaction}/:uid/finish`, async (c) => {
    const open = await loadOpen(c, needs);
    if (open instanceof Response) return open;
    const { uid, interaction, request, portal } = open;
    const answer = await signIn.answer(uid, visitorOf(c));
    if (answer === null) return c.redirect(`${paths.interaction}/${uid}`, 303);
    interaction.result = await resultOf(answer, request, portal, needs);
    await interaction.persist();
    return c.redirect(interaction.returnTo, 303);
  });

  async function loadOpen(c: Context, { engine, pages }: InteractionNeeds) {
    const uid = c.req.param("uid") ?? "";
    // The engine bound the interaction to this browser by a cookie of the same value.
    const interaction = getCookie(c, interactionCookie) === uid ? await engine().Interaction.find(uid) : undefined;
    const portal = interaction && (await portals.find(String(interaction.params["client_id"])));
    if (interaction === undefined || portal === undefined || portal === null) {
      return c.html(pages.renderError("expired", visitorOf(c).language), statusOf.expired, pageHeaders());
    }
    if (interaction.result !== undefined) return c.redirect(interaction.returnTo, 303);
    return { uid, interaction, portal, request: readRequest(interaction.params, portal) };
  }
}

type Judge = Pick<InteractionNeeds, "portals" | "secrets">;

/** What the engine, and in the end the portal, is told. */
async function resultOf(
  answer: Answer,
  request: AuthorizationRequest,
  portal: Portal,
  needs: Judge,
): Promise<InteractionResults> {
  if (answer.outcome === "refused") return failure("access_denied", "the person did not authorise");
  if (answer.portalId !== portal.id) throw new Error("the sign-in answered for another portal");
  if (!(await isExpected(answer.citizenId, request, portal, needs)))
    return failure("login_required", "another person signed in");
  const acr = answer.level < portal.minimumLevel ? null : acrReached(request.acr, answer.level);
  if (acr === null) return failure("unmet_authentication_requirements", "the level asked for was not reached");
  const { citizenId: accountId, proof, authenticatedAt, attributes: consented } = answer;
  const ts = Math.floor(authenticatedAt.getTime() / 1000);
  return { login: { accountId, acr, amr: amrOf(proof), ts, remember: false }, consent: {}, consented };
}

/** OpenID Connect Core 3.1.2.1 and 5.5.1: a portal that names whom it expects hears of nobody else. */
async function isExpected(citizenId: string, { subject, idTokenHint }: AuthorizationRequest, portal: Portal, needs: Judge) {
  const hinted = idTokenHint === null ? undefined : decodeJwt(idTokenHint).sub;
  const expected = [subject, hinted].filter((sub) => typeof sub === "string");
  if (expected.length === 0) return true;
  const sub = await pairwiseSubject(needs.secrets, portal, citizenId);
  return expected.every((one) => one === sub);
}

function failure(error: string, description: string): InteractionResults {
  return { error, error_description: description };
}
