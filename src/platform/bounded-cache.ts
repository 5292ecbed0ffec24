/** What a process remembers to spare itself work: never more than so many entries, and none longer than it may last. */
import type { Clock } from "./world.ts";

export interface BoundedCache<Value> {
  /** Undefined for what was never set, made room, or has lasted long enough. */
  get(key: string): Value | undefined;
  /** What is set anew is the youngest again. `lasts`: milliseconds; without it as long as the cache says. */
  set(key: string, value: Value, lasts?: number): void;
  delete(key: string): void;
  clear(): void;
  /** The oldest first. */
  entries(): Iterable<readonly [key: string, value: Value]>;
}

export interface CacheBounds {
  /** Entries. The oldest makes room for one more. */
  readonly most: number;
  /** By which an entry grows old; without it none does. */
  readonly clock?: Clock;
  /** Milliseconds. */
  readonly lasts?: number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly from: number;
  readonly until: number;
}

export function createBoundedCache<Value>({ most, clock, lasts = Infinity }: CacheBounds): BoundedCache<Value> {
  const byKey = new Map<string, Entry<Value>>();
  const now = () => clock?.now().getTime() ?? 0;
  return {
    get: (key) => alive(byKey, key, now())?.value,
    set(key, value, lastsNow = lasts) {
      const from = now();
      byKey.delete(key);
      makeRoom(byKey, most, from);
      byKey.set(key, { value, from, until: from + lastsNow });
    },
    delete: (key) => void byKey.delete(key),
    clear: () => void byKey.clear(),
    *entries() {
      for (const [key, { value }] of byKey) yield [key, value];
    },
  };
}

/** An entry of the future was set by a clock that was ahead and has been put right: it would last for as long again. */
const isFresh = ({ from, until }: Entry<unknown>, now: number) => from <= now && now < until;

function alive<Value>(byKey: Map<string, Entry<Value>>, key: string, now: number): Entry<Value> | undefined {
  const entry = byKey.get(key);
  if (entry === undefined || isFresh(entry, now)) return entry;
  byKey.delete(key);
  return undefined;
}

function makeRoom(byKey: Map<string, Entry<unknown>>, most: number, now: number): void {
  for (const [oldest, entry] of byKey) {
    if (byKey.size < most && isFresh(entry, now)) return;
    byKey.delete(oldest);
  }
}

/**
 * What is loaded under the key: once for all who ask at the same time, and kept. Neither what is not there (null) nor a fault is
 * kept: the next one who asks may find it.
 */
export function loadOnce<Value>(cache: BoundedCache<Promise<Value>>, key: string, load: () => Promise<Value>): Promise<Value> {
  const asked = cache.get(key);
  if (asked !== undefined) return asked;
  const loading = load();
  cache.set(key, loading);
  const forget = () => {
    if (cache.get(key) === loading) cache.delete(key);
  };
  loading.then((value) => value ?? forget(), forget);
  return loading;
}
