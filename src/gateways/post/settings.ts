import { file, isPrivateWay, secret, setting, slice, web } from "#platform/settings";

export const postSettings = slice("Post office", {
  postUrl: setting(web.optional(), "The post office that prints and delivers PIN letters", {
    roles: ["worker"],
    isNeeded: true,
    checks: [[(address) => isPrivateWay(address, "https:"), "must be https"]],
  }),
  postCredential: setting(secret.optional(), "What the post office knows us by", {
    isPrivate: true,
    roles: ["worker"],
    isNeeded: true,
  }),
  postPrinterKey: setting(
    file.optional(),
    "File with the printer's public key (PEM or JWK); each batch of letters is encrypted to it",
    { roles: ["worker"], isNeeded: true },
  ),
});
