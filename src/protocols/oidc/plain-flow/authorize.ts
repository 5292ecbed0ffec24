/** A plain request begins a sign-in, and its answer goes out together with the person's decision. */
import type { Visitor } from "#core/vocabulary";
import type { Answer, AnsweredWith, Begun, SignIn } from "#core/sign-in";
import { Unavailable } from "#platform/faults";
import type { Ready } from "#platform/jobs";
import { heardOf } from "../answer.ts";
import type { Authenticated } from "../answer.ts";
import { paths } from "../paths.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import type { OidcPortal } from "../registration/registration.ts";
import { wantedAcrIn } from "../request.ts";
import { pairwiseSubject } from "../subject.ts";
import { makeCode } from "./codes.ts";
import type { CodeNeeds } from "./codes.ts";
import { readPlainRequest, Remembered } from "./plain-request.ts";

export interface AuthorizeNeeds extends CodeNeeds {
  readonly portals: OidcPortals;
  readonly signIn: SignIn;
  readonly issuer: string;
}

export const wayBackName = "openid-connect";

/** Begins the sign-in, and answers it with its page's address; null when the engine must judge the request. */
export async function authorize(
  { portals, signIn, random }: AuthorizeNeeds,
  query: URLSearchParams,
  visitor: () => Visitor,
): Promise<(Begun & { readonly page: string }) | null> {
  const portal = await portals.find(query.get("client_id") ?? "");
  const plain = portal && readPlainRequest(query, portal);
  if (!plain) return null;
  const { remembered, asked } = plain;
  const { attributes, level, fresh, language } = asked;
  const reference = random.token();
  const begun = await signIn.begin(
    {
      ...{ portalId: portal.id, attributes, level, fresh, reference },
      returnTo: `${paths.answer}/${reference}`,
      returnOrigins: [new URL(remembered.redirectUri).origin],
      memory: JSON.stringify(remembered),
      wayBack: wayBackName,
    },
    visitor(),
  );
  const page = `/sign-in/${encodeURIComponent(begun.id)}/${begun.step}${language === null ? "" : `?lang=${language}`}`;
  return { ...begun, page };
}

/** The way back: the portal's address with what it is told, and the statements that must be done with the decision. */
export async function answeredWith(needs: AuthorizeNeeds, answer: Answer, memory: string): Promise<AnsweredWith> {
  const remembered = Remembered.parse(JSON.parse(memory));
  const portal = await needs.portals.find(remembered.portalId);
  if (!portal) throw new Unavailable("the portal");
  const { parameters, keep } = await parametersFor(needs, answer, remembered, portal);
  const { state } = remembered;
  const back = new URL(remembered.redirectUri);
  // RFC 9207: a portal that speaks with several servers sees which one answered.
  const all = { ...parameters, ...(state !== null && { state }), iss: needs.issuer };
  for (const [name, value] of Object.entries(all)) back.searchParams.append(name, value);
  return { to: { redirect: back.href }, keep };
}

interface Parameters {
  readonly parameters: Readonly<Record<string, string>>;
  readonly keep: readonly Ready[];
}

/** RFC 6749 4.1.2, and 4.1.2.1 where the answer is no. */
async function parametersFor(
  needs: AuthorizeNeeds,
  answer: Answer,
  remembered: Remembered,
  portal: OidcPortal,
): Promise<Parameters> {
  const heard = heardOf(answer, portal, wantedAcrIn(remembered.acrValues));
  if ("error" in heard) return { parameters: { ...heard }, keep: [] };
  const { code, save } = await makeCode(needs, await grantedBy(needs, heard, remembered, portal), remembered);
  return { parameters: { code }, keep: [save] };
}

async function grantedBy(
  { secrets }: AuthorizeNeeds,
  { citizenId, acr, amr, authTime, consented }: Authenticated,
  { portalId, nonce, scope }: Remembered,
  portal: OidcPortal,
) {
  const sub = await pairwiseSubject(secrets, portal, citizenId);
  return { portalId, nonce, scope, sub, acr, amr, authTime, consented };
}
