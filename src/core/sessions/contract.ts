/**
 * The sentences in which others speak with sessions.
 *
 * - *session*: that somebody is signed in, in one browser; 60 minutes idle, 8 hours at most.
 * - *secret*: what the browser's cookie holds; kept here as its hash alone.
 * - *proof*: by what they proved who they are when the session was opened. It never changes while the session lives.
 */
import type { AttributeName, Level, Proof, Visitor } from "#core/vocabulary";
import type { KeySummary } from "#core/mobile-keys";

/** Who this browser is signed in as, and by what proof. */
export interface SignedIn {
  readonly sessionId: string;
  readonly citizenId: string;
  readonly proof: Proof;
  readonly level: Level;
  readonly authenticatedAt: Date;
}

/** Whom a proof is of, what it reached, and what was asked for when it was given. */
export interface Standing {
  readonly citizenId: string;
  readonly proof: Proof;
  readonly level: Level;
  readonly attributes: readonly AttributeName[];
}

/** A session that is not kept yet; `secret` is for the cookie. */
export interface NewSession extends Standing {
  readonly id: string;
  readonly secret: string;
  readonly authenticatedAt: Date;
  readonly endsAt: Date;
}

/** What a living session of this browser must match, for whoever looks at one in a statement of their own. */
export interface SessionClaim {
  /** Of no session, where this browser brought none. */
  readonly secretHash: Buffer;
  readonly idleSince: Date;
}

/** What a portal asks of a session that is to spare the person another proof. */
export interface Asked {
  readonly attributes: readonly AttributeName[];
  readonly level: Level;
}

export interface Sessions {
  /** Notes that the session was seen. Null when nobody is signed in here, or the key that opened the session may no longer be used. */
  whoIsHere(visitor: Visitor): Promise<SignedIn | null>;
  /** As `whoIsHere`, for a session that covers what is asked; with the key that opened it, if one did. */
  covering(visitor: Visitor, asked: Asked): Promise<(SignedIn & { readonly key: KeySummary | null }) | null>;
  /** A session of its own, under a new secret: one known from before would be session fixation (OWASP ASVS 7.2.4). */
  draw(standing: Standing): NewSession;
  /** For what is done at once: the session is there from now on, and the one that this browser had before is not. Nothing for null. */
  open(session: NewSession | null, visitor: Visitor): Promise<void>[];
  claimOf(visitor: Visitor): SessionClaim;
  /** Ends the session of this browser (RP-initiated logout, sign out). */
  signOut(visitor: Visitor): Promise<void>;
  /** Ends one session by its id. */
  end(sessionId: string): Promise<void>;
  /**
   * Ends what was proven with the key: first what `alsoEnd` named (sign-ins that wait for a code, a PIN or a decision), then the
   * key's sessions. In this order, as a proof writes them: one that comes between has made its session by the time those are
   * looked for. Joins the caller's transaction. `spared`: the one sign-in that goes on.
   */
  endProvenWith(keyId: string, spared?: string): Promise<void>;
  /** Has more ended by `endProvenWith`, before the sessions. */
  alsoEnd(end: (keyId: string, spared: string) => Promise<void>): void;
  /** Deletes what is over; to be run every minute. */
  purge(): Promise<void>;
}
