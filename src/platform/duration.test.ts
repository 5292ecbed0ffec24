import { test } from "node:test";
import assert from "node:assert/strict";
import { later, milliseconds } from "./duration.ts";

test("durations of fixed length are read", () => {
  assert.equal(milliseconds("P1W2DT3H4M5S"), 604_800_000 + 2 * 86_400_000 + 3 * 3_600_000 + 4 * 60_000 + 5_000);
  assert.equal(milliseconds("PT2S"), 2_000);
  assert.deepEqual(later(new Date(0), "P1D"), new Date(86_400_000));
});

test("what has no fixed length, or is no duration, is refused", () => {
  for (const wrong of ["P1M", "P1Y", "P", "PT", "P1DT", "1D", "P-1D", ""]) assert.throws(() => milliseconds(wrong), wrong);
});
