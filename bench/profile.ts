/**
 * `node bench/profile.ts [--engine PGlite] [--seconds 10] [--argon2] [--people 10000] [--cost]`: where the product's own time goes in
 * a ceremony. With `--cost` only how much that is: warm, kept to one core and not watched, in four rounds.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { playClosed } from "./driver/arrivals.ts";
import { createCodes } from "./driver/codes.ts";
import { createVisits } from "./driver/visit.ts";
import { createPortFinder } from "./free-port.ts";
import { openCounter } from "./measure/database.ts";
import type { Counted } from "./measure/database.ts";
import { cpuOf, pin } from "./measure/processes.ts";
import type { Stand } from "./contestant.ts";
import type { Play } from "./driver/arrivals.ts";
import { median } from "./driver/histogram.ts";
import { oursOn } from "./ours.ts";
import { quick } from "./plan.ts";

const countedCeremonies = 100;
const options = {
  engine: { type: "string", default: "PostgreSQL" },
  seconds: { type: "string", default: "10" },
  argon2: { type: "boolean", default: false },
  people: { type: "string", default: "10000" },
  cost: { type: "boolean", default: false },
} as const;
const { values: wish } = parseArgs({ options });
const folder = mkdtempSync(join(tmpdir(), "chave-profile-"));
try {
  await profile();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function profile(): Promise<void> {
  const nodeOptions = wish.cost ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`, "--cpu-prof-interval=500"];
  const contestant = oursOn(wish.engine === "PGlite" ? "PGlite" : "PostgreSQL", { nodeOptions });
  const stand = await contestant.start({
    folder,
    codes: createCodes(),
    people: Number(wish.people),
    freePort: createPortFinder(),
  });
  let done = 0;
  try {
    const entry = stand.entries.find(({ hash }) => (hash === "argon2") === wish.argon2);
    if (entry === undefined) throw new Error("no such row");
    const visits = createVisits(stand, entry);
    if (wish.cost) {
      await tellCost(stand, visits.play);
      return await visits.close();
    }
    const warm = await playClosed(visits.play, 8, 3);
    if (warm.failed > 0) throw warm.firstFault;
    const before = cpuOf(stand.roots);
    const timed = await playClosed(visits.play, 8, Number(wish.seconds));
    console.log(
      `${((cpuOf(stand.roots) - before) / timed.done).toFixed(2)} ms of processor per ceremony, while being profiled\n`,
    );
    if (stand.databaseUrl !== undefined)
      tellStatements(await countStatements(stand.databaseUrl, visits.play), countedCeremonies);
    await visits.close();
    done = warm.done + timed.done;
  } finally {
    await stand.stop();
  }
  tellProfile(done);
}

async function tellCost(stand: Stand, play: Play): Promise<void> {
  // The driver and all it started to one core, then the server and its database to the other.
  const isApart = availableParallelism() > 1 && pin([process.pid], 1) && pin(stand.roots, 0);
  if (!isApart) console.log("not kept to a core of its own");
  await playClosed(play, 16, quick.compileSeconds, quick.compileCeremonies);
  const rounds: number[] = [];
  for (let round = 0; round < 4; round++) {
    const before = cpuOf(stand.roots);
    const { done } = await playClosed(play, 16, Number(wish.seconds) / 2);
    rounds.push((cpuOf(stand.roots) - before) / done);
  }
  const each = rounds.map((ms) => ms.toFixed(2)).join(", ");
  console.log(`${median(rounds).toFixed(2)} ms of processor per ceremony (${each}), ${wish.people} people with keyed PINs`);
}

async function countStatements(url: string, play: (n: number) => Promise<void>): Promise<Counted> {
  const counter = await openCounter(url);
  const stop = await counter.start();
  for (let n = 0; n < countedCeremonies; n++) await play(n);
  const counted = await stop();
  await counter.close();
  return counted;
}

function tellStatements({ statements, commits, syncs, walBytes, asked }: Counted, of: number): void {
  const each = (value: number) => (value / of).toFixed(1);
  console.log(
    `per ceremony: ${each(statements)} statements, ${each(commits)} durable commits, ${each(syncs)} syncs, ${each(walBytes)} bytes of WAL\n`,
  );
  for (const { query, calls, ms } of asked.slice(0, 45)) {
    console.log(
      `${each(calls).padStart(5)} x ${((ms / of) * 1000).toFixed(0).padStart(5)} us  ${query.replaceAll(/\s+/g, " ").slice(0, 150)}`,
    );
  }
}

interface Profile {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

function tellProfile(done: number): void {
  const file = readdirSync(folder).find((name) => name.endsWith(".cpuprofile"));
  if (file === undefined) throw new Error("no profile was written");
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [byPlace, byFunction] = [new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const spent = timeDeltas[index] ?? 0;
    if (frame === undefined || frame.functionName === "(idle)" || frame.functionName === "(program)") continue;
    const place = placeOf(frame.url);
    add(byPlace, place, spent);
    add(
      byFunction,
      `${frame.functionName || "(anonymous)"}  ${place}  ${frame.url.split("/").slice(-2).join("/")}:${frame.lineNumber + 1}`,
      spent,
    );
  }
  tellSums(`self time by place (us per ceremony, start included, ${done} ceremonies)`, byPlace, done, 30);
  tellSums("self time by function", byFunction, done, 60);
}

function tellSums(title: string, sums: ReadonlyMap<string, number>, done: number, most: number): void {
  console.log(`\n${title}`);
  const total = [...sums.values()].reduce((sum, value) => sum + value, 0);
  for (const [name, value] of [...sums].toSorted(([, one], [, other]) => other - one).slice(0, most)) {
    console.log(`${(value / done).toFixed(0).padStart(7)} us ${((value / total) * 100).toFixed(1).padStart(5)} %  ${name}`);
  }
}

function placeOf(url: string): string {
  if (url === "") return "(engine)";
  if (url.startsWith("node:")) return url.split("/")[0] ?? url;
  const module = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return (
    module ??
    url
      .replace(/^.*?\/(src|bench)\//, "$1/")
      .split("/")
      .slice(0, 3)
      .join("/")
  );
}
