/** What the benchmark asks of each server it measures, ours included. */
import type { Browser } from "./driver/browser.ts";
import type { Codes } from "./driver/codes.ts";
import type { RelyingParty } from "./driver/relying-party.ts";

/** How the secret is kept: Argon2id (7 MiB, 5 passes) as the law asks, the server's own slow hash, or as cheaply as it can be. */
export type Hash = "argon2" | "own" | "cheapest";

/** One row of the table: a server, and the people whose secrets it keeps in one way. */
export interface Entry {
  readonly name: string;
  /** Where what must not be lost is written. */
  readonly store: string;
  readonly hash: Hash;
  readonly hashNote: string;
  /** Counts among those that keep a database. */
  readonly durable: boolean;
  readonly ours: boolean;
  /** How many there are; whoever comes after them is the first again. */
  readonly people: number;
  /** Most people it can serve side by side without failing; no bound when not said. */
  readonly atOnce?: number;
  /** From the authorization request to the portal's door: gives the address the browser was sent back to. */
  play(browser: Browser, authorization: string, n: number): Promise<URL>;
}

/** A server that runs. */
export interface Stand {
  readonly origin: string;
  readonly redirectUri: string;
  readonly party: RelyingParty;
  readonly entries: readonly Entry[];
  /** The processes whose trees are the server and its database. */
  readonly roots: readonly number[];
  /** It compiles itself while it runs, and is given longer to warm up. */
  readonly compiles?: boolean;
  /** Of the PostgreSQL database it writes to. */
  readonly databaseUrl?: string;
  stop(): Promise<void>;
}

export interface Place {
  /** Of this contestant alone, deleted at the end. */
  readonly folder: string;
  readonly codes: Codes;
  /** How many people are wanted; where a ceremony takes longer, fewer will do. */
  readonly people: number;
  /** A port nobody listens on, with fifteen free ones after it. */
  freePort(): Promise<number>;
}

export interface Contestant {
  readonly name: string;
  /** What must be installed first, in one sentence; null when all is there. */
  missing(): string | null;
  /** Debian packages that would fill the gap. */
  readonly packages: readonly string[];
  start(place: Place): Promise<Stand>;
}

/** Where the benchmark's portal has people sent back to. Nobody listens there: the driver stops before asking. */
export const redirectUri = "http://127.0.0.1:1/callback";
export const clientId = "bench";
export const clientSecret = "bench-secret-of-forty-characters-in-all.";
