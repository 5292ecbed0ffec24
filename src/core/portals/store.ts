import type { Database } from "#platform/database";
import type { Portal, PortalRegistration } from "./portal.ts";

export async function savePortal(db: Database, portal: PortalRegistration): Promise<void> {
  await db`
    insert into portals.portal (id, name, home_url, attributes, minimum_level)
    values (${portal.id}, ${portal.name}, ${portal.homeUrl}, ${portal.attributes}, ${portal.minimumLevel})
    on conflict (id) do update set
      name = excluded.name, home_url = excluded.home_url, attributes = excluded.attributes,
      minimum_level = excluded.minimum_level, disabled_at = null`;
}

export async function disablePortal(db: Database, id: string): Promise<void> {
  await db`update portals.portal set disabled_at = now() where id = ${id}`;
}

/** Heard everywhere once the transaction has committed. */
export async function announceChange(db: Database, id: string): Promise<void> {
  await db`select pg_notify('portals', ${id})`;
}

export async function loadPortal(db: Database, id: string): Promise<Portal | null> {
  const [portal] = await db<Portal>`
    select id, name, home_url as "homeUrl", attributes, minimum_level as "minimumLevel"
    from portals.portal where id = ${id} and disabled_at is null`;
  return portal ?? null;
}
