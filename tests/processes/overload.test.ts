/**
 * Ten times as many people as can be served, at random moments, on the real wire: what is completed stays near what can be
 * completed, who is refused is told so honestly, and ten seconds later it is as if nothing had been.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Entry, Stand } from "../../bench/contestant.ts";
import { playClosed, playOpen } from "../../bench/driver/arrivals.ts";
import type { Play, Played } from "../../bench/driver/arrivals.ts";
import { createCodes } from "../../bench/driver/codes.ts";
import { createVisits } from "../../bench/driver/visit.ts";
import { createPortFinder } from "../../bench/free-port.ts";
import { pin } from "../../bench/measure/processes.ts";
import { oursOn } from "../../bench/ours.ts";

const people = 16_000;

/** With its database, on a core of its own where there are two: what the driver needs is not taken from what is measured. */
async function openStand(): Promise<Stand & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "chave-overload-"));
  const stand = await oursOn("PostgreSQL").start({ folder, codes: createCodes(), people, freePort: createPortFinder() });
  if (availableParallelism() > 1) {
    pin(stand.roots, 0);
    spawnSync("taskset", ["-a", "-cp", `1-${String(availableParallelism() - 1)}`, String(process.pid)]);
  }
  return {
    ...stand,
    async close() {
      await stand.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ceremonies, and where each was refused: at its first page or after it had begun. */
function watched(stand: Stand, entry: Entry) {
  const refusals = { atFirst: 0, begun: 0, others: [] as unknown[] };
  const visits = createVisits(stand, entry, entry.hash === "argon2" ? people / 8 : people);
  const play: Play = async (n) => {
    try {
      await visits.play(n);
    } catch (fault) {
      const told = /not the page ([\w-]+): 503/.exec(String(fault))?.[1];
      if (told === "sign-in-identify") refusals.atFirst++;
      else if (told !== undefined || /503/.test(String(fault))) refusals.begun++;
      else refusals.others.push(fault);
      throw fault;
    }
  };
  return { play, refusals, close: visits.close };
}

const perSecond = ({ done, seconds }: Played): number => done / seconds;

test("at ten times the arrivals the ceremonies completed stay near capacity, and all is well again soon after", async (t) => {
  const stand = await openStand();
  t.after(() => stand.close());
  const entry = stand.entries.find(({ hash }) => hash === "argon2");
  assert.ok(entry);
  const { play, refusals, close } = watched(stand, entry);

  await playClosed(play, 8, 2);
  const capacity = perSecond(await playClosed(play, 16, 3));
  const calm = await playOpen(play, capacity / 2, 3, 1);
  assert.deepEqual(refusals, { atFirst: 0, begun: 0, others: [] });

  const flood = playOpen(play, capacity * 10, 8, 2);
  const refused = await firstRefusal(stand.origin);
  const flooded = await flood;
  const during = { ...refusals };
  const first = await playOpen(play, capacity / 2, 2, 3);
  const settled = await playOpen(play, capacity / 2, 3, 4);
  const metrics = await (await fetch(`http://127.0.0.1:${String(Number(new URL(stand.origin).port) + 2)}/metrics`)).text();
  t.diagnostic(
    JSON.stringify({
      capacity,
      goodput: perSecond(flooded),
      done: flooded.done,
      seconds: flooded.seconds,
      failed: flooded.failed,
      during: { ...during, others: during.others.length },
      p99: [calm, flooded, first, settled].map(({ waits }) => waits.quantile(0.99)),
      p50: [calm, flooded, first, settled].map(({ waits }) => waits.quantile(0.5)),
      failedAfter: [first.failed, settled.failed],
    }),
  );
  t.diagnostic(metrics.split("\n").filter((line) => /^chave_(requests|overload)/.test(line)).join(" | "));
  t.diagnostic(String(during.others[0]));
  await close();
  assert.ok(refused);
});

/** Asks for the first page of a sign-in until it is refused. */
async function firstRefusal(origin: string): Promise<Response> {
  const signal = AbortSignal.timeout(10_000);
  for (;;) {
    const answer = await fetch(`${origin}/oidc/authorize`, { signal, headers: { "accept-language": "en" } });
    if (answer.status === 503) return answer;
    await answer.body?.cancel();
  }
}
