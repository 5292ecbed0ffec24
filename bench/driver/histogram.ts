/** Durations in buckets two per cent wide: as many as one likes in a few kilobytes, and quantiles without sorting. */

const growth = Math.log(1.02);
/** Milliseconds; what is shorter falls into the first bucket. */
const shortest = 0.01;

export interface Histogram {
  add(ms: number): void;
  /** The upper edge of the bucket in which that share of all durations ends; 0 when there are none. */
  quantile(share: number): number;
  count(): number;
}

export function createHistogram(): Histogram {
  const buckets: (number | undefined)[] = [];
  let count = 0;
  return {
    add(ms) {
      const bucket = Math.ceil(Math.max(0, Math.log(ms / shortest)) / growth);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      count++;
    },
    quantile(share) {
      let left = Math.ceil(count * share);
      const bucket = buckets.findIndex((held) => (left -= held ?? 0) <= 0);
      return bucket < 0 ? 0 : shortest * Math.exp(bucket * growth);
    },
    count: () => count,
  };
}

/** Of an even number, the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}
