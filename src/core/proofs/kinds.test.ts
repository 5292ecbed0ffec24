import assert from "node:assert/strict";
import { test } from "node:test";
import { reachedWithKey } from "./key-and-code/worth.ts";
import { reaches } from "./kinds.ts";

test("phone, PIN and code give level 3, or less when the key was activated with less", () => {
  assert.deepEqual(([1, 2, 3, 4] as const).map(reachedWithKey), [1, 2, 3, 3]);
});

test("level 4 is the citizen card's alone", () => {
  assert.deepEqual([reaches("key-and-code", 3), reaches("key-and-code", 4), reaches("citizen-card", 4)], [true, false, true]);
});
