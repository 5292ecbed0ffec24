import { isPrivateWay, setting, slice, text, url } from "#platform/settings";

export const emailSettings = slice("E-mail", {
  smtpUrl: setting(url("smtp:", "smtps:").optional(), "The mail server: smtps://user:password@host:port", {
    isPrivate: true,
    roles: ["worker"],
    isNeeded: true,
    checks: [[(address) => isPrivateWay(address, "smtps:"), "must be smtps (TLS), or a server on this machine"]],
  }),
  mailFrom: setting(text.default("Chave <chave@localhost>"), "The sender of every e-mail", {
    roles: ["worker"],
    checks: [[(sender) => !sender.includes("@localhost"), "must be an address of yours"]],
  }),
});
