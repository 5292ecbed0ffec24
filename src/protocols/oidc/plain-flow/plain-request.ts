/** Which authorization requests are plain, and what is remembered of one while the person is with us. */
import { z } from "zod";
import type { OidcPortal } from "../registration/registration.ts";
import { allowedScopes } from "../claims.ts";
import { readRequest } from "../request.ts";
import type { AuthorizationRequest } from "../request.ts";

/** Kept with the sign-in until it is answered. */
export const Remembered = z.object({
  portalId: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
  scope: z.string(),
  state: z.string().nullable(),
  nonce: z.string().nullable(),
  acrValues: z.string().nullable(),
});
export type Remembered = z.infer<typeof Remembered>;

export interface PlainRequest {
  readonly remembered: Remembered;
  readonly asked: AuthorizationRequest;
}

/** RFC 7636 4.2: 43 characters of base64url. */
const challenge = /^[A-Za-z0-9_-]{43}$/;
const longestValue = 1_024;

type Rule = (value: string, portal: OidcPortal) => boolean;
const short: Rule = (value) => value.length <= longestValue;

/** Every parameter a plain request may have, and what it must be. Any other parameter makes it the engine's. */
const parameters: Readonly<Record<string, Rule>> = {
  client_id: (value, portal) => value === portal.id,
  response_type: (value) => value === "code",
  // OpenID Connect Core 3.1.2.1: simple string comparison.
  redirect_uri: (value, portal) => portal.redirectUris.includes(value),
  scope: (value, portal) => isPlainScope(value.split(" "), allowedScopes(portal.attributes)),
  code_challenge: (value) => challenge.test(value),
  code_challenge_method: (value) => value === "S256",
  state: short,
  nonce: short,
  acr_values: short,
  ui_locales: short,
};

const required = ["client_id", "response_type", "redirect_uri", "scope", "code_challenge", "code_challenge_method"];

function isPlainScope(asked: readonly string[], allowed: readonly string[]): boolean {
  return asked.includes("openid") && asked.every((scope) => allowed.includes(scope));
}

/** Null when the engine must judge it. */
export function readPlainRequest(query: URLSearchParams, portal: OidcPortal): PlainRequest | null {
  // Portals without a secret live in the browser, and need answers to other origins: the engine gives them.
  if (portal.authentication.method === "none") return null;
  const given = [...query];
  const params = Object.fromEntries(given);
  const isPlain =
    Object.keys(params).length === given.length &&
    required.every((name) => Object.hasOwn(params, name)) &&
    given.every(([name, value]) => Object.hasOwn(parameters, name) && parameters[name]?.(value, portal) === true);
  if (!isPlain) return null;
  const { redirect_uri: redirectUri = "", code_challenge: codeChallenge = "", scope = "" } = params;
  const remembered = {
    portalId: portal.id,
    redirectUri,
    challenge: codeChallenge,
    scope,
    state: params["state"] ?? null,
    nonce: params["nonce"] ?? null,
    acrValues: params["acr_values"] ?? null,
  };
  return { remembered, asked: readRequest(params, portal) };
}
