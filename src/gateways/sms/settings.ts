import { isPrivateWay, setting, slice, url } from "#platform/settings";

export const smsSettings = slice("SMS", {
  smppUrl: setting(url("smpp:", "ssmpp:").optional(), "The SMS centre: ssmpp://user:password@host:port", {
    isPrivate: true,
    roles: ["worker"],
    isNeeded: true,
    checks: [[(address) => isPrivateWay(address, "ssmpp:"), "must be ssmpp (TLS), or a tunnel's end on this machine"]],
  }),
});
