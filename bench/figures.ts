/** The figures of one row, and what follows from all of them. Pure. */
import { median } from "./driver/histogram.ts";
import type { Hash } from "./contestant.ts";

export interface Round {
  /** Processor time for one ceremony at full speed; and at half of it, where less is done together. */
  readonly cpuMs: number;
  readonly halfCpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Measured {
  readonly name: string;
  readonly store: string;
  readonly hash: Hash;
  readonly hashNote: string;
  readonly durable: boolean;
  readonly ours: boolean;
  readonly rounds: readonly Round[];
  /** Done by server and database on one core, as fast as they could. */
  readonly perSecond: number;
  readonly memoryMb: number;
  readonly statements: number | null;
  readonly commits: number | null;
  readonly syncs: number | null;
  readonly walBytes: number | null;
  readonly done: number;
  readonly failed: number;
}

export interface Row extends Omit<Measured, "rounds"> {
  /** Processor time of server and database for one ceremony, the median of the rounds. */
  readonly cpuMs: number;
  /** The same with Argon2id (7 MiB, 5 passes, 1 lane) for the secret. */
  readonly equalHashCpuMs: number;
  /** Not run so: its own hash's time taken out and Argon2id's put in. */
  readonly equalHashEstimated: boolean;
  readonly halfCpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Ratios {
  /** The best peer that keeps a database, at its cheapest, by ours with keyed PINs. Null when there was no such peer. */
  readonly keyed: number | null;
  /** The same, both with Argon2id. */
  readonly equalHash: number | null;
}

export interface Results {
  readonly ratios: Ratios;
  /** The best of those that are no product or keep nothing, by ours, both with Argon2id: a floor, not to be compared with. */
  readonly floor: number | null;
  readonly rows: readonly Row[];
}

const middle = (rounds: readonly Round[], figure: keyof Round): number => rounded(median(rounds.map((round) => round[figure])));

/** Three digits that mean something. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : 0;
}

/** `argon2Ms`: processor time of one Argon2id hash on this machine, now. */
export function resultsOf(all: readonly Measured[], argon2Ms: number): Results {
  const rows = all.map((measured): Row => {
    const { rounds, ...row } = measured;
    const figures = {
      cpuMs: middle(rounds, "cpuMs"),
      halfCpuMs: middle(rounds, "halfCpuMs"),
      p50Ms: middle(rounds, "p50"),
      p99Ms: middle(rounds, "p99"),
    };
    const equal = equalHashRounds(measured, all, argon2Ms);
    return { ...row, ...figures, equalHashCpuMs: rounded(median(equal)), equalHashEstimated: measured.hash !== "argon2" };
  });
  const equalHashOf = (measured: Measured) => equalHashRounds(measured, all, argon2Ms);
  const cpuOf = ({ rounds }: Measured) => rounds.map(({ cpuMs }) => cpuMs);
  const peers = all.filter(({ ours }) => !ours);
  const [keeping, forgetting] = [peers.filter(({ durable }) => durable), peers.filter(({ durable }) => !durable)];
  return {
    ratios: {
      keyed: ratio(ourBest(all, "cheapest"), keeping, cpuOf),
      equalHash: ratio(ourBest(all, "argon2"), keeping, equalHashOf),
    },
    floor: ratio(ourBest(all, "argon2"), forgetting, equalHashOf),
    rows,
  };
}

/** Ours on PostgreSQL, which is how it is meant to be run; on the embedded engine only where that was all there was. */
function ourBest(all: readonly Measured[], hash: Hash): Measured | undefined {
  const ours = all.filter((measured) => measured.ours && measured.hash === hash);
  return ours.find(({ store }) => store === "PostgreSQL") ?? ours[0];
}

/** Of the peer that is best over all rounds: its figure by ours, round by round, since they were run side by side. */
function ratio(
  ours: Measured | undefined,
  peers: readonly Measured[],
  figures: (measured: Measured) => readonly number[],
): number | null {
  const [best] = peers.map(figures).toSorted((one, other) => median(one) - median(other));
  if (ours === undefined || best === undefined) return null;
  return rounded(median(figures(ours).map((own, round) => (best[round] ?? NaN) / own)));
}

function equalHashRounds(measured: Measured, all: readonly Measured[], argon2Ms: number): number[] {
  const without = measured.hash === "own" ? cheapestOfSame(measured, all) : measured;
  const added = measured.hash === "argon2" ? 0 : argon2Ms;
  return without.rounds.map(({ cpuMs }) => cpuMs + added);
}

/** The same server with its hash made as cheap as it can be: the difference is what its own hash costs. */
function cheapestOfSame(measured: Measured, all: readonly Measured[]): Measured {
  return all.find(({ name, hash }) => name === measured.name && hash === "cheapest") ?? measured;
}
