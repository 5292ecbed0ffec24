import type { Database } from "#platform/database";
import type { Portal, PortalAuthentication, PortalRegistration } from "./portal.ts";

interface PortalRow extends Omit<Portal, "authentication"> {
  readonly authentication: Portal["authentication"];
  readonly secretMac: Buffer | null;
}

/** What may be kept in the clear of how a portal proves who it is. */
function withoutSecret(authentication: PortalAuthentication): object {
  return "secret" in authentication ? { method: authentication.method } : authentication;
}

export async function savePortal(
  db: Database,
  portal: PortalRegistration,
  secretMac: Buffer | null,
  sector: string,
): Promise<void> {
  await db.transaction(async () => {
    await db`
      insert into portals.portal (
        id, name, home_url, redirect_uris, post_logout_redirect_uris, attributes, minimum_level,
        authentication, secret_mac, sector
      ) values (
        ${portal.id}, ${portal.name}, ${portal.homeUrl}, ${portal.redirectUris}, ${portal.postLogoutRedirectUris},
        ${portal.attributes}, ${portal.minimumLevel}, ${withoutSecret(portal.authentication)}, ${secretMac}, ${sector}
      )
      on conflict (id) do update set
        name = excluded.name, home_url = excluded.home_url, redirect_uris = excluded.redirect_uris,
        post_logout_redirect_uris = excluded.post_logout_redirect_uris, attributes = excluded.attributes,
        minimum_level = excluded.minimum_level, authentication = excluded.authentication,
        secret_mac = excluded.secret_mac, sector = excluded.sector, disabled_at = null`;
    await db`select pg_notify('portals', ${portal.id})`;
  });
}

export async function disablePortal(db: Database, id: string): Promise<void> {
  await db.transaction(async () => {
    await db`update portals.portal set disabled_at = now() where id = ${id}`;
    await db`select pg_notify('portals', ${id})`;
  });
}

export async function loadPortal(db: Database, id: string): Promise<Portal | null> {
  const [row] = await db<PortalRow>`
    select id, name, home_url as "homeUrl", redirect_uris as "redirectUris",
           post_logout_redirect_uris as "postLogoutRedirectUris", attributes, minimum_level as "minimumLevel",
           authentication, secret_mac as "secretMac", sector
    from portals.portal where id = ${id} and disabled_at is null`;
  if (!row) return null;
  const { secretMac, ...portal } = row;
  if (secretMac === null) return portal;
  return { ...portal, authentication: { ...portal.authentication, secretMac } as Portal["authentication"] };
}
