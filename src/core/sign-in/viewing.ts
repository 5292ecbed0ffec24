/** What the page of a sign-in shows. */
import type { Visitor } from "#core/vocabulary";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import { remembering } from "#platform/remembering";
import type { Gone, SignInStep, SignInView } from "./contract.ts";
import { load } from "./load.ts";
import type { Loaded, Source } from "./load.ts";
import type { Needs } from "./needs.ts";
import { openProfile } from "./profiles.ts";
import type { RequestRow } from "./store.ts";

/** Who still holds the slip at phone and PIN has most likely proven nothing; anywhere else it is long out of date. */
const sourcesAt = (step: SignInStep | undefined): readonly Source[] =>
  step === "identify" ? ["just-written", "slip", "row"] : ["just-written", "row", "slip"];

export async function view(
  needs: Needs,
  id: string,
  visitor: Visitor,
  at?: SignInStep,
): Promise<Outcome<{ view: SignInView }, Gone>> {
  const found = await load(needs, id, visitor, { in: sourcesAt(at), step: at });
  if (!found.ok) return found;
  const { request } = found;
  // Whoever has left is shown no more of themselves.
  if (request.step === "consent" && request.signedInAs !== request.citizenId) return refused("sign-in.gone");
  needs.recent.note(request);
  return { ...done, view: await viewOf(needs, found) };
}

async function viewOf(needs: Needs, { request, portal }: Pick<Loaded, "request" | "portal">): Promise<SignInView> {
  const { id, step, attributes, level, expiresAt, proof, returnTo } = request;
  return {
    id,
    step,
    portal: portalView(request, portal),
    attributes,
    cardOnly: !needs.proofs.reaches("key-and-code", level),
    expiresAt,
    code: step === "code" ? codeView(needs, request) : null,
    by: proof?.by ?? null,
    consent: step === "consent" ? await consentView(needs, request) : null,
    returnTo,
  };
}

function portalView({ portalId }: RequestRow, portal: Loaded["portal"]): SignInView["portal"] {
  const { name, homeUrl, redirectUris, isOurselves = false } = portal;
  return { id: portalId, name, homeUrl, isOurselves, redirectOrigins: originsOf(redirectUris) };
}

function originsOf(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map(originOf))];
}

const originOf = remembering((address) => new URL(address).origin);

function codeView({ proofs }: Needs, { code }: RequestRow): SignInView["code"] {
  if (code === null) return null;
  return { maskedPhone: code.maskedPhone, expiresAt: code.expiresAt, resendAt: proofs.keyAndCode.resendAt(code) };
}

async function consentView({ floor }: Needs, request: RequestRow): Promise<SignInView["consent"]> {
  const { name, values } = await openProfile(floor.secrets, request);
  return { name, attributes: request.attributes.map((asked) => ({ ...asked, value: values[asked.name] ?? null })) };
}
