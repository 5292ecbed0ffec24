/** The tax authority over OpenID Connect: code flow with PKCE, state and nonce; tax number and name from its userinfo. */
import * as client from "openid-client";
import { z } from "zod";
import { isUnavailable, Unavailable } from "#platform/faults";
import type { Log } from "#platform/log";
import type { Clock } from "#platform/world";
import type { TaxAuthority } from "#core/activation";
import { createBoundedFetch } from "../bounded-fetch.ts";

export interface TaxAuthorityNeeds {
  /** Plain http is accepted only when the issuer itself is plain http: the sandbox. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly clock: Clock;
  readonly log: Log;
}

type Finished = Awaited<ReturnType<TaxAuthority["finish"]>>;

const SCOPE = "openid tax_number name";
const TIMEOUT_SECONDS = 5;
const DISCOVERY_KEPT = 3_600_000;
const LARGEST_ANSWER = 128 * 1024;
const LONGEST_QUERY = 4096;

const Memory = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
type Memory = z.infer<typeof Memory>;
const Identity = z.object({ tax_number: z.string().regex(/^\d{9}$/), name: z.string().trim().min(1).max(200) });

export function createTaxAuthority(needs: TaxAuthorityNeeds): TaxAuthority {
  const discover = createDiscovery(needs);

  async function begin() {
    const memory: Memory = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(await discover(), {
      redirect_uri: needs.redirectUri,
      scope: SCOPE,
      state: memory.state,
      nonce: memory.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(memory.verifier),
      code_challenge_method: "S256",
      // A session somebody left open at the authority must not become somebody else's key.
      prompt: "login consent",
    });
    return { url: url.href, memory: JSON.stringify(memory) };
  }

  async function finish(query: string, memory: string): Promise<Finished> {
    const remembered = Memory.safeParse(parsed(memory));
    if (!remembered.success || query.length > LONGEST_QUERY) return { outcome: "failed" };
    const config = await discover();
    try {
      return await identify(config, returnAddress(needs.redirectUri, query), remembered.data);
    } catch (fault) {
      return judge(fault, needs.log);
    }
  }
  return { begin, finish };
}

async function identify(config: client.Configuration, returned: URL, memory: Memory): Promise<Finished> {
  const tokens = await client.authorizationCodeGrant(config, returned, {
    expectedState: memory.state,
    expectedNonce: memory.nonce,
    pkceCodeVerifier: memory.verifier,
  });
  const subject = tokens.claims()?.sub;
  if (subject === undefined) throw new Unavailable("the tax authority's answer");
  const identity = Identity.safeParse(await client.fetchUserInfo(config, tokens.access_token, subject));
  // Its error would quote what was sent.
  if (!identity.success) throw new Unavailable("the tax authority's answer");
  return { outcome: "identified", taxNumber: identity.data.tax_number, name: identity.data.name };
}

function returnAddress(redirectUri: string, query: string): URL {
  const address = new URL(redirectUri);
  address.search = query;
  return address;
}

/** What the person or a forger may cause is an outcome; what the authority or our own registration there causes is a fault. */
function judge(fault: unknown, log: Log): Finished {
  if (isUnavailable(fault)) throw fault;
  if (fault instanceof Error && isUnavailable(fault.cause)) throw fault.cause;
  if (fault instanceof client.AuthorizationResponseError && fault.error === "access_denied") return { outcome: "refused" };
  log.warn({ gateway: "tax-authority", reason: codeOf(fault) }, "a sign-in at the tax authority failed");
  if (isOurs(fault)) throw new Unavailable(`the tax authority (${codeOf(fault)})`);
  if (fault instanceof client.ClientError || isOAuthError(fault)) return { outcome: "failed" };
  throw fault;
}

function isOAuthError(fault: unknown): boolean {
  return fault instanceof client.AuthorizationResponseError || fault instanceof client.ResponseBodyError;
}

/** Our own credentials are not accepted: trying again cannot help the person (RFC 6749 5.2). */
function isOurs(fault: unknown): boolean {
  if (fault instanceof client.WWWAuthenticateChallengeError) return true;
  return fault instanceof client.ResponseBodyError && ["invalid_client", "unauthorized_client"].includes(fault.error);
}

/** Codes only: messages and causes quote addresses and claims. */
function codeOf(fault: unknown): string {
  if (isOAuthError(fault) && fault instanceof Error && "error" in fault && typeof fault.error === "string")
    return fault.error.slice(0, 40);
  if (fault instanceof Error && "code" in fault && typeof fault.code === "string") return fault.code;
  return fault instanceof Error ? fault.name : "unknown";
}

/** Asked when first needed (the authority may start after us), kept an hour; a failure is not kept. */
function createDiscovery({ issuer, clientId, clientSecret, clock }: TaxAuthorityNeeds): () => Promise<client.Configuration> {
  const insecure = new URL(issuer).protocol === "http:";
  let discovered: { readonly config: Promise<client.Configuration>; readonly until: number } | undefined;

  function ask(): Promise<client.Configuration> {
    const config = client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      [client.customFetch]: createFetch(),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; production refuses a plain http issuer
      execute: insecure ? [client.allowInsecureRequests] : [],
    });
    return config.catch((fault: unknown) => {
      discovered = undefined;
      throw isUnavailable(fault) ? fault : new Unavailable(`the tax authority (${codeOf(fault)})`);
    });
  }

  return function discover() {
    const now = clock.now().getTime();
    if (!discovered || discovered.until <= now) discovered = { config: ask(), until: now + DISCOVERY_KEPT };
    return discovered.config;
  };
}

/** Tells trouble on the way (network, time-out, 5xx) from an answer, before the library wraps both alike. */
function createFetch(): client.CustomFetch {
  const boundedFetch = createBoundedFetch(LARGEST_ANSWER);
  return async (url, { method, headers, body, signal }) => {
    const answer = await boundedFetch(url, { method, headers, body: body ?? null, signal: signal ?? null }).catch(
      (cause: unknown) => {
        throw new Unavailable(`the tax authority (${codeOf(cause)})`);
      },
    );
    if (answer.status >= 500) throw new Unavailable(`the tax authority (status ${answer.status})`);
    return answer;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
