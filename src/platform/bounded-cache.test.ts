import assert from "node:assert/strict";
import { test } from "node:test";
import { testClock } from "../../tests/world/world.ts";
import { createBoundedCache, loadOnce } from "./bounded-cache.ts";

const keysOf = (cache: { entries(): Iterable<readonly [string, unknown]> }) => Array.from(cache.entries(), ([key]) => key);

test("never more than so many: the oldest makes room, and what is set anew is the youngest", () => {
  const cache = createBoundedCache<number>({ most: 3 });
  for (const key of ["a", "b", "c", "a", "d"]) cache.set(key, 1);
  assert.deepEqual(keysOf(cache), ["c", "a", "d"]);
  assert.equal(cache.get("b"), undefined);
  cache.delete("c");
  assert.deepEqual(keysOf(cache), ["a", "d"]);
  cache.clear();
  assert.deepEqual(keysOf(cache), []);
});

test("an entry lasts as long as the cache says, or as long as was said of it", () => {
  const clock = testClock();
  const cache = createBoundedCache<string>({ most: 10, clock, lasts: 60_000 });
  cache.set("long", "x");
  cache.set("short", "y", 1_000);
  clock.advance("PT1S");
  assert.equal(cache.get("short"), undefined);
  assert.equal(cache.get("long"), "x");
  clock.advance("PT59S");
  assert.equal(cache.get("long"), undefined);
});

test("what was set by a clock that was ahead is not kept once the clock is right", () => {
  let now = new Date("2030-01-02T00:00:00Z");
  const cache = createBoundedCache<string>({ most: 10, clock: { now: () => now }, lasts: 60_000 });
  cache.set("ahead", "x");
  now = new Date("2030-01-01T00:00:00Z");
  assert.equal(cache.get("ahead"), undefined);
});

test("old entries are gone from memory when others come, not only when asked for", () => {
  const clock = testClock();
  const cache = createBoundedCache<string>({ most: 10, clock, lasts: 1_000 });
  cache.set("old", "x");
  clock.advance("PT1S");
  cache.set("new", "y");
  assert.deepEqual(keysOf(cache), ["new"]);
});

test("what several ask for at once is loaded once; nothing found and faults are asked for again", async () => {
  const cache = createBoundedCache<Promise<string | null>>({ most: 10 });
  const answers: (string | null | Error)[] = [new Error("fault"), null, "found"];
  let asked = 0;
  const load = async () => {
    const answer = answers[asked++] ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  await assert.rejects(loadOnce(cache, "x", load));
  assert.equal(await loadOnce(cache, "x", load), null);
  assert.deepEqual(await Promise.all([loadOnce(cache, "x", load), loadOnce(cache, "x", load)]), ["found", "found"]);
  assert.equal(await loadOnce(cache, "x", load), "found");
  assert.equal(asked, 3);
});

test("what was loaded before it was forgotten does not forget what was loaded since", async () => {
  const cache = createBoundedCache<Promise<string | null>>({ most: 10 });
  const before = Promise.withResolvers<string | null>();
  const first = loadOnce(cache, "x", () => before.promise);
  cache.delete("x");
  assert.equal(await loadOnce(cache, "x", async () => "since"), "since");
  before.resolve(null);
  assert.equal(await first, null);
  assert.equal(await loadOnce(cache, "x", async () => "never"), "since");
});
