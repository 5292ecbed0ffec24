/** The addresses of this door, under the issuer. */
export const paths = {
  authorization: "/oidc/authorize",
  token: "/oidc/token",
  userinfo: "/oidc/userinfo",
  jwks: "/oidc/jwks",
  logout: "/oidc/logout",
  logoutConfirm: "/oidc/logout/confirm",
  interaction: "/oidc/interaction",
  configuration: "/.well-known/openid-configuration",
} as const;
