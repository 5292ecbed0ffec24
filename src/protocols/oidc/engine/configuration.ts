/** The engine's rules: what this door offers and nothing more. */
import { errors, interactionPolicy } from "oidc-provider";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import { languages } from "#core/vocabulary";
import type { Level } from "#core/vocabulary";
import type { Database } from "#platform/database";
import { inSeconds } from "#platform/duration";
import type { Log } from "#platform/log";
import type { Secrets, SigningKey } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { faultOf } from "../assertions.ts";
import { claimsByScope, claimsOf } from "../claims.ts";
import { acrValuesUpTo } from "../levels.ts";
import { lifetimes } from "../lifetimes.ts";
import type { Pages } from "../pages.ts";
import { paths } from "../paths.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import { membersOf } from "../request.ts";
import { pairwiseSubject } from "../subject.ts";
import { createAdapterFactory } from "./adapter.ts";
import { carriedNow } from "./carriage.ts";
import { engineKeyOf } from "./engine-key.ts";
import { answerError } from "./errors.ts";

export interface EngineNeeds extends Pick<Pages, "renderError"> {
  readonly db: Database;
  readonly portals: OidcPortals;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly issuer: string;
  /** The best that anybody can prove here: 4 where citizen cards are read. */
  readonly highestLevel: Level;
}

export const interactionCookie = "oidc_interaction";

export function configurationOf(needs: EngineNeeds, keys: readonly SigningKey[]): Configuration {
  return {
    ...clientRules,
    ...whatIsSaid(needs),
    adapter: createAdapterFactory(needs),
    jwks: { keys: keys.map(engineKeyOf) },
    ttl: ttlInSeconds(),
    cookies,
    routes,
    features,
    interactions: { policy: alwaysOnce(), url: (_ctx, { uid }) => `${paths.interaction}/${uid}` },
    loadExistingGrant: grantOf,
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) => {
      const fault = faultOf(claims, needs.clock.now().getTime() / 1000);
      if (fault !== null) throw new errors.InvalidClientAuth(fault);
    },
    expiresWithSession: async () => false,
    renderError: (ctx, out) => answerError(ctx, out, needs.renderError),
  };
}

/** What is said of people, and of ourselves. */
function whatIsSaid({ portals, secrets, issuer, highestLevel }: EngineNeeds): Configuration {
  return {
    scopes: ["openid"],
    // What the ID token always says, beside what was consented to; it carries scope claims as the national portals expect.
    claims: { openid: ["sub", "acr", "amr", "auth_time"], ...claimsByScope() },
    conformIdTokenClaims: false,
    acrValues: acrValuesUpTo(highestLevel),
    discovery: {
      end_session_endpoint: new URL(paths.logout, issuer).href,
      ui_locales_supported: [...languages],
      prompt_values_supported: ["none", "login", "consent"],
    },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...claimsOf(carriedNow().consented ?? {}) }),
    }),
    pairwiseIdentifier: async (_ctx, accountId, client) => {
      const portal = await portals.find(client.clientId);
      if (portal === null) throw new errors.InvalidClient("client is invalid");
      return pairwiseSubject(secrets, portal, accountId);
    },
  };
}

/** The engine's grant and session are never kept: they last as long as the interaction that they are part of. */
function ttlInSeconds(): Record<string, number> {
  const { authorizationCode, accessToken, idToken, interaction } = lifetimes;
  const ttl = {
    ...{ AuthorizationCode: authorizationCode, AccessToken: accessToken, IdToken: idToken },
    ...{ Interaction: interaction, Grant: interaction, Session: interaction },
  };
  return Object.fromEntries(Object.entries(ttl).map(([kind, lives]) => [kind, inSeconds(lives)]));
}

const cookies: Configuration["cookies"] = {
  names: { session: "oidc_session", interaction: interactionCookie, resume: "oidc_resume" },
  short: { httpOnly: true, sameSite: "lax" },
};

const routes: Configuration["routes"] = {
  authorization: paths.authorization,
  token: paths.token,
  userinfo: paths.userinfo,
  jwks: paths.jwks,
  end_session: paths.logout,
};

const off = { enabled: false };

const features: Configuration["features"] = {
  devInteractions: off,
  dPoP: off,
  pushedAuthorizationRequests: off,
  resourceIndicators: off,
  rpInitiatedLogout: off, // logout.ts: the engine's needs a session of its own, and a script.
  claimsParameter: { enabled: true, assertClaimsParameter },
  externalSigningSupport: { enabled: true, ack: "experimental-01" },
};

const clientRules: Configuration = {
  clientDefaults: {
    response_types: ["code"],
    grant_types: ["authorization_code"],
    subject_type: "pairwise",
    id_token_signed_response_alg: "ES256",
    authorization_signed_response_alg: "ES256",
    introspection_signed_response_alg: "ES256",
  },
  enabledJWA: {
    idTokenSigningAlgValues: ["ES256"],
    userinfoSigningAlgValues: ["ES256"],
    introspectionSigningAlgValues: ["ES256"],
    authorizationSigningAlgValues: ["ES256"],
    clientAuthSigningAlgValues: ["ES256"],
  },
  clientAuthMethods: ["private_key_jwt", "client_secret_basic", "client_secret_post", "none"],
  responseTypes: ["code"],
  subjectTypes: ["pairwise"],
  pkce: { required: () => true },
  // OpenID Connect Core 3.1.2.1: the address is always sent, and compared as it was registered.
  allowOmittingSingleRegisteredRedirectUri: false,
  /** Only a portal without a secret, that is, one that lives in the browser, is called from there. */
  clientBasedCORS: (_ctx, origin, client) =>
    client.clientAuthMethod === "none" && (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
};

/** One visit to the house for each request, whatever was asked: who it is and what is told are settled there together. */
function alwaysOnce(): interactionPolicy.Prompt[] {
  const { Check, Prompt } = interactionPolicy;
  const always = new Check(
    "always",
    "consent is always asked",
    "login_required",
    ({ oidc }) => oidc.result?.["consent"] === undefined,
  );
  return [new Prompt({ name: "login", requestable: true }, always), new Prompt({ name: "consent", requestable: true })];
}

/** What interaction.ts left: the grant is made here, of what was consented to in this very request, and never found again. */
async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { result, client } = oidc;
  const accountId = oidc.session?.accountId;
  if (result?.["consent"] === undefined || client === undefined || accountId === undefined) return undefined;
  const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(oidc.requestParamOIDCScopes);
  grant.addOIDCClaims(oidc.requestParamClaims);
  await grant.save();
  carriedNow().consented = membersOf(membersOf(result)["consented"]);
  return grant;
}

const mostClaims = 40;

async function assertClaimsParameter(_ctx: unknown, claims: object): Promise<void> {
  for (const place of ["userinfo", "id_token"]) {
    const said = Object.values(membersOf(membersOf(claims)[place]));
    if (said.length > mostClaims) throw new errors.InvalidRequest("claims asks for too many claims");
    if (said.some((value) => typeof value !== "object" || Array.isArray(value))) {
      throw new errors.InvalidRequest("members of claims must be null or objects");
    }
  }
}
