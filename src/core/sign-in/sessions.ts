/** The session that a proof opens: of its own, under a new secret. One known from before would be session fixation. */
import type { Visitor } from "#core/vocabulary";
import { fingerprint } from "#platform/fingerprint";
import type { Database } from "#platform/database";
import type { Floor } from "#platform/floor";

import { figures } from "./rules.ts";
import * as store from "./session-store.ts";
import type { NewSession, SessionRow } from "./session-store.ts";
import type { RequestRow } from "./store.ts";

/** Whom the proof is of, and by what: no key where it was the citizen card. */
export type Proof = Pick<SessionRow, "keyId" | "citizenId" | "level">;

export type DrawSession = (request: RequestRow, proof: Proof) => NewSession & { readonly secret: string };

export function createDrawSession({ clock, random }: Pick<Floor, "clock" | "random">): DrawSession {
  return (request, { keyId, citizenId, level }) => {
    const [secret, now] = [random.token(), clock.now()];
    const session = {
      id: random.uuid(),
      keyId,
      citizenId,
      level,
      attributes: request.attributes.map(({ name }) => name),
      authenticatedAt: now,
      seenAt: now,
      endsAt: new Date(now.getTime() + figures.sessionLives),
    };
    return { ...session, secret, secretHash: fingerprint(secret) };
  };
}

/** For what is done at once: the session is there from now on, and the one that this browser had before is not. */
export function openSession(db: Database, session: NewSession | null, { signedIn }: Visitor): Promise<void>[] {
  if (session === null) return [];
  const opened = store.insertSession(db, session);
  return signedIn === null ? [opened] : [opened, store.deleteSession(db, fingerprint(signedIn))];
}
