/** A sign-in that nobody has proven anything in yet: carried by the browser, sealed, instead of kept by us. */
import { bind } from "#platform/bind";
import { createBoundedCache } from "#platform/bounded-cache";
import type { BoundedCache } from "#platform/bounded-cache";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import type { SignInRequest } from "./contract.ts";
import { newRequest } from "./store.ts";
import type { RequestRow } from "./store.ts";

declare module "#platform/secrets" {
  interface Purposes {
    /** Seals the slip that a browser carries through a sign-in. */
    session: true;
  }
}

export interface Slips {
  /** Only the browser of that session can use it, for that sign-in, until it expires. Null when it would be too long to carry. */
  issue(id: string, session: string, asked: SignInRequest, expiresAt: Date): Promise<string | null>;
  /** Null when it is none of ours, another's, or too old. */
  read(id: string, session: string, slip: string): Promise<RequestRow | null>;
}

interface SlipNeeds {
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Slips given out lately by this process, with whose they are: their browsers bring them back twice, as a rule in seconds. */
  readonly issued: BoundedCache<{ readonly context: string; readonly row: RequestRow }>;
}

/** With its name and path: browsers need not keep a cookie of more than 4096 octets (RFC 6265 6.1). */
const longest = 3_800;
const mostRemembered = 5_000;

export function createSlips({ secrets, clock }: { secrets: Secrets; clock: Clock }): Slips {
  const needs: SlipNeeds = { secrets, clock, issued: createBoundedCache({ most: mostRemembered }) };
  return bind(needs, { issue, read });
}

const contextOf = (id: string, session: string) => `sign-in slip ${id} ${session}`;

async function issue(
  { secrets, issued }: SlipNeeds,
  id: string,
  session: string,
  asked: SignInRequest,
  expiresAt: Date,
): Promise<string | null> {
  const contents = JSON.stringify([asked, expiresAt.getTime()]);
  const context = contextOf(id, session);
  const slip = (await secrets.seal("session", contents, context)).toString("base64url");
  if (slip.length > longest) return null;
  issued.set(slip, { context, row: newRequest(id, asked, expiresAt) });
  return slip;
}

async function read(needs: SlipNeeds, id: string, session: string, slip: string): Promise<RequestRow | null> {
  if (slip.length > longest) return null;
  const row = await open(needs, slip, id, session);
  return row && row.expiresAt > needs.clock.now() ? row : null;
}

async function open({ secrets, issued }: SlipNeeds, slip: string, id: string, session: string): Promise<RequestRow | null> {
  const context = contextOf(id, session);
  const remembered = issued.get(slip);
  if (remembered?.context === context) return remembered.row;
  const contents = await secrets.open("session", Buffer.from(slip, "base64url"), context).catch(() => null);
  if (contents === null) return null;
  const [asked, expires] = JSON.parse(contents) as [SignInRequest, number]; // Sealed, so it is what `issue` wrote.
  return newRequest(id, asked, new Date(expires));
}
