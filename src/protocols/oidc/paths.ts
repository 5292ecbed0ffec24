/** The addresses of this door, under the issuer. */
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
