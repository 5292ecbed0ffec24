import type { AttributeName, Level, Multilingual } from "#core/vocabulary";

/** How the portal itself proves who it is at the token endpoint (OpenID Connect Core 9). */
export type PortalAuthentication =
  | { readonly method: "private_key_jwt"; readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } }
  | { readonly method: "client_secret_basic" | "client_secret_post"; readonly secret: string }
  | { readonly method: "none" };

export interface PortalRegistration {
  readonly id: string;
  readonly name: Multilingual;
  readonly homeUrl: string;
  /** Compared as exact strings (RFC 9700 2.1). */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** All that this portal may ever ask. */
  readonly attributes: readonly AttributeName[];
  readonly minimumLevel: Level;
  readonly authentication: PortalAuthentication;
}

/** A portal as kept: of its secret only a keyed hash remains. */
export interface Portal extends Omit<PortalRegistration, "authentication"> {
  readonly authentication:
    | Exclude<PortalAuthentication, { secret: string }>
    | { readonly method: "client_secret_basic" | "client_secret_post"; readonly secretMac: Buffer };
  /** Subjects are pairwise per sector: the host of the redirect addresses (OpenID Connect Core 8.1). */
  readonly sector: string;
  /** Ourselves: what is ours is given to nobody by entering it, so there is nothing to consent to. */
  readonly isOurselves?: boolean;
}
