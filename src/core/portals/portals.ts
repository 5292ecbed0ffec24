import { createBoundedCache, loadOnce } from "#platform/bounded-cache";
import type { Database } from "#platform/database";
import { same } from "#platform/fingerprint";
import type { Secrets } from "#platform/secrets";
import type { Portal, PortalRegistration } from "./portal.ts";
import { disablePortal, loadPortal, savePortal } from "./store.ts";

declare module "#platform/secrets" {
  interface Purposes {
    /** Portals' secrets are kept as its hash. */
    "portal-secret": true;
  }
}

export interface Portals {
  /** Null when unknown or disabled. Kept in memory until the portal changes, in whatever process it is changed. */
  find(id: string): Promise<Portal | null>;
  /** Adds or replaces. */
  register(registration: PortalRegistration): Promise<void>;
  /** At once, everywhere. */
  disable(id: string): Promise<void>;
  secretMatches(portal: Portal, secret: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface PortalNeeds {
  readonly db: Database;
  readonly secrets: Secrets;
}

/** Enough for every portal of a country; past it the oldest entry makes room, so that made-up ids cannot fill the memory. */
const mostPortals = 5_000;

/** Ids are asked for by anybody: nothing else is looked for, least of all what a database cannot hold (a NUL). */
const possibleId = /^[\x21-\x7e]{1,256}$/;

export async function createPortals({ db, secrets }: PortalNeeds): Promise<Portals> {
  const cached = createBoundedCache<Promise<Portal | null>>({ most: mostPortals });
  // Without a name: something may have gone unheard, so nothing is known any more.
  const heard = (id: string) => void (id === "" ? cached.clear() : cached.delete(id));
  const stopListening = await db.listen("portals", heard);
  const secretMac = (id: string, secret: string) => secrets.mac("portal-secret", `${id}\n${secret}`);

  return {
    async find(id) {
      // Nobody unknown is remembered: the next registration must be seen.
      return possibleId.test(id) ? loadOnce(cached, id, () => loadPortal(db, id)) : null;
    },

    async register(registration) {
      const { authentication } = registration;
      const mac = "secret" in authentication ? await secretMac(registration.id, authentication.secret) : null;
      await savePortal(db, registration, mac, sectorOf(registration));
      cached.delete(registration.id);
    },

    async disable(id) {
      await disablePortal(db, id);
      cached.delete(id);
    },

    async secretMatches(portal, secret) {
      if (!("secretMac" in portal.authentication)) return false;
      return same(portal.authentication.secretMac, await secretMac(portal.id, secret));
    },

    close: stopListening,
  };
}

/** OpenID Connect Core 8.1: without a sector identifier all redirect addresses must be on one host. */
function sectorOf({ id, redirectUris }: PortalRegistration): string {
  const hosts = new Set(redirectUris.map((uri) => new URL(uri).host));
  const [host] = hosts;
  if (hosts.size !== 1 || host === undefined) throw new Error(`portal ${id}: redirect addresses must share one host`);
  return host;
}
