/** The OpenID Connect engine, set up for what this door offers and nothing more. */
import { languages, type Language, type Level } from "#core/vocabulary";
import Provider, { errors, interactionPolicy } from "oidc-provider";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import type { Portals } from "#core/portals";
import type { Database } from "#platform/database";
import { later } from "#platform/duration";
import { isBrokenOff } from "#platform/faults";
import type { Log } from "#platform/log";
import type { Secrets, SigningKey } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { createAdapterFactory, hashOf } from "./adapter.ts";
import { carriedNow } from "./carriage.ts";
import { claimsByScope, claimsOf } from "./claims.ts";
import { engineKeyOf } from "./engine-key.ts";
import { acrValuesUpTo } from "./levels.ts";
import { paths } from "./paths.ts";
import { pageHeaders, statusOf } from "./pages.ts";
import type { Pages, Problem } from "./pages.ts";
import { firstLanguage, membersOf } from "./request.ts";
import { postedRequestAsGet } from "./posted-request.ts";
import { rememberOnce } from "./store.ts";
import { pairwiseSubject } from "./subject.ts";

export interface EngineNeeds {
  readonly db: Database;
  readonly portals: Portals;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly issuer: string;
  /** The best that anybody can prove here: 4 where citizen cards are read. */
  readonly highestLevel: Level;
  readonly pages: Pages;
}

/** Seconds. */
export const lifetimes = { AuthorizationCode: 60, AccessToken: 600, IdToken: 600, Interaction: 900, Grant: 900, Session: 900 };

/** RFC 7523 3: an assertion must expire; ours wants it soon, since each is remembered until then. */
const assertionSeconds = 600;
const assertionRemembered = "PT15M";

export const interactionCookie = "oidc_interaction";

export function createEngine(needs: EngineNeeds, keys: readonly SigningKey[]): Provider {
  const provider = new Provider(needs.issuer, configurationOf(needs, keys));
  // Behind a proxy the addresses come from the issuer, never from a header (see `handle` in oidc.ts).
  provider.proxy = true;
  addressesFromIssuer(provider);
  secretsKeptElsewhere(provider, needs.portals);
  assertionsUsedOnce(provider, needs);
  provider.use(withoutEngineSession);
  provider.use(postedRequestAsGet);
  logErrors(provider, needs.log);
  return provider;
}

function configurationOf(needs: EngineNeeds, keys: readonly SigningKey[]): Configuration {
  const off = { enabled: false };
  return {
    adapter: createAdapterFactory(needs),
    jwks: { keys: keys.map(engineKeyOf) },
    ...clientRules,
    scopes: ["openid"],
    // What the ID token always says, beside what was consented to; it carries scope claims as the national portals expect.
    claims: { openid: ["sub", "acr", "amr", "auth_time"], ...claimsByScope() },
    conformIdTokenClaims: false,
    acrValues: acrValuesUpTo(needs.highestLevel),
    ttl: lifetimes,
    cookies: {
      names: { session: "oidc_session", interaction: interactionCookie, resume: "oidc_resume" },
      short: { httpOnly: true, sameSite: "lax" },
    },
    routes: {
      authorization: paths.authorization,
      token: paths.token,
      userinfo: paths.userinfo,
      jwks: paths.jwks,
      end_session: paths.logout,
    },
    features: {
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      resourceIndicators: off,
      rpInitiatedLogout: off, // logout.ts: the engine's needs a session of its own, and a script.
      claimsParameter: { enabled: true, assertClaimsParameter },
      externalSigningSupport: { enabled: true, ack: "experimental-01" },
    },
    discovery: {
      end_session_endpoint: new URL(paths.logout, needs.issuer).href,
      ui_locales_supported: [...languages],
      prompt_values_supported: ["none", "login", "consent"],
    },
    interactions: { policy: alwaysOnce(), url: (_ctx, { uid }) => `${paths.interaction}/${uid}` },
    loadExistingGrant: grantOf,
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...claimsOf(carriedNow().consented ?? {}) }),
    }),
    pairwiseIdentifier: async (_ctx, accountId, client) => {
      const portal = await needs.portals.find(client.clientId);
      if (portal === null) throw new errors.InvalidClient("client is invalid");
      return pairwiseSubject(needs.secrets, portal, accountId);
    },
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => assertAssertion(claims, needs.clock),
    expiresWithSession: async () => false,
    renderError: (ctx, out) => answerError(ctx, out, needs.pages),
  };
}

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

function assertAssertion({ exp, jti }: Readonly<Record<string, unknown>>, clock: Clock): void {
  const latest = clock.now().getTime() / 1000 + assertionSeconds;
  if (typeof exp !== "number" || exp > latest) throw new errors.InvalidClientAuth("the assertion lives too long");
  if (typeof jti !== "string" || jti.length > 256)
    throw new errors.InvalidClientAuth("the assertion's jti is not a short text");
}

/** An assertion is used once (RFC 7523 3). The engine looks first and inserts then, which parallel requests outrun. */
function assertionsUsedOnce(provider: Provider, { db, clock }: EngineNeeds): void {
  provider.ReplayDetection.unique = async (issuer, jti) => assertionIsNew(db, clock, issuer, jti);
}

export function assertionIsNew(db: Database, clock: Clock, issuer: string, jti: string): Promise<boolean> {
  return rememberOnce(
    db,
    hashOf("Assertion", JSON.stringify([issuer, jti])),
    "Assertion",
    later(clock.now(), assertionRemembered),
  );
}

function secretsKeptElsewhere(provider: Provider, portals: Portals): void {
  Object.assign(provider.Client.prototype, {
    async compareClientSecret(this: { readonly clientId: string }, secret: string): Promise<boolean> {
      const portal = await portals.find(this.clientId);
      return portal !== null && secret.length <= 1024 && portals.secretMatches(portal, secret);
    },
  });
}

/** The engine would build addresses, and the audience of assertions, from the Host header: whoever sends it would choose them. */
function addressesFromIssuer(provider: Provider): void {
  Object.assign(provider.OIDCContext.prototype, {
    urlFor: (name: string, options?: Record<string, unknown>) => provider.urlFor(name, options),
  });
}

async function withoutEngineSession(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const cookies = [ctx.response.headers["set-cookie"] ?? []].flat().filter((cookie) => !cookie.startsWith("oidc_session"));
  if (cookies.length > 0) ctx.set("Set-Cookie", cookies);
  else ctx.remove("Set-Cookie");
}

/** Machines are told in JSON; people get a page that says nothing of what was sent. */
function answerError(ctx: KoaContextWithOIDC, out: object, pages: Pages): void {
  if (ctx.path !== paths.authorization && !ctx.path.startsWith(`${paths.authorization}/`)) {
    ctx.body = out;
    return;
  }
  const problem: Problem = ctx.status >= 500 ? "fault" : ctx.path === paths.authorization ? "request" : "expired";
  ctx.status = statusOf[problem];
  ctx.set(pageHeaders());
  ctx.type = "html";
  ctx.body = pages.renderError(problem, languageOf(ctx));
}

function languageOf(ctx: KoaContextWithOIDC): Language {
  const { ui_locales: locales } = ctx.query;
  const wanted = typeof locales === "string" ? locales.split(" ") : [];
  return firstLanguage([...wanted, ...ctx.get("accept-language").split(",")]) ?? "pt";
}

function logErrors(provider: Provider, log: Log): void {
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
