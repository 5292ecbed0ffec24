import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistogram, median } from "./histogram.ts";

void test("a quantile is right within the width of a bucket", () => {
  const histogram = createHistogram();
  for (let ms = 1; ms <= 1000; ms++) histogram.add(ms);
  assert.equal(histogram.count(), 1000);
  for (const [share, expected] of [
    [0.5, 500],
    [0.99, 990],
    [1, 1000],
  ] as const) {
    const got = histogram.quantile(share);
    assert.ok(got >= expected && got <= expected * 1.021, `${String(share)}: ${String(got)}`);
  }
});

void test("the quantile of nothing is nothing, and what is too short to tell is in the first bucket", () => {
  const histogram = createHistogram();
  assert.equal(histogram.quantile(0.5), 0);
  histogram.add(0);
  assert.equal(histogram.quantile(0.99), 0.01);
});

void test("the median is the middle, or the mean of the two in the middle", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
