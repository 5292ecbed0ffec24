/** How the engine's objects are kept: see carriage.ts for the grant, store.ts for the statements. */
import { createHash } from "node:crypto";
import Provider, { errors } from "oidc-provider";
import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import type { OidcPortals } from "./registration/oidc-portals.ts";
import type { Database } from "#platform/database";
import { later } from "#platform/duration";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { carriedNow } from "./carriage.ts";
import type { Carried } from "./carriage.ts";
import { clientOf } from "./client.ts";
import { consumeObject, findObject, revokeGrant, saveObject, takeObject } from "./store.ts";
import type { FoundObject } from "./store.ts";

export interface AdapterNeeds {
  readonly db: Database;
  readonly portals: OidcPortals;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** Longer than anything that a grant gives can live. */
const revocationLasts = "PT20M";

const nothing: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
};

/** The kinds not named here belong to features that are off. */
export function createAdapterFactory(needs: AdapterNeeds): AdapterFactory {
  const adapters: Readonly<Record<string, () => Adapter>> = {
    Client: () => clientAdapter(needs.portals),
    // The only session is the house's own: the engine's is never kept, so it can never spare anybody a sign-in.
    Session: () => nothing,
    Grant: () => carriedGrantAdapter,
    Interaction: () => interactionAdapter(needs),
    AuthorizationCode: () => grantedAdapter(needs, "AuthorizationCode"),
    AccessToken: () => grantedAdapter(needs, "AccessToken"),
  };
  return (kind) => {
    const adapter = adapters[kind];
    if (adapter === undefined) throw new Error(`the engine asked to keep a ${kind}, which no enabled feature does`);
    return adapter();
  };
}

/** Read through at each request (the portals keep their own cache): a portal that was disabled is gone at once. */
function clientAdapter(portals: OidcPortals): Adapter {
  return {
    ...nothing,
    async find(id) {
      const portal = await portals.find(id);
      return portal === null ? undefined : clientOf(portal);
    },
  };
}

const carriedGrantAdapter: Adapter = {
  ...nothing,
  async upsert(id, payload) {
    const carried = carriedNow();
    carried.grant = payload;
    carried.grantHash = hashOf("Grant", id);
  },
  async find(id) {
    const { grant } = carriedNow();
    return grant?.jti === id ? grant : undefined;
  },
};

function interactionAdapter(needs: AdapterNeeds): Adapter {
  const kind = "Interaction";
  return {
    ...nothing,
    upsert: (id, payload, seconds) => save(needs, { kind, id, object: payload }, seconds),
    async find(id) {
      const idHash = hashOf(kind, id);
      // What was answered is redeemed once: of two requests that resume the same interaction, one finds it.
      const load = Provider.ctx?.oidc.route === "resume" ? takeObject : findObject;
      const found = await load(needs.db, idHash, needs.clock.now());
      return found && (await open(needs, kind, idHash, found)).object;
    },
  };
}

function grantedAdapter(needs: AdapterNeeds, kind: "AuthorizationCode" | "AccessToken"): Adapter {
  const { db, clock } = needs;
  const revoke = (grantHash: Buffer) => revokeGrant(db, grantHash, later(clock.now(), revocationLasts));
  return {
    ...nothing,
    upsert: (id, payload, seconds) => save(needs, { ...carriedNow(), kind, id, object: payload }, seconds),
    async find(id) {
      const idHash = hashOf(kind, id);
      const found = await findObject(db, idHash, clock.now());
      if (found === undefined) return undefined;
      const { object, ...carried } = await open(needs, kind, idHash, found);
      Object.assign(carriedNow(), carried, { grantHash: found.grantHash });
      return found.consumed ? { ...object, consumed: true } : object;
    },
    /** RFC 6749 4.1.2: a code is used once; used again, what it gave is taken back. The engine itself would let a race pass. */
    async consume(id) {
      if (await consumeObject(db, hashOf(kind, id), clock.now())) return;
      const { grantHash } = carriedNow();
      if (grantHash !== undefined) await revoke(grantHash);
      throw new errors.InvalidGrant("authorization code already consumed");
    },
    revokeByGrantId: (grantId) => revoke(hashOf("Grant", grantId)),
  };
}

interface Kept extends Pick<Carried, "grant" | "consented"> {
  readonly object: AdapterPayload;
}

interface Entry extends Kept, Carried {
  readonly kind: string;
  readonly id: string;
}

async function save({ db, secrets, clock }: AdapterNeeds, entry: Entry, seconds = 0): Promise<void> {
  const { kind, id, grantHash, ...content } = entry;
  const idHash = hashOf(kind, id);
  const payload = await secrets.seal("personal", JSON.stringify(content), contextOf(kind, idHash));
  const expiresAt = later(clock.now(), `PT${String(Math.max(0, Math.floor(seconds)))}S`);
  await saveObject(db, { idHash, kind, grantHash: grantHash ?? null, payload, expiresAt });
}

async function open({ secrets }: AdapterNeeds, kind: string, idHash: Buffer, found: FoundObject): Promise<Kept> {
  // `as`: sealed, so it is what `save` wrote.
  return JSON.parse(await secrets.open("personal", found.payload, contextOf(kind, idHash))) as Kept;
}

export function hashOf(kind: string, id: string): Buffer {
  return createHash("sha256").update(`${kind}:${id}`).digest();
}

const contextOf = (kind: string, idHash: Buffer): string => `oidc:${kind}:${idHash.toString("hex")}`;
