import { EventEmitter, once } from "node:events";
import { beforeEach, test } from "node:test";
import assert from "node:assert/strict";
import { openTestDatabase, silentLog, testClock, testRandom, testSecrets } from "../../../tests/world/world.ts";
import { createJobs } from "./job-queue.ts";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import type { JobKinds } from "./jobs.ts";

const db = await openTestDatabase();
const clock = testClock();
const secrets = testSecrets();
const needs = { db, clock, random: testRandom, secrets, log: silentLog };
const jobs = createJobs(needs);

const seen: unknown[] = [];
const collecting: JobKinds = { note: { handle: async (payload) => void seen.push(payload) } };
const failing = (attempts: number): JobKinds => ({
  note: { attempts, handle: () => Promise.reject(new Error("Maria Silva could not be reached")) },
});
const rows = () => db`select * from jobs.job order by created_at`;

beforeEach(async () => {
  seen.length = 0;
  await db`delete from jobs.job`;
});

test("a job enqueued in a transaction that rolls back was never promised", async () => {
  const act = db.transaction(async () => {
    await jobs.enqueue({ kind: "note", payload: { n: 1 } });
    throw new Error("fault");
  });
  await assert.rejects(act, /fault/);
  assert.equal(await jobs.runDue(collecting), 0);
});

test("a payload cannot be read in the table, and is gone when the job is done", async () => {
  await jobs.enqueue({ kind: "note", key: "kept", payload: { phone: "+351 990 000 001" } });
  const [before] = await rows();
  assert.ok(Buffer.isBuffer(before?.["payload"]) && !before["payload"].includes("990"));
  assert.equal(await jobs.runDue(collecting), 1);
  assert.deepEqual(seen, [{ phone: "+351 990 000 001" }]);
  const [done] = await rows();
  assert.deepEqual([done?.["state"], done?.["payload"]], ["done", null]);
});

test("a job without a key, which nobody will ask for again, is gone when it is done", async () => {
  await jobs.enqueue({ kind: "note", payload: {} });
  assert.equal(await jobs.runDue(collecting), 1);
  assert.deepEqual(await rows(), []);
});

test("the same key is one job, even after it is done", async () => {
  for (let i = 0; i < 2; i++) await jobs.enqueue({ kind: "note", key: "k", payload: { i } });
  assert.equal(await jobs.runDue(collecting), 1);
  await jobs.enqueue({ kind: "note", key: "k", payload: { i: 3 } });
  assert.equal(await jobs.runDue(collecting), 0);
});

test("higher priorities go first, and what is due later waits for its time", async () => {
  const oneByOne = createJobs(needs, { concurrency: 1 });
  await jobs.enqueue({ kind: "note", payload: { n: "newsletter" } });
  await jobs.enqueue({ kind: "note", payload: { n: "code" }, priority: 10 });
  await jobs.enqueue({ kind: "note", payload: { n: "tomorrow" }, runAt: new Date(clock.now().getTime() + 86_400_000) });
  await oneByOne.runDue(collecting);
  assert.deepEqual(seen, [{ n: "code" }, { n: "newsletter" }]);
  clock.advance("P1D");
  await oneByOne.runDue(collecting);
  assert.deepEqual(seen.at(-1), { n: "tomorrow" });
});

test("a job past its time expires without running", async () => {
  await jobs.enqueue({ kind: "note", payload: {}, expiresAt: new Date(clock.now().getTime() + 1_000) });
  clock.advance(1_000);
  assert.equal(await jobs.runDue(collecting), 0);
  const [row] = await rows();
  assert.deepEqual([row?.["state"], row?.["payload"]], ["expired", null]);
});

test("a failing job waits, tries again, and ends as a dead letter that can be revived", async () => {
  await jobs.enqueue({ kind: "note", payload: { n: 1 } });
  assert.equal(await jobs.runDue(failing(2)), 1);
  assert.equal(await jobs.runDue(failing(2)), 0, "it waits");
  clock.advance("PT1H");
  assert.equal(await jobs.runDue(failing(2)), 1);
  const { deadLetters, counts } = await jobs.summary();
  assert.deepEqual(
    counts.map(({ state, count }) => [state, count]),
    [["dead", 1]],
  );
  assert.equal(deadLetters[0]?.lastError, "Error", "the message of an error may hold personal data");
  assert.ok(await jobs.revive(deadLetters[0].id));
  assert.equal(await jobs.runDue(collecting), 1);
  assert.deepEqual(seen, [{ n: 1 }]);
});

test("a job of a kind unknown here is left to another process", async () => {
  await jobs.enqueue({ kind: "elsewhere", payload: {} });
  assert.equal(await jobs.runDue(collecting), 0);
  assert.equal(await jobs.runDue({ elsewhere: { handle: () => Promise.resolve() } }), 1);
});

test("the job of a worker that was killed is taken up again when its lease has run out, and the late word of the dead is not heard", async () => {
  const gate = new EventEmitter();
  await jobs.enqueue({ kind: "note", key: "stuck", payload: { n: 1 } });
  const started = once(gate, "started");
  const stuck = createJobs(needs).runDue({
    note: {
      attempts: 1,
      async handle() {
        const opened = once(gate, "open");
        gate.emit("started");
        await opened;
        throw new Error("too late");
      },
    },
  });
  await started;
  assert.equal(await jobs.runDue(collecting), 0, "it is leased");
  clock.advance("PT2M");
  assert.equal(await jobs.runDue(collecting), 1);
  gate.emit("open");
  await stuck;
  assert.equal((await rows())[0]?.["state"], "done");
});

test("a job that kills every worker runs out of tries too", async () => {
  await jobs.enqueue({ kind: "note", payload: {} });
  await db`update jobs.job set attempts = 3`;
  await jobs.runDue({ note: { attempts: 3, handle: () => Promise.reject(new Error("must not run")) } });
  const [row] = await rows();
  assert.deepEqual([row?.["state"], row?.["last_error"]], ["dead", "never ended"]);
});

test("side by side, workers never run the same job twice", async () => {
  for (let i = 0; i < 40; i++) await jobs.enqueue({ kind: "note", payload: { i } });
  const ran = await Promise.all([1, 2, 3].map(() => createJobs(needs).runDue(collecting)));
  assert.equal(
    ran.reduce((a, b) => a + b),
    40,
  );
  assert.equal(new Set(seen.map((payload) => JSON.stringify(payload))).size, 40);
});

test("a recurring kind runs once in each of its slots, whatever the number of processes", async () => {
  const daily: JobKinds = { daily: { every: "P1D", handle: async () => void seen.push("daily") } };
  for (let i = 0; i < 2; i++) await createJobs(needs).runDue(daily);
  assert.deepEqual(seen, ["daily"]);
  clock.advance("P3D");
  await jobs.runDue(daily);
  assert.deepEqual(seen, ["daily", "daily"]);
});

test("finished jobs are forgotten after seven days, dead letters after thirty", async () => {
  await jobs.enqueue({ kind: "note", payload: {} });
  await jobs.runDue(collecting);
  await jobs.enqueue({ kind: "note", payload: {} });
  await jobs.runDue(failing(1));
  clock.advance("P8D");
  await jobs.runDue({});
  assert.deepEqual(
    (await rows()).map((row) => row["state"]),
    ["dead"],
  );
  clock.advance("P23D");
  await jobs.runDue({});
  assert.equal((await rows()).length, 0);
});

test("a worker hears of a new job at once, and stopping waits for what is being run", async () => {
  const heard = new EventEmitter();
  const worker = createJobs(needs, { pollMilliseconds: 60_000 }).startWorker({
    first: { handle: async () => void heard.emit("first") },
    second: {
      async handle() {
        heard.emit("second");
        await new Promise((resolve) => setImmediate(resolve));
        seen.push("ended");
      },
    },
  });
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  for (const kind of ["first", "second"]) {
    const rung = once(heard, kind, { signal });
    await jobs.enqueue({ kind, payload: {} });
    await rung;
  }
  await worker.stop();
  assert.deepEqual(seen, ["ended"]);
});
