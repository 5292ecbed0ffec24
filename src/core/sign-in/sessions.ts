/** The session that a proof opens: of its own, under a new secret. One known from before would be session fixation. */
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import type { Visitor } from "./contract.ts";
import { nobodyHash } from "./requests.ts";
import { figures } from "./rules.ts";
import type { NewSession, RequestRow, SessionRow } from "./store.ts";

/** Whom the proof is of, and by what: no key where it was the citizen card. */
export type Proof = Pick<SessionRow, "keyId" | "citizenId" | "level">;

/** The browser's old session ends with it. */
export type OpenSession = (request: RequestRow, proof: Proof, visitor: Visitor) => NewSession & { readonly secret: string };

export function createOpenSession({ clock, random }: Pick<Floor, "clock" | "random">): OpenSession {
  return (request, { keyId, citizenId, level }, { signedIn }) => {
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
    const replaces = signedIn === null ? nobodyHash : fingerprint(signedIn);
    return { ...session, secret, secretHash: fingerprint(secret), replaces };
  };
}
