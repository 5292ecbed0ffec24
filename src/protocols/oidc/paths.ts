/** The addresses of this door, under the issuer. */
import type { Precedences } from "#platform/http/precedence";

export const paths = {
  authorization: "/oidc/authorize",
  token: "/oidc/token",
  userinfo: "/oidc/userinfo",
  jwks: "/oidc/jwks",
  logout: "/oidc/logout",
  logoutConfirm: "/oidc/logout/confirm",
  interaction: "/oidc/interaction",
  /** Where a plain flow comes back from the house's pages. */
  answer: "/oidc/answer",
  configuration: "/.well-known/openid-configuration",
} as const;

/** What is left of a ceremony when the person has consented is done by portals, and goes first too. */
export const precedences: Precedences = {
  [`${paths.authorization}/**`]: "begun",
  [`${paths.answer}/**`]: "begun",
  [`${paths.interaction}/**`]: "begun",
  [paths.logout]: "begun",
  [`${paths.logout}/**`]: "begun",
  [paths.token]: "begun",
  [paths.userinfo]: "begun",
  [paths.jwks]: "begun",
  "/.well-known/**": "begun",
  [paths.authorization]: "new",
};
