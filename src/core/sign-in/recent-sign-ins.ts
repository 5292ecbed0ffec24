/**
 * Sign-ins as this process last wrote them, for three things. Whose key one is about: so that statements about the key can be asked
 * for together with the one that loads the sign-in, and compared with it afterwards. What the page that follows at once shows: that
 * is only shown, never judged by, and for seconds. And what a decision is about: its own statement then holds only if all is
 * found as it was. Where nothing is remembered, or it no longer holds, the database is asked.
 */
import { createBoundedCache } from "#platform/bounded-cache";
import type { Clock } from "#platform/world";
import type { SignInStep } from "./contract.ts";
import { figures } from "./rules.ts";
import type { LoadedRequest } from "./store.ts";
import { seconds } from "#platform/duration";

export interface RecentSignIn {
  readonly keyId: string;
  readonly citizenId: string;
}

export interface RecentSignIns {
  of(id: string): RecentSignIn | undefined;
  /** What was written a moment ago for that session, if that is the step it was moved to. */
  written(id: string, session: string, step: SignInStep | undefined): LoadedRequest | null;
  /** What was written for that session when somebody was proven, for what compares it with what is kept as it writes. */
  proven(id: string, session: string): LoadedRequest | null;
  note(request: LoadedRequest): void;
  noteWritten(request: LoadedRequest, session: string): void;
  forget(id: string): void;
}

interface Noted extends RecentSignIn {
  readonly written: { readonly request: LoadedRequest; readonly session: string } | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Whoever never came back makes room first. */
const most = 20_000;
/** As long as a browser takes to follow a redirect. */
const followsWithin = seconds(5);

export function createRecentSignIns(clock: Clock): RecentSignIns {
  const noted = createBoundedCache<Noted>({ most, clock, lasts: figures.requestLives });

  function keep({ id, keyId, citizenId }: LoadedRequest, written: Noted["written"]): void {
    if (keyId === null || citizenId === null) return;
    noted.set(id, { keyId, citizenId, written, at: clock.now().getTime() });
  }

  return {
    of: (id) => noted.get(id),
    written(id, session, step) {
      const { written = null, at = 0 } = noted.get(id) ?? {};
      if (written?.session !== session || written.request.step !== step) return null;
      const age = clock.now().getTime() - at;
      return age >= 0 && age < followsWithin ? written.request : null;
    },
    proven(id, session) {
      const written = noted.get(id)?.written;
      return written?.session === session && written.request.step === "consent" ? written.request : null;
    },
    note: (request) => {
      if (noted.get(request.id)?.written?.request !== request) keep(request, null);
    },
    noteWritten: (request, session) => {
      keep(request, { request, session });
    },
    forget: (id) => {
      noted.delete(id);
    },
  };
}
