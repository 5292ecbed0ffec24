import { test } from "node:test";
import assert from "node:assert/strict";
import { days, hours, inSeconds, later, minutes, seconds } from "./duration.ts";

test("durations are milliseconds, whatever they were named in", () => {
  assert.deepEqual([seconds(30), minutes(5), hours(8), days(30)], [30_000, 300_000, 28_800_000, 2_592_000_000]);
  assert.deepEqual(later(new Date(0), days(1)), new Date(86_400_000));
  assert.deepEqual(later(new Date(86_400_000), -hours(1)), new Date(82_800_000));
});

test("a wire that counts in seconds is given whole ones", () => {
  assert.equal(inSeconds(minutes(1) + 999), 60);
});
