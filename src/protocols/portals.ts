/** A portal with what each protocol must know of it: what an operator, or the sandbox, registers in one go. */
import type { PortalRegistration, Portals } from "#core/portals";
import type { Database } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import { savingForOidc } from "#protocols/oidc";
import type { OidcRegistration } from "#protocols/oidc";

export interface CompletePortal extends PortalRegistration {
  readonly oidc: OidcRegistration;
}

export interface RegistrationNeeds {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly portals: Portals;
}

/** Adds or replaces, all of it or nothing. */
export async function registerPortal(needs: RegistrationNeeds, { oidc, ...portal }: CompletePortal): Promise<void> {
  await needs.portals.register(portal, [savingForOidc(needs, oidc)]);
}
