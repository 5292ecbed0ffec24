/**
 * No verdict hangs on how long a machine takes, for nobody knows how slow it is; only on silence, for where nothing at all
 * happens for minutes nothing will. What waits for one thing gives up first, for it can say what it waited for.
 */
export const SILENCE_MINUTES = 10;

/** For one thing that is awaited (a message, a page, a window), which on a fast machine takes a second. */
export const PATIENCE_MILLISECONDS = 4 * 60_000;

const PAUSE_MILLISECONDS = 50;

/** Asks again until it is so: what happens by itself has no answer to wait for. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  await first(what, async () => ((await isSo()) ? true : undefined));
}

/** The same for what is looked for: asks again until it is there. */
export async function first<Found>(what: string, look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}
