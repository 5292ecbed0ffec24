/** Reads an authorization request, already found valid by the engine, in the house's own words. */
import { isLanguage, type Language } from "#core/vocabulary";
import type { Level, RequestedAttribute } from "#core/vocabulary";
import type { Portal } from "#core/portals";
import { requestedAttributes } from "./claims.ts";
import type { RequestedClaims } from "./claims.ts";
import { levelToReach } from "./levels.ts";
import type { WantedAcr } from "./levels.ts";

export interface AuthorizationRequest {
  readonly attributes: readonly RequestedAttribute[];
  readonly level: Level;
  readonly acr: WantedAcr;
  readonly fresh: boolean;
  readonly language: Language | null;
  /** The pairwise subject that the portal expects, when it names one. */
  readonly subject: string | null;
  readonly idTokenHint: string | null;
}

type Params = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

export function readRequest(params: Params, portal: Portal): AuthorizationRequest {
  const { idToken, userinfo } = claimsParameter(params);
  const acr = wantedAcr(words(params["acr_values"]), membersOf(idToken["acr"]));
  return {
    attributes: requestedAttributes(new Set(words(params["scope"])), merged(userinfo, idToken), portal.attributes),
    level: levelToReach(acr, portal.minimumLevel),
    acr,
    // With max_age too: how old the proof may be is then never in doubt.
    fresh: words(params["prompt"]).includes("login") || params["max_age"] !== undefined,
    language: firstLanguage(words(params["ui_locales"])),
    subject: textOf(membersOf(idToken["sub"])["value"]),
    idTokenHint: textOf(params["id_token_hint"]),
  };
}

function claimsParameter(params: Params): { idToken: Members; userinfo: Members } {
  const text = textOf(params["claims"]);
  const claims = membersOf(text === null ? undefined : JSON.parse(text));
  return { idToken: membersOf(claims["id_token"]), userinfo: membersOf(claims["userinfo"]) };
}

/** Asked for in both places, a claim is essential when it is so in either. */
function merged(...places: readonly Members[]): RequestedClaims {
  const claims = new Map<string, { essential: boolean | undefined }>();
  for (const [claim, said] of places.flatMap((place) => Object.entries(place))) {
    const essential = membersOf(said)["essential"];
    const before = claims.get(claim)?.essential;
    claims.set(claim, { essential: typeof essential === "boolean" ? essential || before === true : before });
  }
  return claims;
}

function wantedAcr(acrValues: readonly string[], claim: Members): WantedAcr {
  const { value, values } = claim;
  const listed: readonly unknown[] = Array.isArray(values) ? values : [];
  const named = [value, ...listed].filter((one) => typeof one === "string");
  const essential = claim["essential"] === true && named.length > 0;
  return { values: essential ? named : [...acrValues, ...named], essential };
}

export function firstLanguage(locales: readonly string[]): Language | null {
  for (const locale of locales) {
    const language = locale.slice(0, 2).toLowerCase();
    if (isLanguage(language)) return language;
  }
  return null;
}

function words(value: unknown): string[] {
  return typeof value === "string" ? value.split(" ").filter((word) => word !== "") : [];
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
