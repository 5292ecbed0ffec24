/** Measures one row: how fast at most on one core, then rounds at half of that, then what it asked of its database. */
import { availableParallelism } from "node:os";
import type { Entry, Stand } from "../contestant.ts";
import { playClosed, playOpen } from "../driver/arrivals.ts";
import type { Play, Played } from "../driver/arrivals.ts";
import { createVisits } from "../driver/visit.ts";
import { rounded } from "../figures.ts";
import type { Measured, Round } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { countOnce } from "./counts.ts";
import { cpuOf, memoryOf, pin } from "./processes.ts";

export interface RowUnderTest {
  readonly entry: Entry;
  warmUp(): Promise<void>;
  round(seed: number): Promise<void>;
  finish(): Promise<Measured>;
}

/** Enough people at once to keep one core busy while commits are being waited for. */
const width = 16;

export function createRow(stand: Stand, entry: Entry, plan: Plan, tell: (line: string) => void): RowUnderTest {
  const visits = createVisits(stand, entry);
  const play = singly(visits.play, entry.atOnce);
  const rounds: Round[] = [];
  let [perSecond, served, fullSpeedCpuMs, done, failed] = [0, 0, 0, 0, 0];

  function note(played: Played): Played {
    done += played.done;
    if (failed === 0 && played.failed > 0) tell(`${entry.name}, ${entry.store}: ${reasonOf(played.firstFault)}`);
    failed += played.failed;
    // One lost ceremony is a figure; a server that answers nobody is a mistake in the benchmark.
    if (played.done < played.failed || played.done === 0) throw new Error(`${entry.name} fails`, { cause: played.firstFault });
    return played;
  }

  return {
    entry,
    async warmUp() {
      // The server and its database share one core, the driver has the other: what is left of theirs is not ours to use.
      if (availableParallelism() > 1) pin(stand.roots, 0);
      const atOnce = entry.atOnce ?? width;
      const first = stand.compiles === true && entry === stand.entries[0];
      note(await playClosed(visits.play, atOnce, first ? plan.compileSeconds : plan.warmUpSeconds));
      const before = cpuOf(stand.roots);
      const atFull = note(await playClosed(visits.play, atOnce, plan.fullSpeedSeconds));
      served = atFull.done / atFull.seconds;
      // One that takes people singly leaves its core idle: it is given what the core could have done.
      fullSpeedCpuMs = rounded((cpuOf(stand.roots) - before) / atFull.done);
      perSecond = entry.atOnce === undefined ? served : 1000 / fullSpeedCpuMs;
    },
    async round(seed) {
      const before = cpuOf(stand.roots);
      const played = note(await playOpen(play, served / 2, plan.roundSeconds, seed));
      const cpuMs = (cpuOf(stand.roots) - before) / played.done;
      rounds.push({ cpuMs, p50: played.waits.quantile(0.5), p99: played.waits.quantile(0.99) });
    },
    async finish() {
      const memoryMb = Math.round(memoryOf(stand.roots));
      const counted = await countOnce(stand, visits, plan.counted);
      await visits.close();
      const { name, store, hash, hashNote, durable, ours } = entry;
      return {
        name,
        store,
        hash,
        hashNote,
        durable,
        ours,
        rounds,
        perSecond: Math.round(perSecond),
        fullSpeedCpuMs,
        memoryMb,
        ...counted,
        done,
        failed,
      };
    },
  };
}

const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/** Who finds it busy waits, and the wait counts. */
function singly(play: Play, atOnce: number | undefined): Play {
  if (atOnce === undefined) return play;
  const lines = Array.from({ length: atOnce }, () => Promise.resolve());
  return (n) => {
    const line = n % atOnce;
    const turn = (lines[line] ?? Promise.resolve()).then(() => play(n));
    lines[line] = turn.catch(() => undefined);
    return turn;
  };
}
