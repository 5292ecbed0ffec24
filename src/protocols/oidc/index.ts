/** OpenID Connect for portals: authorization code with PKCE, pairwise subjects, and nothing told but what was consented to. */
export { createOidc } from "./oidc.ts";
export { precedences as oidcPrecedences } from "./paths.ts";
export { purgeOidc } from "./purge.ts";
export type { Oidc, OidcNeeds } from "./oidc.ts";
export type { LogoutForm, Pages, Problem } from "./pages.ts";
export type { VisitorOf } from "./visitor.ts";
