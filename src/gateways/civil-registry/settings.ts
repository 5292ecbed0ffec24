import { isPrivateWay, secret, setting, slice, web } from "#platform/settings";

export const registrySettings = slice("Civil registry", {
  registryUrl: setting(web.optional(), "The civil registry", {
    roles: ["public"],
    isNeeded: true,
    checks: [[(address) => isPrivateWay(address, "https:"), "must be https"]],
  }),
  registryCredential: setting(secret.optional(), "What the civil registry knows us by", {
    isPrivate: true,
    roles: ["public"],
    isNeeded: true,
  }),
});
