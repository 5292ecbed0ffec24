/** A portal as the engine's client (OpenID Connect Registration 2). */
import type { AllClientMetadata } from "oidc-provider";
import type { OidcPortal } from "../registration/registration.ts";
import { allowedScopes } from "../claims.ts";

/**
 * The engine insists on a secret for the methods that use one; it is never compared, since `compareClientSecret` asks the
 * portals' capability, and no algorithm that would key on it is enabled.
 */
const neverCompared = "kept-elsewhere";

export function clientOf(portal: OidcPortal): AllClientMetadata {
  return {
    client_id: portal.id,
    client_name: portal.name.pt,
    redirect_uris: portal.redirectUris,
    post_logout_redirect_uris: portal.postLogoutRedirectUris,
    application_type: "web",
    response_types: ["code"],
    grant_types: ["authorization_code"],
    subject_type: "pairwise",
    id_token_signed_response_alg: "ES256",
    scope: allowedScopes(portal.attributes).join(" "),
    ...authenticationOf(portal),
  };
}

function authenticationOf({ authentication }: OidcPortal): AllClientMetadata {
  const { method } = authentication;
  if (method === "none") return { token_endpoint_auth_method: method };
  if (method !== "private_key_jwt") return { token_endpoint_auth_method: method, client_secret: neverCompared };
  return {
    token_endpoint_auth_method: method,
    token_endpoint_auth_signing_alg: "ES256",
    jwks: { keys: [...authentication.jwks.keys] },
  };
}
