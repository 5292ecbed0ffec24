/** What a portal needs to accept the key: OpenID Connect's code flow with PKCE, and signing out, through an ordinary client library. */
import * as client from "openid-client";
import type { Language } from "./portal-page.ts";

export interface RelyingPartyNeeds {
  readonly issuer: string;
  readonly clientId: string;
  readonly authentication: client.ClientAuth;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
  readonly scope: string;
}

/** What the portal was told about the person who signed in. */
export interface SignedIn {
  readonly subject: string;
  /** The assurance level, as the identity token's `acr`. */
  readonly level: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
}

export type Returned =
  { readonly outcome: "signed-in"; readonly signedIn: SignedIn } | { readonly outcome: "refused"; readonly error: string };

/** Kept in the portal's own session between leaving for the key and coming back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The `acr` without which nobody is let in, where one was asked for. */
  readonly acr?: string;
}

export interface RelyingParty {
  begin(language: Language, acr?: string): Promise<{ readonly url: string; readonly attempt: Attempt }>;
  /** Throws when the key's server cannot be reached. */
  finish(returned: URL, attempt: Attempt): Promise<Returned>;
  /** Where to sign out of the key as well; null when its server offers no such place. */
  signOutUrl(idToken: string): Promise<string | null>;
}

export function createRelyingParty(needs: RelyingPartyNeeds): RelyingParty {
  const discover = createLazyDiscovery(needs);

  async function begin(language: Language, acr?: string) {
    const wanted = acr === undefined ? {} : { acr };
    const attempt = {
      ...wanted,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(await discover(), {
      redirect_uri: needs.redirectUri,
      scope: needs.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: "S256",
      ui_locales: language,
      ...(acr !== undefined && { acr_values: acr }),
    });
    return { url: url.href, attempt };
  }

  async function finish(returned: URL, attempt: Attempt): Promise<Returned> {
    const config = await discover();
    try {
      const signedIn = await redeem(config, returned, attempt);
      // `acr_values` is a wish (OpenID Connect Core 3.1.2.1): whether it came true is the portal's to see.
      const isEnough = attempt.acr === undefined || signedIn.level === attempt.acr;
      return isEnough ? { outcome: "signed-in", signedIn } : { outcome: "refused", error: "level_missed" };
    } catch (fault) {
      const error = errorOf(fault);
      if (error === null) throw fault;
      return { outcome: "refused", error };
    }
  }

  async function signOutUrl(idToken: string): Promise<string | null> {
    const config = await discover();
    if (config.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: needs.postLogoutRedirectUri })
      .href;
  }
  return { begin, finish, signOutUrl };
}

async function redeem(config: client.Configuration, returned: URL, attempt: Attempt): Promise<SignedIn> {
  const tokens = await client.authorizationCodeGrant(config, returned, {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.verifier,
  });
  const identity = tokens.claims();
  if (!identity || tokens.id_token === undefined) throw new client.ClientError("no identity token came back");
  const claims = await client.fetchUserInfo(config, tokens.access_token, identity.sub);
  return {
    subject: identity.sub,
    level: typeof identity["acr"] === "string" ? identity["acr"] : "",
    claims,
    idToken: tokens.id_token,
  };
}

/** The OAuth error a page can speak of; null when this is trouble rather than an answer. */
function errorOf(fault: unknown): string | null {
  if (fault instanceof client.AuthorizationResponseError || fault instanceof client.ResponseBodyError) return fault.error;
  return fault instanceof client.ClientError && fault.code !== "OAUTH_TIMEOUT" ? "invalid_answer" : null;
}

/** The portal may be up before the key's server is: asked when first needed, and again after a failure. */
function createLazyDiscovery({ issuer, clientId, authentication }: RelyingPartyNeeds): () => Promise<client.Configuration> {
  let discovered: Promise<client.Configuration> | undefined;
  return function discover() {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; both ends are of the sandbox
    const execute = issuer.startsWith("http:") ? [client.allowInsecureRequests] : [];
    discovered ??= client
      .discovery(new URL(issuer), clientId, undefined, authentication, { timeout: 10, execute })
      .catch((fault: unknown) => {
        discovered = undefined;
        throw fault;
      });
    return discovered;
  };
}
