import type { Visitor } from "#core/vocabulary";
import { createHash } from "node:crypto";
import type { Portal, Portals } from "#core/portals";
import type { Answer, Begun, SignIn } from "#core/sign-in";
import type { Database } from "#platform/database";
import { Unavailable } from "#platform/faults";
import { fingerprint } from "#platform/fingerprint";
import { later } from "#platform/duration";
import type { Ready } from "#platform/jobs";
import type { Secrets, SigningKeys } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import { claimsOf } from "../claims.ts";
import type { Consented } from "../claims.ts";
import { acrReached, amrOf } from "../levels.ts";
import { paths } from "../paths.ts";
import { readRequest } from "../request.ts";
import { pairwiseSubject } from "../subject.ts";
import { readPlainRequest, Remembered } from "./authorization.ts";
import { createClientAuthentication } from "./client-authentication.ts";
import type { TokenRequest } from "./client-authentication.ts";
import * as store from "./store.ts";
import { atHash, signIdToken } from "./tokens.ts";

export interface PlainFlowNeeds {
  readonly db: Database;
  readonly portals: Portals;
  readonly signIn: SignIn;
  readonly signingKeys: SigningKeys;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly issuer: string;
  /** Seconds since 1970 of the real time: tokens are judged by portals, whose clocks nobody moves. */
  readonly epoch: () => number;
  assertionIsNew(issuer: string, jti: string): Promise<boolean>;
}

/** In seconds, as the engine's. */
export interface Lifetimes {
  readonly AuthorizationCode: number;
  readonly AccessToken: number;
  readonly IdToken: number;
}

/** An answer of the token or userinfo endpoint. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: object;
}

export interface PlainFlow {
  /** Begins the sign-in, and answers it with its page's address; null when the engine must judge the request. */
  authorize(query: URLSearchParams, visitor: () => Visitor): Promise<(Begun & { readonly page: string }) | null>;
  /** Null when the engine must judge the request. */
  token(request: TokenRequest): Promise<JsonAnswer | null>;
  userinfo(accessToken: string): Promise<JsonAnswer | null>;
}

/** What a code, and then a token, stands for; sealed at rest. */
interface Granted {
  readonly portalId: string;
  readonly nonce: string | null;
  readonly scope: string;
  readonly sub: string;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly authTime: number;
  readonly consented: Consented;
}

const wayBackName = "openid-connect";

/** By which codes and tokens of this flow are told from the engine's, which never begin so. */
const mark = "p.";

export function createPlainFlow(needs: PlainFlowNeeds, lifetimes: Lifetimes): PlainFlow {
  const { db, portals, signIn, secrets, clock, random, issuer } = needs;
  const authenticate = createClientAuthentication({ ...needs, tokenEndpoint: issuer + paths.token });
  const after = (seconds: number) => later(clock.now(), `PT${String(seconds)}S`);
  const contextOf = (codeHash: Buffer) => `oidc:plain-flow:${codeHash.toString("hex")}`;

  async function open(codeHash: Buffer, payload: Buffer): Promise<Granted> {
    // `as`: sealed, so it is what `codeFor` wrote.
    return JSON.parse(await secrets.open("personal", payload, contextOf(codeHash))) as Granted;
  }

  async function codeFor(
    granted: Granted,
    binding: Buffer,
  ): Promise<{ readonly code: string; readonly keep: readonly Ready[] }> {
    const code = mark + random.token();
    const codeHash = fingerprint(code);
    const payload = await secrets.seal("personal", JSON.stringify(granted), contextOf(codeHash));
    const expiresAt = after(lifetimes.AuthorizationCode);
    return { code, keep: [() => store.savePlainFlow(db, codeHash, binding, payload, expiresAt)] };
  }

  /** RFC 6749 4.1.2, and 4.1.2.1 where the answer is no. */
  async function answerParameters(answer: Answer, remembered: Remembered, portal: Portal): Promise<Said> {
    if (answer.outcome === "refused") return denied("access_denied", "the person did not authorise");
    if (answer.portalId !== portal.id) throw new Error("the sign-in answered for another portal");
    const { acr: wanted } = readRequest({ acr_values: remembered.acrValues ?? undefined }, portal);
    const acr = answer.level < portal.minimumLevel ? null : acrReached(wanted, answer.level);
    if (acr === null) return denied("unmet_authentication_requirements", "the level asked for was not reached");
    const { portalId, redirectUri, challenge, nonce, scope } = remembered;
    const sub = await pairwiseSubject(secrets, portal, answer.citizenId);
    const authTime = Math.floor(answer.authenticatedAt.getTime() / 1000);
    const proof = { sub, acr, amr: amrOf(answer.proof), authTime, consented: answer.attributes };
    const { code, keep } = await codeFor({ portalId, nonce, scope, ...proof }, bindingOf(portalId, redirectUri, challenge));
    return { said: { code }, keep };
  }

  async function tokensOf(granted: Granted, accessToken: string): Promise<object> {
    const [key] = await needs.signingKeys.list("id-token");
    if (key === undefined) throw new Error("there is no key to sign ID tokens with");
    const { sub, acr, amr, authTime, consented, nonce, portalId, scope } = granted;
    const about = { iss: issuer, sub, aud: portalId, acr, amr, auth_time: authTime, at_hash: atHash(accessToken) };
    const claims = { ...claimsOf(consented), ...about, ...(nonce !== null && { nonce }) };
    const idToken = await signIdToken(key, claims, needs.epoch(), lifetimes.IdToken);
    return { access_token: accessToken, expires_in: lifetimes.AccessToken, id_token: idToken, scope, token_type: "Bearer" };
  }

  async function addressWith(answer: Answer, memory: string) {
    const remembered = Remembered.parse(JSON.parse(memory));
    const portal = await portals.find(remembered.portalId);
    if (!portal) throw new Unavailable("the portal");
    const back = new URL(remembered.redirectUri);
    const { said, keep } = await answerParameters(answer, remembered, portal);
    for (const [name, value] of Object.entries({ ...said, ...stated(remembered), iss: issuer }))
      back.searchParams.append(name, value);
    return { to: { redirect: back.href }, keep };
  }

  signIn.giveWayBack(wayBackName, addressWith);

  return {
    async authorize(query, visitor) {
      const portal = await portalNamed(query.get("client_id"), portals);
      const plain = portal && readPlainRequest(query, portal);
      if (!plain) return null;
      const { attributes, level, fresh, language } = plain.asked;
      const reference = random.token();
      const returnTo = `${paths.answer}/${reference}`;
      const memory = JSON.stringify(plain.remembered);
      const request = { portalId: portal.id, attributes, level, reference, returnTo, fresh, memory, wayBack: wayBackName };
      const begun = await signIn.begin(request, visitor());
      const page = `/sign-in/${encodeURIComponent(begun.id)}/${begun.step}${language === null ? "" : `?lang=${language}`}`;
      return { ...begun, page };
    },

    async token(request) {
      const { grant_type: grant, code = "", redirect_uri: redirectUri = "", code_verifier: verifier = "" } = request.body;
      if (grant !== "authorization_code" || !code.startsWith(mark)) return null;
      const portal = await authenticate(request);
      if (!portal) return null;
      const codeHash = fingerprint(code);
      const accessToken = mark + random.token();
      const binding = bindingOf(portal.id, redirectUri, challengeOf(verifier));
      const tokenEnds = after(lifetimes.AccessToken);
      const payload = await store.redeem(db, codeHash, binding, fingerprint(accessToken), clock.now(), tokenEnds);
      if (payload) return { status: 200, body: await tokensOf(await open(codeHash, payload), accessToken) };
      await store.revokeRedeemed(db, codeHash, binding);
      return { status: 400, body: { error: "invalid_grant", error_description: "grant request is invalid" } };
    },

    async userinfo(accessToken) {
      if (!accessToken.startsWith(mark)) return null;
      const found = await store.findByToken(db, fingerprint(accessToken), clock.now());
      const granted = found && (await open(found.codeHash, found.payload));
      if (!granted || !(await portals.find(granted.portalId))) {
        return { status: 401, body: { error: "invalid_token", error_description: "invalid token provided" } };
      }
      return { status: 200, body: { sub: granted.sub, ...claimsOf(granted.consented) } };
    },
  };
}

function portalNamed(id: string | null, portals: Portals): Promise<Portal | null> {
  return id === null || id === "" || id.length > 256 ? Promise.resolve(null) : portals.find(id);
}

interface Said {
  readonly said: Readonly<Record<string, string>>;
  readonly keep: readonly Ready[];
}

const denied = (error: string, description: string): Said => ({ said: { error, error_description: description }, keep: [] });

const stated = ({ state }: Remembered): Record<string, string> => (state === null ? {} : { state });

/** RFC 7636 4.6; one of another form than 4.1 demands has none. */
function challengeOf(verifier: string): string {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash("sha256").update(verifier).digest("base64url") : "";
}

const bindingOf = (...presented: readonly string[]): Buffer => fingerprint(JSON.stringify(presented));
