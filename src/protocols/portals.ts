/** A portal with what each protocol must know of it: what an operator, or the sandbox, registers in one go. */
import type { PortalRegistration, Portals } from "#core/portals";
import type { OidcPortals, OidcRegistration } from "#protocols/oidc";

export interface CompletePortal extends PortalRegistration {
  readonly oidc: OidcRegistration;
}

export interface PortalRegisters {
  readonly portals: Portals;
  readonly oidcPortals: OidcPortals;
}

/** Adds or replaces, all of it or nothing. */
export async function registerPortal(
  { portals, oidcPortals }: PortalRegisters,
  { oidc, ...portal }: CompletePortal,
): Promise<void> {
  await portals.register(portal, [oidcPortals.saving(oidc)]);
}
