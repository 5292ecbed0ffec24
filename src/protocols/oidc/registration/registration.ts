/** What a portal registers to speak OpenID Connect with us (OpenID Connect Registration 2). */
import type { Portal } from "#core/portals";

type SecretMethod = "client_secret_basic" | "client_secret_post";

interface PublicKeys {
  readonly method: "private_key_jwt";
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

interface NoProof {
  readonly method: "none";
}

export interface OidcRegistration {
  /** Compared as exact strings (RFC 9700 2.1); all on one host. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** How the portal itself proves who it is at the token endpoint (OpenID Connect Core 9). */
  readonly authentication: PublicKeys | NoProof | { readonly method: SecretMethod; readonly secret: string };
}

/** A portal that speaks OpenID Connect, as the database has it: of its secret only a keyed hash. */
export interface OidcPortal extends Portal, Omit<OidcRegistration, "authentication"> {
  readonly authentication: PublicKeys | NoProof | { readonly method: SecretMethod; readonly secretMac: Buffer };
  /** Subjects are pairwise per sector: the host of the redirect addresses (OpenID Connect Core 8.1). */
  readonly sector: string;
}
