import { derivedSetting, file, isForOwnerOnly, isThere, ownAddress, setting, slice } from "#platform/settings";
import type { Others } from "#platform/settings";

/** Only where a card authority is believed are cards asked for, and this door opened. */
const isAsked = ({ cardTrusted }: Others): boolean => cardTrusted !== undefined;

export const cardDoorSettings = slice("Card door", {
  cardUrl: derivedSetting(
    setting(
      ownAddress("https:").optional(),
      "The address at which people reach the card's own door, which asks for a certificate; absent: the port base + 3",
      { roles: ["public"] },
    ),
    ({ publicUrl, portBase }) => `https://${new URL(String(publicUrl)).hostname}:${String(Number(portBase) + 3)}`,
  ),
  cardTlsKey: setting(file.optional(), "File of that door's TLS key (PEM)", {
    roles: ["public"],
    isNeeded: isAsked,
    checks: [
      [
        (name, others) => !isAsked(others) || isForOwnerOnly(name),
        "must exist where cards are asked for, and be readable by its owner alone (chmod 600)",
      ],
    ],
  }),
  cardTlsCertificate: setting(file.optional(), "File of that door's TLS certificate and its issuers (PEM)", {
    roles: ["public"],
    isNeeded: isAsked,
    checks: [[(name, others) => !isAsked(others) || isThere(name), "must exist where cards are asked for"]],
  }),
});
