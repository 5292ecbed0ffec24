import { keyOf } from "#core/vocabulary";
import type { Visitor } from "#core/vocabulary";
import type { KeySummary, MobileKeys } from "#core/mobile-keys";
import { untilShort } from "#platform/batches";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import type { Asked, NewSession, SessionClaim, Sessions, SignedIn, Standing } from "./contract.ts";
import { covers, figures } from "./rules.ts";
import * as store from "./store.ts";
import type { SessionRow } from "./store.ts";

export interface SessionNeeds {
  readonly floor: Pick<Floor, "db" | "clock" | "random">;
  readonly keys: Pick<MobileKeys, "loadUsable">;
}

type End = (keyId: string, spared: string) => Promise<void>;

export function createSessions(needs: SessionNeeds): Sessions {
  const { db, clock } = needs.floor;
  const endings: End[] = [];
  return {
    whoIsHere: (visitor) => whoIsHere(needs, visitor),
    covering: (visitor, asked) => covering(needs, visitor, asked),
    draw: (standing) => draw(needs, standing),
    open: (session, visitor) => open(needs, session, visitor),
    claimOf: (visitor) => claimOf(needs, visitor),
    signOut: (visitor) => signOut(needs, visitor),
    end: (sessionId) => store.deleteById(db, sessionId),
    endProvenWith: (keyId, spared = "") => endProvenWith(needs, endings, keyId, spared),
    alsoEnd: (end) => void endings.push(end),
    purge: () => untilShort((limit) => store.purgeSessions(db, clock.now(), limit)),
  };
}

/** No secret has it. */
const nobodyHash = Buffer.alloc(0);

function claimOf({ floor }: SessionNeeds, { signedIn }: Visitor): SessionClaim {
  const idleSince = new Date(floor.clock.now().getTime() - figures.idle);
  return { secretHash: signedIn === null ? nobodyHash : fingerprint(signedIn), idleSince };
}

async function seen(needs: SessionNeeds, visitor: Visitor): Promise<SessionRow | null> {
  if (visitor.signedIn === null) return null;
  const { secretHash, idleSince } = claimOf(needs, visitor);
  return store.touchSession(needs.floor.db, secretHash, needs.floor.clock.now(), idleSince);
}

/** The session with its key, if one belongs to its proof; null when that key may no longer be used. */
async function withKey({ keys }: SessionNeeds, row: SessionRow): Promise<(SignedIn & { key: KeySummary | null }) | null> {
  const { sessionId, citizenId, proof, level, authenticatedAt } = row;
  const keyId = keyOf(proof);
  const key = keyId === null ? null : await keys.loadUsable(keyId);
  return keyId !== null && key === null ? null : { sessionId, citizenId, proof, level, authenticatedAt, key };
}

async function whoIsHere(needs: SessionNeeds, visitor: Visitor): Promise<SignedIn | null> {
  const row = await seen(needs, visitor);
  const found = row && (await withKey(needs, row));
  if (!found) return null;
  const { key: _key, ...who } = found;
  return who;
}

async function covering(needs: SessionNeeds, visitor: Visitor, asked: Asked) {
  const row = await seen(needs, visitor);
  return row && covers(row, asked, needs.floor.clock.now()) ? withKey(needs, row) : null;
}

function draw({ floor: { random, clock } }: SessionNeeds, standing: Standing): NewSession {
  const authenticatedAt = clock.now();
  const endsAt = new Date(authenticatedAt.getTime() + figures.lives);
  return { ...standing, id: random.uuid(), secret: random.token(), authenticatedAt, endsAt };
}

function open({ floor: { db } }: SessionNeeds, session: NewSession | null, { signedIn }: Visitor): Promise<void>[] {
  if (session === null) return [];
  const opened = store.insertSession(db, session);
  return signedIn === null ? [opened] : [opened, store.deleteSession(db, fingerprint(signedIn))];
}

async function signOut({ floor: { db } }: SessionNeeds, { signedIn }: Visitor): Promise<void> {
  if (signedIn !== null) await store.deleteSession(db, fingerprint(signedIn));
}

async function endProvenWith({ floor: { db } }: SessionNeeds, endings: readonly End[], keyId: string, spared: string) {
  for (const end of endings) await end(keyId, spared);
  await store.deleteOfKey(db, keyId);
}
