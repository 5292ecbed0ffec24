import { test } from "node:test";
import assert from "node:assert/strict";
import { remembering } from "./remembering.ts";

test("an answer is worked out once, false and empty ones too", () => {
  const asked: string[] = [];
  const isLong = remembering((text) => {
    asked.push(text);
    return text.length > 3;
  });
  assert.deepEqual([isLong("long"), isLong("no"), isLong("long"), isLong("no")], [true, false, true, false]);
  assert.deepEqual(asked, ["long", "no"]);
});

test("what is kept stays within bounds, however many texts come", () => {
  let worked = 0;
  const length = remembering((text) => {
    worked++;
    return text.length;
  }, 3);
  for (let n = 0; n < 9; n++) assert.equal(length("x".repeat(n)), n);
  assert.equal(length("x".repeat(8)), 8);
  assert.equal(length(""), 0);
  assert.equal(worked, 10);
});
