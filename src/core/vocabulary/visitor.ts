import type { Language } from "./language.ts";

/** Who is at the other end: secrets from this browser's cookies, and the network address for budgets. */
export interface Visitor {
  /** The anonymous session that a sign-in is bound to. */
  readonly session: string;
  /** The long-lived mark by which a browser is known again; decides the lane. */
  readonly browser: string;
  /** The session of somebody already signed in, if any. */
  readonly signedIn: string | null;
  /** What `begin` of a sign-in gave for this very sign-in, if anything. */
  readonly slip?: string | null;
  readonly address: string;
  readonly language: Language;
}
