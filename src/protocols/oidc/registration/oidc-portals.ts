/** The portals that speak OpenID Connect: what core knows of each, together with what it registered here. */
import type { Portal, Portals, SaveForProtocol } from "#core/portals";
import { bind } from "#platform/bind";
import type { Database } from "#platform/database";
import { same } from "#platform/fingerprint";
import type { Secrets } from "#platform/secrets";
import type { OidcPortal, OidcRegistration } from "./registration.ts";
import { loadRegistration, saveRegistration } from "./store.ts";

declare module "#platform/secrets" {
  interface Purposes {
    /** Portals' secrets are kept as its hash. */
    "portal-secret": true;
  }
}

export interface OidcPortals {
  /** Null when unknown, disabled, or registered for other protocols alone. No statement while core remembers the portal. */
  find(id: string): Promise<OidcPortal | null>;
  /** In constant time. False for a portal without a secret, and for anything too long to be one. */
  secretMatches(portal: OidcPortal, secret: string): Promise<boolean>;
}

export interface OidcPortalsNeeds {
  readonly db: Database;
  readonly portals: Portals;
  readonly secrets: Secrets;
}

interface Needs extends OidcPortalsNeeds {
  /** By core's own object, which is another once the portal has changed in whatever process: nothing here can outlive it. */
  readonly byPortal: WeakMap<Portal, Promise<OidcPortal | null>>;
}

export function createOidcPortals(needs: OidcPortalsNeeds): OidcPortals {
  const needed: Needs = { ...needs, byPortal: new WeakMap() };
  return bind(needed, { find, secretMatches });
}

async function find({ db, portals, byPortal }: Needs, id: string): Promise<OidcPortal | null> {
  const portal = await portals.find(id);
  if (portal === null) return null;
  const asked = byPortal.get(portal);
  if (asked !== undefined) return asked;
  const loading = loadOidcPortal(db, portal);
  byPortal.set(portal, loading);
  loading.catch(() => byPortal.delete(portal));
  return loading;
}

async function loadOidcPortal(db: Database, portal: Portal): Promise<OidcPortal | null> {
  const registration = await loadRegistration(db, portal.id);
  return registration && { ...portal, ...registration };
}

/** Characters. */
const longestSecret = 1_024;

async function secretMatches({ secrets }: Needs, { id, authentication }: OidcPortal, secret: string): Promise<boolean> {
  if (!("secretMac" in authentication) || secret.length > longestSecret) return false;
  return same(authentication.secretMac, await secretMac(secrets, id, secret));
}

/** Bound to the portal: the same secret is another's hash. */
function secretMac(secrets: Secrets, portalId: string, secret: string): Promise<Buffer> {
  return secrets.mac("portal-secret", `${portalId}\n${secret}`);
}

/** What saves it, for `Portals.register`. Throws when the redirect addresses are not on one host. */
export function savingForOidc(
  { db, secrets }: Pick<OidcPortalsNeeds, "db" | "secrets">,
  registration: OidcRegistration,
): SaveForProtocol {
  const { authentication } = registration;
  const sector = sectorOf(registration);
  return async (portalId) => {
    const mac = "secret" in authentication ? await secretMac(secrets, portalId, authentication.secret) : null;
    await saveRegistration(db, portalId, registration, mac, sector);
  };
}

/** OpenID Connect Core 8.1: without a sector identifier all redirect addresses must be on one host. */
function sectorOf({ redirectUris }: OidcRegistration): string {
  const hosts = new Set(redirectUris.map((uri) => new URL(uri).host));
  const [host] = hosts;
  if (hosts.size !== 1 || host === undefined) throw new Error("the redirect addresses of a portal must share one host");
  return host;
}
