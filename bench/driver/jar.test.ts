import assert from "node:assert/strict";
import { test } from "node:test";
import { createJar } from "./jar.ts";

void test("a cookie is sent to its path and what lies under it", () => {
  const jar = createJar();
  jar.keep(["a=1; Path=/sign-in/x; HttpOnly", "b=2; path=/", "c=3"], "/oidc/authorize");
  assert.equal(jar.header("/sign-in/x/code"), "a=1; b=2");
  assert.equal(jar.header("/sign-in/xy"), "b=2");
  assert.equal(jar.header("/oidc/token"), "b=2; c=3");
});

void test("a cookie that is set anew replaces the old one, and one that has ended is gone", () => {
  const jar = createJar();
  jar.keep(["a=1; path=/", "b=2; path=/", "c=3; path=/"], "/");
  jar.keep(["a=x=y; path=/", "b=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT", "c=; Max-Age=0; path=/"], "/");
  assert.equal(jar.header("/"), "a=x=y");
});
