/** Which requests go first when there are too many: whoever is half way through goes before whoever comes in. */
import { joinPrecedences } from "#platform/http/precedence";
import { oidcPrecedences } from "#protocols/oidc";
import { activationPrecedences } from "#sites/activation";
import { assetPrecedences } from "#sites/kit";
import { reservedAreaPrecedences } from "#sites/reserved-area";
import { signInPrecedences } from "#sites/sign-in";

export const precedenceOf = joinPrecedences(
  signInPrecedences,
  oidcPrecedences,
  assetPrecedences,
  activationPrecedences,
  reservedAreaPrecedences,
);
