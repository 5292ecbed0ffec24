import { z } from "zod";
import { file, isThere, setting, slice, text } from "#platform/settings";

export const cardAuthoritySettings = slice("Card authority", {
  cardTrusted: setting(
    file.optional(),
    "File or folder (PEM) of the card authorities you believe; absent: the citizen card is not asked for anywhere",
    { roles: ["public"], checks: [[isThere, "must exist"]] },
  ),
  cardPolicies: setting(
    text.optional(),
    "Certificate policies (OIDs, with commas between) of which a citizen card must bear one; absent: any",
    { roles: ["public"] },
  ),
  cardOcspNonce: setting(
    z.enum(["required", "optional"]).default("required"),
    "Whether an OCSP answer must bear our nonce; optional only for responders that answer from stock",
    { roles: ["public"] },
  ),
});
