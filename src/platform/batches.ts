/** Rows a purge deletes in one statement: few enough that nobody waits for its locks. */
export const purgeBatch = 5_000;
const mostBatches = 100;

/** Deletes batch by batch until one is short, so that no rate of arrivals outgrows the purge. */
export async function untilShort(deleteBatch: (limit: number) => Promise<number>): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch++) {
    if ((await deleteBatch(purgeBatch)) < purgeBatch) return;
  }
}
