import assert from "node:assert/strict";
import { test } from "node:test";
import { precedenceOf } from "./precedence.ts";

const table = {
  begun: [
    ...["/sign-in/x", "/sign-in/x/code", "/oidc/answer/x", "/oidc/interaction/x", "/oidc/authorize/x", "/oidc/token"],
    ...["/oidc/userinfo", "/oidc/jwks", "/.well-known/openid-configuration", "/oidc/logout", "/oidc/logout/confirm"],
    ...["/activate/tax-authority/return", "/activate/tax-authority/code", "/assets/style.css"],
    ...["/reserved-area/unblock", "/reserved-area/unblock/code"],
  ],
  new: ["/oidc/authorize", "/activate", "/activate/tax-authority", "/activate/citizen-card", "/reserved-area"],
  rest: ["/", "/help", "/gallery", "/gallery/x", "/sign-in", "/oidc", "/nowhere", "//sign-in/x"],
} as const;

test("who is half way goes before who comes in", () => {
  for (const [precedence, paths] of Object.entries(table)) {
    for (const path of paths) assert.equal(precedenceOf(path), precedence, path);
  }
});
