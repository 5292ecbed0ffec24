/**
 * Does in one go what is asked for at the same time: what arrives while a run is under way waits for the next one, which
 * takes all of it. Alone, nobody waits. Never inside a transaction: others' requests would wait for its end, and it for them.
 */
export function createCoalesced<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Item[] = [];
  let next: Promise<readonly Result[]> | undefined;
  let current: Promise<unknown> = Promise.resolve();

  async function runNext(): Promise<readonly Result[]> {
    await current;
    const items = waiting;
    [waiting, next] = [[], undefined];
    const results = run(items);
    current = results.catch(() => undefined);
    return results;
  }

  return async (item) => {
    const place = waiting.push(item) - 1;
    const results = await (next ??= runNext());
    const result = results[place];
    if (result === undefined && results.length <= place) throw new Error("a run answered fewer than were asked");
    return result as Result; // In its place: each run answers in the order of its items.
  };
}
