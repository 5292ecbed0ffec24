/** Measures one row: rounds at full speed on one core and at half of that, then what it asked of its database. */
import { availableParallelism } from "node:os";
import type { Entry, Stand } from "../contestant.ts";
import { playClosed, playOpen } from "../driver/arrivals.ts";
import type { Play, Played } from "../driver/arrivals.ts";
import { median } from "../driver/histogram.ts";
import { createVisits } from "../driver/visit.ts";
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
/** Asked before the driver keeps itself to one of them: afterwards the answer would be one. */
const cores = availableParallelism();

export function createRow(stand: Stand, entry: Entry, plan: Plan, tell: (line: string) => void): RowUnderTest {
  const visits = createVisits(stand, entry);
  const play = singly(visits.play, entry.atOnce);
  const rounds: Round[] = [];
  const speeds: number[] = [];
  let [done, failed] = [0, 0];

  function note(played: Played): Played {
    done += played.done;
    if (failed === 0 && played.failed > 0) tell(`${entry.name}, ${entry.store}: ${reasonOf(played.firstFault)}`);
    failed += played.failed;
    // One lost ceremony is a figure; a server that answers nobody is a mistake in the benchmark.
    if (played.done < played.failed || played.done === 0) throw new Error(`${entry.name} fails`, { cause: played.firstFault });
    return played;
  }

  async function measured(work: () => Promise<Played>): Promise<{ played: Played; cpuMs: number }> {
    const before = cpuOf(stand.roots);
    const played = note(await work());
    return { played, cpuMs: (cpuOf(stand.roots) - before) / played.done };
  }

  return {
    entry,
    async warmUp() {
      // The server and its database share one core, the driver has the other: what is left of theirs is not ours to use.
      if (cores > 1 && !pin(stand.roots, 0)) tell(`${entry.name} could not be kept to one core`);
      const atOnce = entry.atOnce ?? width;
      const first = stand.compiles === true && entry === stand.entries[0];
      note(
        first
          ? await playClosed(visits.play, atOnce, plan.compileSeconds, plan.compileCeremonies)
          : await playClosed(visits.play, atOnce, plan.warmUpSeconds),
      );
    },
    async round(seed) {
      const atOnce = entry.atOnce ?? width;
      note(await playClosed(visits.play, atOnce, plan.wakeSeconds));
      const full = await measured(() => playClosed(visits.play, atOnce, plan.fullSeconds));
      const served = full.played.done / full.played.seconds;
      // One that takes people singly leaves its core idle: it is given what the core could have done.
      speeds.push(entry.atOnce === undefined ? served : 1000 / full.cpuMs);
      const half = await measured(() => playOpen(play, served / 2, plan.halfSeconds, seed));
      const { waits } = half.played;
      rounds.push({ cpuMs: full.cpuMs, halfCpuMs: half.cpuMs, p50: waits.quantile(0.5), p99: waits.quantile(0.99) });
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
        perSecond: Math.round(median(speeds)),
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
