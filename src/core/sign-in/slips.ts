/** A sign-in that nobody has proven anything in yet: carried by the browser, sealed, instead of kept by us. */
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import type { SignInRequest } from "./contract.ts";
import { newRequest } from "./store.ts";
import type { RequestRow } from "./store.ts";

export interface Slips {
  /** Only the browser of that session can use it, for that sign-in, until it expires. Null when it would be too long to carry. */
  issue(id: string, session: string, asked: SignInRequest, expiresAt: Date): Promise<string | null>;
  /** Null when it is none of ours, another's, or too old. */
  read(id: string, session: string, slip: string): Promise<RequestRow | null>;
}

/** With its name and path: browsers need not keep a cookie of more than 4096 octets (RFC 6265 6.1). */
const longest = 3_800;

export function createSlips({ secrets, clock }: { secrets: Secrets; clock: Clock }): Slips {
  const contextOf = (id: string, session: string) => `sign-in slip ${id} ${session}`;
  return {
    async issue(id, session, asked, expiresAt) {
      const contents = JSON.stringify([asked, expiresAt.getTime()]);
      const slip = (await secrets.seal("session", contents, contextOf(id, session))).toString("base64url");
      return slip.length <= longest ? slip : null;
    },
    async read(id, session, slip) {
      if (slip.length > longest) return null;
      const sealed = Buffer.from(slip, "base64url");
      const contents = await secrets.open("session", sealed, contextOf(id, session)).catch(() => null);
      if (contents === null) return null;
      const [asked, expires] = JSON.parse(contents) as [SignInRequest, number]; // Sealed, so it is what `issue` wrote.
      return expires > clock.now().getTime() ? newRequest(id, asked, new Date(expires)) : null;
    },
  };
}
