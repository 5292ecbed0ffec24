import { derivedSetting, ownAddress, setting, slice, text, whole } from "../settings.ts";

export const doorSettings = slice("Doors", {
  portBase: setting(
    whole(1, 65_000).default(3000),
    "All ports are this one plus a number: 0 the public door, 2 operations, 3 the card door",
  ),
  host: setting(text.optional(), "The address the public door and the card door listen on; absent: all of the machine", {
    roles: ["public"],
  }),
  proxies: setting(
    whole(0, 5).default(0),
    "How many reverse proxies of yours stand in front; the visitor's address is read from behind them",
    { roles: ["public"] },
  ),
  publicUrl: derivedSetting(
    setting(
      ownAddress("http:", "https:").optional(),
      "The address people and portals know, and the OpenID issuer; absent: http://localhost and the port base",
      {
        checks: [
          [(address) => address.startsWith("https://"), "must be https: sign-in over plain HTTP can be read and altered"],
          [(address) => new URL(address).origin === address, "must be a bare origin, without path or query"],
        ],
      },
    ),
    ({ portBase }) => `http://localhost:${String(portBase)}`,
  ),
});
