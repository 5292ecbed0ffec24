import { bind } from "#platform/bind";
import { createBoundedCache, loadOnce } from "#platform/bounded-cache";
import type { BoundedCache } from "#platform/bounded-cache";
import type { Database } from "#platform/database";
import type { Portal, PortalRegistration, SaveForProtocol } from "./portal.ts";
import { announceChange, disablePortal, loadPortal, savePortal } from "./store.ts";

export interface Portals {
  /**
   * Null when unknown or disabled. The same object until the portal changes, in whatever process it is changed: what is derived
   * from it may be kept for as long as it is (in a WeakMap).
   */
  find(id: string): Promise<Portal | null>;
  /** Adds or replaces, with what each of its protocols keeps of it: all or nothing. A disabled one is enabled again. */
  register(registration: PortalRegistration, protocols?: readonly SaveForProtocol[]): Promise<void>;
  /** At once, everywhere. */
  disable(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Enough for every portal of a country. */
const mostPortals = 5_000;

/** Ids are asked for by anybody: nothing else is looked for, least of all what a database cannot hold (a NUL). */
const possibleId = /^[\x21-\x7e]{1,256}$/;

export async function createPortals({ db }: { readonly db: Database }): Promise<Portals> {
  const cached: Cached = createBoundedCache({ most: mostPortals });
  const close = await db.listen("portals", (id) => forget(cached, id));
  return { ...bind({ db, cached }, { find, register, disable }), close };
}

type Cached = BoundedCache<Promise<Portal | null>>;

interface Needs {
  readonly db: Database;
  readonly cached: Cached;
}

/** Without an id: something may have gone unheard, so nothing is known any more. */
function forget(cached: Cached, id: string): void {
  if (id === "") cached.clear();
  else cached.delete(id);
}

/** Nobody unknown is remembered: made-up ids fill no memory, and the next registration is seen. */
async function find({ db, cached }: Needs, id: string): Promise<Portal | null> {
  return possibleId.test(id) ? loadOnce(cached, id, () => loadPortal(db, id)) : null;
}

async function register(
  { db, cached }: Needs,
  portal: PortalRegistration,
  protocols: readonly SaveForProtocol[] = [],
): Promise<void> {
  await db.transaction(async () => {
    await savePortal(db, portal);
    for (const save of protocols) await save(portal.id);
    await announceChange(db, portal.id);
  });
  cached.delete(portal.id);
}

async function disable({ db, cached }: Needs, id: string): Promise<void> {
  await db.transaction(async () => {
    await disablePortal(db, id);
    await announceChange(db, id);
  });
  cached.delete(id);
}
