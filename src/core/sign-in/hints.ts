/**
 * Sign-ins as this process last wrote them, for two things. Whose key one is about: so that statements about the key can be asked
 * for together with the one that loads the sign-in, and compared with it afterwards. And what the page that follows at once
 * shows: that is only shown, never judged by, and for seconds. Without a hint, the database is asked.
 */
import type { Clock } from "#platform/world";
import type { SignInStep } from "./contract.ts";
import type { LoadedRequest } from "./store.ts";

export interface Hint {
  readonly keyId: string;
  readonly citizenId: string;
}

export interface Hints {
  of(id: string): Hint | undefined;
  /** What was written a moment ago for that session, if that is the step it was moved to. */
  written(id: string, session: string, step: SignInStep | undefined): LoadedRequest | null;
  note(request: LoadedRequest): void;
  noteWritten(request: LoadedRequest, session: string): void;
  forget(id: string): void;
}

interface Noted extends Hint {
  readonly written: { readonly request: LoadedRequest; readonly session: string; readonly at: number } | null;
}

const most = 20_000;
/** Milliseconds: as long as a browser takes to follow a redirect. */
const followsWithin = 5_000;

export function createHints(clock: Clock): Hints {
  const known = new Map<string, Noted>();

  function keep({ id, keyId, citizenId }: LoadedRequest, written: Noted["written"]): void {
    if (keyId === null || citizenId === null) return;
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(id, { keyId, citizenId, written });
  }

  return {
    of: (id) => known.get(id),
    written(id, session, step) {
      const written = known.get(id)?.written;
      if (written?.session !== session || written.request.step !== step) return null;
      const age = clock.now().getTime() - written.at;
      return age >= 0 && age < followsWithin ? written.request : null;
    },
    note: (request) => {
      keep(request, null);
    },
    noteWritten: (request, session) => {
      keep(request, { request, session, at: clock.now().getTime() });
    },
    forget: (id) => void known.delete(id),
  };
}
