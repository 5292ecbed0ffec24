/** The plain flow's codes and access tokens, and what each stands for; sealed at rest. */
import { createHash } from "node:crypto";
import type { Database } from "#platform/database";
import { later } from "#platform/duration";
import { fingerprint } from "#platform/fingerprint";
import type { Ready } from "#platform/jobs";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import type { Consented } from "../claims.ts";
import { lifetimes } from "../lifetimes.ts";
import { findByToken, redeem, revokeRedeemed, savePlainFlow } from "./store.ts";

export interface CodeNeeds {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
}

/** What a code, and then a token, stands for. */
export interface Granted {
  readonly portalId: string;
  readonly nonce: string | null;
  readonly scope: string;
  readonly sub: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly consented: Consented;
}

/** What a code is bound to: presented with anything else it is no code. */
export interface Presented {
  readonly portalId: string;
  readonly redirectUri: string;
  /** RFC 7636 4.2. */
  readonly challenge: string;
}

/** By which codes and tokens of this flow are told from the engine's, which never begin so. */
const mark = "p.";

export const isOurs = (codeOrToken: string): boolean => codeOrToken.startsWith(mark);

/** A new code, and the statement that saves it, for what is done at once. */
export async function makeCode(
  { db, secrets, clock, random }: CodeNeeds,
  granted: Granted,
  presented: Presented,
): Promise<{ readonly code: string; readonly save: Ready }> {
  const code = mark + random.token();
  const codeHash = fingerprint(code);
  const payload = await secrets.seal("personal", JSON.stringify(granted), contextOf(codeHash));
  const expiresAt = later(clock.now(), lifetimes.authorizationCode);
  return { code, save: () => savePlainFlow(db, codeHash, bindingOf(presented), payload, expiresAt) };
}

/** Once, for an access token; null for whatever else is presented. Presented again, it takes back what it gave (RFC 6749 4.1.2). */
export async function redeemCode(
  needs: CodeNeeds,
  code: string,
  presented: Presented,
): Promise<{ readonly granted: Granted; readonly accessToken: string } | null> {
  const { db, clock, random } = needs;
  const [codeHash, binding] = [fingerprint(code), bindingOf(presented)];
  const accessToken = mark + random.token();
  const now = clock.now();
  const payload = await redeem(db, codeHash, binding, fingerprint(accessToken), now, later(now, lifetimes.accessToken));
  if (payload) return { granted: await open(needs, codeHash, payload), accessToken };
  await revokeRedeemed(db, codeHash, binding);
  return null;
}

export async function grantedFor(needs: CodeNeeds, accessToken: string): Promise<Granted | null> {
  const found = await findByToken(needs.db, fingerprint(accessToken), needs.clock.now());
  return found && open(needs, found.codeHash, found.payload);
}

/** RFC 7636 4.6; one of another form than 4.1 demands has none. */
export function challengeOf(verifier: string): string {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? createHash("sha256").update(verifier).digest("base64url") : "";
}

async function open({ secrets }: CodeNeeds, codeHash: Buffer, payload: Buffer): Promise<Granted> {
  // `as`: sealed, so it is what `makeCode` wrote.
  return JSON.parse(await secrets.open("personal", payload, contextOf(codeHash))) as Granted;
}

const contextOf = (codeHash: Buffer): string => `oidc:plain-flow:${codeHash.toString("hex")}`;

function bindingOf({ portalId, redirectUri, challenge }: Presented): Buffer {
  return fingerprint(JSON.stringify([portalId, redirectUri, challenge]));
}
