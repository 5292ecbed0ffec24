/** How the engine's objects are kept: see carriage.ts for the grant, store.ts for the statements. */
import Provider, { errors } from "oidc-provider";
import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import type { Database } from "#platform/database";
import { later, seconds } from "#platform/duration";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { lifetimes } from "../lifetimes.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import { carriedNow } from "./carriage.ts";
import type { Carried } from "./carriage.ts";
import { clientOf } from "./client.ts";
import { consumeObject, findObject, hashOf, revokeGrant, saveObject, takeObject } from "./store.ts";
import type { FoundObject } from "./store.ts";

export interface AdapterNeeds {
  readonly db: Database;
  readonly portals: OidcPortals;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

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
    Object.assign(carriedNow(), { grant: payload, grantHash: hashOf("Grant", id) });
  },
  async find(id) {
    const { grant } = carriedNow();
    return grant?.jti === id ? grant : undefined;
  },
};

const interactionKind = "Interaction";

function interactionAdapter(needs: AdapterNeeds): Adapter {
  return {
    ...nothing,
    upsert: (id, payload, lives) => save(needs, { kind: interactionKind, id, object: payload }, lives),
    find: (id) => findInteraction(needs, id),
  };
}

async function findInteraction(needs: AdapterNeeds, id: string): Promise<AdapterPayload | undefined> {
  const idHash = hashOf(interactionKind, id);
  // What was answered is redeemed once: of two requests that resume the same interaction, one finds it.
  const load = Provider.ctx?.oidc.route === "resume" ? takeObject : findObject;
  const found = await load(needs.db, idHash, needs.clock.now());
  return found && (await open(needs, interactionKind, idHash, found)).object;
}

type GrantedKind = "AuthorizationCode" | "AccessToken";

function grantedAdapter(needs: AdapterNeeds, kind: GrantedKind): Adapter {
  return {
    ...nothing,
    upsert: (id, payload, lives) => save(needs, { ...carriedNow(), kind, id, object: payload }, lives),
    find: (id) => findGranted(needs, kind, id),
    consume: (id) => consume(needs, kind, id),
    revokeByGrantId: (grantId) => revoke(needs, hashOf("Grant", grantId)),
  };
}

async function findGranted(needs: AdapterNeeds, kind: GrantedKind, id: string): Promise<AdapterPayload | undefined> {
  const idHash = hashOf(kind, id);
  const found = await findObject(needs.db, idHash, needs.clock.now());
  if (found === undefined) return undefined;
  const { object, ...carried } = await open(needs, kind, idHash, found);
  Object.assign(carriedNow(), carried, { grantHash: found.grantHash });
  return found.consumed ? { ...object, consumed: true } : object;
}

/** RFC 6749 4.1.2: a code is used once; used again, what it gave is taken back. The engine itself would let a race pass. */
async function consume(needs: AdapterNeeds, kind: GrantedKind, id: string): Promise<void> {
  if (await consumeObject(needs.db, hashOf(kind, id), needs.clock.now())) return;
  const { grantHash } = carriedNow();
  if (grantHash !== undefined) await revoke(needs, grantHash);
  throw new errors.InvalidGrant("authorization code already consumed");
}

function revoke({ db, clock }: AdapterNeeds, grantHash: Buffer): Promise<void> {
  return revokeGrant(db, grantHash, later(clock.now(), lifetimes.revocation));
}

/** What a row holds, sealed. */
interface Contents extends Pick<Carried, "grant" | "consented"> {
  readonly object: AdapterPayload;
}

interface Entry extends Contents, Carried {
  readonly kind: string;
  readonly id: string;
}

/** `lives` in seconds, as the engine says it. */
async function save({ db, secrets, clock }: AdapterNeeds, entry: Entry, lives = 0): Promise<void> {
  const { kind, id, grantHash, ...contents } = entry;
  const idHash = hashOf(kind, id);
  const payload = await secrets.seal("personal", JSON.stringify(contents), contextOf(kind, idHash));
  const expiresAt = later(clock.now(), seconds(Math.max(0, Math.floor(lives))));
  await saveObject(db, { idHash, kind, grantHash: grantHash ?? null, payload, expiresAt });
}

async function open({ secrets }: AdapterNeeds, kind: string, idHash: Buffer, found: FoundObject): Promise<Contents> {
  // `as`: sealed, so it is what `save` wrote.
  return JSON.parse(await secrets.open("personal", found.payload, contextOf(kind, idHash))) as Contents;
}

const contextOf = (kind: string, idHash: Buffer): string => `oidc:${kind}:${idHash.toString("hex")}`;
