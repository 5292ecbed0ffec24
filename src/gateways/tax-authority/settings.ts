import { isPrivateWay, secret, setting, slice, text, web } from "#platform/settings";

export const taxAuthoritySettings = slice("Tax authority", {
  taxAuthorityIssuer: setting(web.optional(), "The tax authority's OpenID issuer", {
    roles: ["public"],
    isNeeded: true,
    checks: [[(address) => isPrivateWay(address, "https:"), "must be https"]],
  }),
  taxAuthorityClientId: setting(text.optional(), "What the tax authority calls us", { roles: ["public"], isNeeded: true }),
  taxAuthorityClientSecret: setting(secret.optional(), "What the tax authority knows us by", {
    isPrivate: true,
    roles: ["public"],
    isNeeded: true,
  }),
});
