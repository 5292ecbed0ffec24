/**
 * `node bench/stages.ts`: what each stage of a ceremony costs the process, and its database. Ceremonies are broken off after one
 * stage, then after two and so on; what a stage costs is what it adds. Warm, kept to one core, 16 people at once.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { playClosed } from "./driver/arrivals.ts";
import { createBrowser } from "./driver/browser.ts";
import { createCodes } from "./driver/codes.ts";
import { median } from "./driver/histogram.ts";
import { createLanes } from "./driver/lanes.ts";
import { createPortFinder } from "./free-port.ts";
import { cpuOf, pin } from "./measure/processes.ts";
import { oursOn } from "./ours.ts";
import { quick } from "./plan.ts";
import { phoneOf, pinOf } from "./seeding/citizens.ts";

const stages = ["request and first page", "phone and PIN", "code", "consent", "token"] as const;
const [rounds, seconds, width, people, stride] = [6, 1, 16, 40_000, 104_729];
const folder = mkdtempSync(join(tmpdir(), "chave-stages-"));
const codes = createCodes();
const stand = await oursOn("PostgreSQL").start({ folder, codes, people, freePort: createPortFinder() });
const [server = 0, database = 0] = stand.roots;
const lanes = createLanes(stand.origin);
let next = 0;

async function playUntil(stage: number): Promise<void> {
  const { origin, redirectUri, party } = stand;
  const { pool, back } = lanes.take();
  const n = (next++ * stride) % people;
  const phone = phoneOf(n);
  try {
    const attempt = party.begin();
    const browser = createBrowser({ pool, origin, redirectUri });
    const identify = await browser.go(attempt.url);
    if (stage === 0) return;
    const code = await browser.submit(identify, { phone, pin: pinOf(n) });
    const digits = await codes.wait(phone);
    if (stage === 1) return;
    const consent = await browser.submit(code, { code: digits });
    if (stage === 2) return;
    const { url } = await browser.submit(consent, { decision: "authorise" });
    if (stage > 3) await party.finish(url, attempt);
  } finally {
    back();
  }
}

async function costOf(stage: number): Promise<readonly [server: number, database: number]> {
  const before = [cpuOf([server]), cpuOf([database])] as const;
  const { done, failed, firstFault } = await playClosed(() => playUntil(stage), width, seconds);
  if (failed > 0) throw firstFault;
  return [(cpuOf([server]) - before[0]) / done, (cpuOf([database]) - before[1]) / done];
}

try {
  if (!pin([process.pid], 1) || !pin(stand.roots, 0)) console.log("not kept to a core of its own");
  await playClosed(() => playUntil(stages.length), width, quick.compileSeconds, quick.compileCeremonies);
  const costs = stages.map((): (readonly [number, number])[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [stage, each] of costs.entries()) each.push(await costOf(stage));
  }
  let before: readonly [number, number] = [0, 0];
  for (const [stage, each] of costs.entries()) {
    const sum = [median(each.map(([ms]) => ms)), median(each.map(([, ms]) => ms))] as const;
    const [process, postgres] = [sum[0] - before[0], sum[1] - before[1]];
    console.log(`${(stages[stage] ?? "").padEnd(24)} process ${process.toFixed(2)} ms, database ${postgres.toFixed(2)} ms`);
    before = sum;
  }
} finally {
  await lanes.close();
  await stand.stop();
  rmSync(folder, { recursive: true, force: true });
}
