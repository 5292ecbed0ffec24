/** A sign-in that nobody has proven anything in yet: carried by the browser, sealed, instead of kept by us. */
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import type { SignInRequest } from "./contract.ts";
import { newRequest } from "./store.ts";
import type { RequestRow } from "./store.ts";

export interface Tickets {
  /** Only the browser of that session can use it, for that sign-in, until it expires. */
  issue(id: string, session: string, asked: SignInRequest, expiresAt: Date): Promise<string>;
  /** Null when it is none of ours, another's, or too old. */
  read(id: string, session: string, ticket: string): Promise<RequestRow | null>;
}

/** Longer ones were not made here, and a browser would not keep them. */
const longest = 4_000;

export function createTickets({ secrets, clock }: { secrets: Secrets; clock: Clock }): Tickets {
  const contextOf = (id: string, session: string) => `sign-in ticket ${id} ${session}`;
  return {
    async issue(id, session, asked, expiresAt) {
      const contents = JSON.stringify([asked, expiresAt.getTime()]);
      return (await secrets.seal("session", contents, contextOf(id, session))).toString("base64url");
    },
    async read(id, session, ticket) {
      if (ticket.length > longest) return null;
      const sealed = Buffer.from(ticket, "base64url");
      const contents = await secrets.open("session", sealed, contextOf(id, session)).catch(() => null);
      if (contents === null) return null;
      const [asked, expires] = JSON.parse(contents) as [SignInRequest, number]; // Sealed, so it is what `issue` wrote.
      return expires > clock.now().getTime() ? newRequest(id, asked, new Date(expires)) : null;
    },
  };
}
