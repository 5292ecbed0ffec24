/** What a portal hears of how a sign-in ended. */
import type { Answer } from "#core/sign-in";
import type { Consented } from "./claims.ts";
import { acrReached, amrOf } from "./levels.ts";
import type { WantedAcr } from "./levels.ts";
import type { OidcPortal } from "./registration/registration.ts";

/** RFC 6749 4.1.2.1, and OpenID Connect Core 3.1.2.6. */
export interface Denial {
  readonly error: "access_denied" | "login_required" | "unmet_authentication_requirements";
  readonly error_description: string;
}

/** Who signed in, how, and what was consented to. */
export interface Authenticated {
  readonly citizenId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since 1970, as in the claim of the same name (OpenID Connect Core 2). */
  readonly authTime: number;
  readonly consented: Consented;
}

export function denied(error: Denial["error"], description: string): Denial {
  return { error, error_description: description };
}

/** Throws when the answer is another portal's. */
export function heardOf(answer: Answer, portal: OidcPortal, wanted: WantedAcr): Denial | Authenticated {
  if (answer.outcome === "refused") return denied("access_denied", "the person did not authorise");
  if (answer.portalId !== portal.id) throw new Error("the sign-in answered for another portal");
  const { citizenId, proof, level, authenticatedAt, attributes: consented } = answer;
  const acr = level < portal.minimumLevel ? null : acrReached(wanted, level);
  if (acr === null) return denied("unmet_authentication_requirements", "the level asked for was not reached");
  return { citizenId, acr, amr: amrOf(proof), authTime: Math.floor(authenticatedAt.getTime() / 1000), consented };
}
