/**
 * When ceremonies begin. An open loop: people arrive at their own times, however slow the server is just then, and each one's
 * wait is counted from the moment of arrival, not from when the driver got round to it (no coordinated omission).
 */
import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import { createHistogram } from "./histogram.ts";
import type { Histogram } from "./histogram.ts";
import { TurnedAway } from "./browser.ts";

export interface Played {
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  readonly waits: Histogram;
  readonly firstFault: unknown;
}

/** Plays the n-th ceremony. */
export type Play = (n: number) => Promise<void>;

const mostPatience = 10_000;

/** More people than this standing in the server is a queue without end. */
const mostAtOnce = 2_000;

function createTally() {
  const waits = createHistogram();
  const began = performance.now();
  let failed = 0;
  let firstFault: unknown;
  return {
    async follow(work: Promise<void>, since: number): Promise<void> {
      try {
        await work;
        waits.add(performance.now() - since);
      } catch (fault) {
        failed++;
        firstFault ??= fault;
      }
    },
    refuse(fault: Error) {
      failed++;
      firstFault ??= fault;
    },
    sum: (): Played => ({ done: waits.count(), failed, seconds: (performance.now() - began) / 1000, waits, firstFault }),
  };
}

/** `rate` a second for `seconds`, at random moments (a Poisson process); ends when all have been answered. */
export async function playOpen(play: Play, rate: number, seconds: number, seed: number): Promise<Played> {
  const tally = createTally();
  const chance = createChance(seed);
  const start = performance.now();
  const running = new Set<Promise<void>>();
  let due = start;
  for (let n = 0; (due += (-Math.log(1 - chance()) / rate) * 1000) < start + seconds * 1000; n++) {
    await until(due);
    if (running.size >= mostAtOnce) {
      tally.refuse(new Error("more people than can be held"));
      continue;
    }
    const one = tally.follow(play(n), due).then(() => void running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  return tally.sum();
}

/** `width` people at once, each followed by the next: how much the server can do at most. Ends after `most` of them, if that is sooner. */
export async function playClosed(play: Play, width: number, seconds: number, most = Infinity): Promise<Played> {
  const tally = createTally();
  const end = performance.now() + seconds * 1000;
  let next = 0;
  const line = async () => {
    while (performance.now() < end && next < most)
      await tally.follow(
        patiently(() => play(next++), end),
        performance.now(),
      );
  };
  await Promise.all(Array.from({ length: width }, line));
  return tally.sum();
}

/** At full speed a server may turn people away to serve the rest: whoever is comes again. */
async function patiently(play: () => Promise<void>, end: number): Promise<void> {
  for (;;) {
    try {
      return await play();
    } catch (fault) {
      if (!(fault instanceof TurnedAway) || performance.now() > end + mostPatience) throw fault;
      await pause(100);
    }
  }
}

/** Timers have a grain of a millisecond: the rest is waited for turn by turn. */
async function until(due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > 1.5) await pause(wait - 1);
  else if (wait > 0) await breathe();
}

/** Mulberry32: the same arrivals for every contestant of a round. */
function createChance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
