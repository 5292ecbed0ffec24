/** Which requests go first when there are too many: whoever is half way through goes before whoever comes in. */
import type { Precedence } from "#platform/http/admission";

const TABLE: readonly (readonly [path: RegExp, precedence: Precedence])[] = [
  [/^\/(?:sign-in|assets|\.well-known|activate\/[^/]+|reserved-area|oidc\/(?:authorize|answer|interaction|logout))\//, "begun"],
  [/^\/oidc\/(?:token|userinfo|jwks|logout)$/, "begun"],
  [/^\/(?:oidc\/authorize|activate(?:\/[^/]*)?|reserved-area)$/, "new"],
];

export function precedenceOf(path: string): Precedence {
  return TABLE.find(([pattern]) => pattern.test(path))?.[1] ?? "rest";
}
