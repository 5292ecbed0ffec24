import type { Database } from "#platform/database";
import type { OidcPortal, OidcRegistration } from "./registration.ts";

/** What is registered, as the database has it. */
export type RegistrationRow = Pick<OidcPortal, "redirectUris" | "postLogoutRedirectUris" | "authentication" | "sector">;

interface FlatRow extends Omit<RegistrationRow, "authentication"> {
  readonly authentication: object;
  readonly secretMac: Buffer | null;
}

/** What may be kept in the clear of how a portal proves who it is. */
function withoutSecret(authentication: OidcRegistration["authentication"]): object {
  return "secret" in authentication ? { method: authentication.method } : authentication;
}

export async function saveRegistration(
  db: Database,
  portalId: string,
  { redirectUris, postLogoutRedirectUris, authentication }: OidcRegistration,
  secretMac: Buffer | null,
  sector: string,
): Promise<void> {
  await db`
    insert into oidc.portal (portal_id, redirect_uris, post_logout_redirect_uris, authentication, secret_mac, sector)
    values (${portalId}, ${redirectUris}, ${postLogoutRedirectUris}, ${withoutSecret(authentication)}, ${secretMac}, ${sector})
    on conflict (portal_id) do update set
      redirect_uris = excluded.redirect_uris, post_logout_redirect_uris = excluded.post_logout_redirect_uris,
      authentication = excluded.authentication, secret_mac = excluded.secret_mac, sector = excluded.sector`;
}

export async function loadRegistration(db: Database, portalId: string): Promise<RegistrationRow | null> {
  const [row] = await db<FlatRow>`
    select redirect_uris as "redirectUris", post_logout_redirect_uris as "postLogoutRedirectUris", authentication,
           secret_mac as "secretMac", sector
    from oidc.portal where portal_id = ${portalId}`;
  if (!row) return null;
  const { secretMac, authentication, ...registration } = row;
  const proof = secretMac === null ? authentication : { ...authentication, secretMac };
  // `as`: what `saveRegistration` wrote, with a keyed hash for the methods that use a secret, and for no other.
  return { ...registration, authentication: proof as OidcPortal["authentication"] };
}
