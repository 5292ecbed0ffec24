/** The tax authority as this channel needs it: it signs the person in, asks whether we may have number and name, and tells us. */
export interface TaxAuthority {
  /** Where to send the browser, and what to remember (state, nonce, PKCE verifier) until it comes back. `memory` is a secret. */
  begin(): Promise<{ readonly url: string; readonly memory: string }>;
  /**
   * Judges the browser's return. `query` is the returned query string.
   * "refused": the person said no. "failed": a forged, stale or replayed answer. Throws when the authority cannot be reached.
   */
  finish(
    query: string,
    memory: string,
  ): Promise<
    | { readonly outcome: "identified"; readonly taxNumber: string; readonly name: string }
    | { readonly outcome: "refused" | "failed" }
  >;
}
