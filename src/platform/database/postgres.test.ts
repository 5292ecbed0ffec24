import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import assert from "node:assert/strict";
import fc from "fast-check";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import { openTestDatabase } from "../../../tests/world/world.ts";

const db = await openTestDatabase();
/** Of PostgreSQL alone: the embedded engine has no connections to lose. */
function serverTest(name: string, body: () => Promise<void>): void {
  if (db.engine === "postgresql") void test(name, body);
}

test("the engine under test is the one that was asked for", () => {
  assert.equal(db.engine, process.env["TEST_DATABASE"] ?? "pglite");
});

test("whatever the values are, they arrive whole, the first time a statement is asked for and ever after", async () => {
  const word = fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.replaceAll("\0", ""));
  const octets = fc.uint8Array({ maxLength: 5_000 }).map((bytes) => Buffer.from(bytes));
  const row = fc.record({ word: fc.option(word), octets: fc.option(octets), n: fc.option(fc.integer()) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
      const ask = (given: (typeof rows)[number]) =>
        db`select ${given.word}::text as word, ${given.octets}::bytea as octets, ${given.n}::integer as n`;
      const answers = (await db.atOnce(() => rows.map(ask))) ?? [];
      const told = (answers as object[][]).map(([answer]) => answer);
      assert.deepEqual(
        told.map((answer) => ({ ...answer })),
        rows.map((given) => ({ ...given, octets: given.octets && Buffer.from(given.octets) })),
      );
    }),
    { numRuns: 60 },
  );
});

const killOthers = () => db`
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;

serverTest("connections that the server drops are replaced, the listening one too", async () => {
  const heard = new EventEmitter();
  const stop = await db.listen("bell", (payload) => heard.emit(payload));
  await Promise.all([1, 2, 3].map(() => db`select pg_sleep(0.01)`));
  await killOthers();
  assert.deepEqual(await db`select 1 as one`, [{ one: 1 }]);

  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const rung = once(heard, "ding", { signal });
  const ringing = setInterval(() => void db`select pg_notify('bell', 'ding')`.catch(() => undefined), 50);
  await rung.finally(() => {
    clearInterval(ringing);
  });
  await stop();
});

serverTest(
  "what was said while nobody could hear is made good: every listener is told that anything may have happened",
  async () => {
    const heard = new EventEmitter();
    const stops = await Promise.all(
      ["gong", "horn"].map((channel) => db.listen(channel, (payload) => heard.emit(`${channel} ${payload}`))),
    );
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const told = Promise.all(["gong ", "horn "].map((event) => once(heard, event, { signal })));
    await killOthers();
    await told;
    for (const stop of stops) await stop();
  },
);

serverTest("a transaction whose connection is lost fails, and its connection is not used again", async () => {
  await db`create table kept (n integer)`;
  const lost = db.transaction(async () => {
    await db`insert into kept values (1)`;
    await db`select pg_terminate_backend(pg_backend_pid())`;
  });
  await assert.rejects(lost);
  assert.deepEqual(await db`select * from kept`, []);
});

serverTest("a deadlock is resolved by running one of the two anew", async () => {
  await db`create table pair (id integer primary key, n integer)`;
  await db`insert into pair values (1, 0), (2, 0)`;
  const bothHold = Promise.withResolvers<undefined>();
  let holding = 0;
  const add = (first: number, second: number): Promise<unknown> =>
    db.transaction(async () => {
      await db`update pair set n = n + 1 where id = ${first}`;
      if (++holding === 2) bothHold.resolve(undefined);
      await bothHold.promise;
      await db`update pair set n = n + 1 where id = ${second}`;
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  assert.deepEqual(
    (await db<{ n: number }>`select n from pair`).map(({ n }) => n),
    [2, 2],
  );
});

serverTest("a plan that a migration has overtaken is made anew", async () => {
  await db`create table grown (a integer)`;
  await db`insert into grown values (1)`;
  const all = () => db`select * from grown`;
  await Promise.all([all(), all(), all(), all()]);
  await db.script("alter table grown add column b integer default 2");
  assert.deepEqual(await all(), [{ a: 1, b: 2 }]);
});
