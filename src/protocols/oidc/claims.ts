/** What our attributes are called on the wire (OpenID Connect Core 5.1, and our own where it has none). */

import { attributeNames } from "#core/vocabulary";
import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
interface ClaimRow {
  readonly claim: string;
  readonly scope: string;
  /** When the scope alone asks for it; `essential` in the claims parameter overrides. */
  readonly required: boolean;
}

export const claimTable: Readonly<Record<AttributeName, ClaimRow>> = {
  civil_id: { claim: "civil_id", scope: "civil_id", required: true },
  tax_number: { claim: "tax_number", scope: "tax_number", required: true },
  name: { claim: "name", scope: "profile", required: true },
  given_names: { claim: "given_name", scope: "profile", required: true },
  family_names: { claim: "family_name", scope: "profile", required: true },
  birth_date: { claim: "birthdate", scope: "profile", required: false },
  nationality: { claim: "nationality", scope: "nationality", required: false },
  address: { claim: "address", scope: "address", required: false },
  phone: { claim: "phone_number", scope: "phone", required: false },
  email: { claim: "email", scope: "email", required: false },
  document_kind: { claim: "document_kind", scope: "document", required: true },
  document_number: { claim: "document_number", scope: "document", required: true },
  document_expires: { claim: "document_expires", scope: "document", required: true },
};

/** A phone of ours is one whose possession was proven. */
const phoneVerified = "phone_number_verified";

/** Scope -> its claims, as the engine wants it. */
export function claimsByScope(): Record<string, string[]> {
  const scopes: Record<string, string[]> = {};
  for (const { claim, scope } of Object.values(claimTable)) scopes[scope] = [...(scopes[scope] ?? []), claim];
  scopes["phone"]?.push(phoneVerified);
  return scopes;
}

/** The scopes of which a portal may have at least one attribute. */
export function allowedScopes(allowed: readonly AttributeName[]): string[] {
  return [...new Set(["openid", ...allowed.map((name) => claimTable[name].scope)])];
}

/** The members of the claims parameter (OpenID Connect Core 5.5): claim -> what was said of it. */
export type RequestedClaims = ReadonlyMap<string, { readonly essential: boolean | undefined }>;

/**
 * What a request asks for, within what its portal may ask: the rest is left out without an error, as OpenID Connect Core 5.5.1
 * demands of claims that are not returned.
 */
export function requestedAttributes(
  scopes: ReadonlySet<string>,
  claims: RequestedClaims,
  allowed: readonly AttributeName[],
): RequestedAttribute[] {
  return attributeNames.flatMap((name) => {
    const { claim, scope, required } = claimTable[name];
    const asked = claims.get(claim);
    if (!allowed.includes(name) || (asked === undefined && !scopes.has(scope))) return [];
    return [{ name, required: asked?.essential ?? (scopes.has(scope) && required) }];
  });
}

export type Consented = Readonly<Partial<Record<AttributeName, string>>>;

/** The values consented to, and no other, in the forms of OpenID Connect Core 5.1. */
export function claimsOf(consented: Consented): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const name of attributeNames) {
    const value = consented[name];
    if (value === undefined) continue;
    claims[claimTable[name].claim] = name === "address" ? { formatted: value } : value;
    if (name === "phone") claims[phoneVerified] = true;
  }
  return claims;
}
