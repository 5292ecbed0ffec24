import { test } from "node:test";
import assert from "node:assert/strict";
import { once } from "node:events";
import { EventEmitter } from "node:events";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import { openTestDatabase } from "../../../tests/world/world.ts";

const db = await openTestDatabase();
await db`create table note (id integer primary key, at timestamptz, octets bytea, data jsonb, words text[], day date, big bigint)`;
await db`insert into note (id, big) values (1, 0)`;

const big = async (): Promise<unknown> => (await db<{ big: number }>`select big from note where id = 1`)[0]?.big;

test("each type comes back as it went in", async () => {
  const row = {
    id: 2,
    at: new Date("2027-01-02T03:04:05.678Z"),
    octets: Buffer.from([0, 255, 92]),
    data: { list: [1, "é", null], text: 'a "quote"' },
    words: ["a", 'b,"c\\', "NULL", ""],
    day: "2027-02-28",
    big: 2 ** 42,
  };
  await db`insert into note values (${row.id}, ${row.at}, ${row.octets}, ${row.data}, ${row.words}, ${row.day}, ${row.big})`;
  const [read] = await db`select * from note where id = ${2}`;
  assert.deepEqual({ ...read }, row);
  assert.ok(Buffer.isBuffer(read?.["octets"]));
  const [many] = await db`select array[1::bigint, 2] as bigs, array['2027-01-01'::date] as days, ${undefined}::text as nothing`;
  assert.deepEqual({ ...many }, { bigs: [1, 2], days: ["2027-01-01"], nothing: null });
});

test("a value is never part of the statement", async () => {
  const hostile = "'; drop table note; --";
  const [row] = await db<{ text: string }>`select ${hostile}::text as text`;
  assert.equal(row?.text, hostile);
});

test("a throw rolls back, a returned refusal commits", async () => {
  await assert.rejects(
    db.transaction(async () => {
      await db`update note set big = 1 where id = 1`;
      throw new Error("fault");
    }),
    /fault/,
  );
  assert.equal(await big(), 0);
  const answer = await db.transaction(async () => {
    await db`update note set big = 2 where id = 1`;
    return { ok: false };
  });
  assert.deepEqual(answer, { ok: false });
  assert.equal(await big(), 2);
});

test("a transaction within another joins it, and its fault cannot be swept aside", async () => {
  const attempt = db.transaction(async () => {
    await db`update note set big = 3 where id = 1`;
    await db.transaction(() => Promise.reject(new Error("inner"))).catch(() => undefined);
    return "as if nothing had happened";
  });
  await assert.rejects(attempt, /inner/);
  assert.equal(await big(), 2);
});

test("an error of the database that was caught inside does not become a silent rollback", async () => {
  const attempt = db.transaction(async () => {
    await db`update note set big = 4 where id = 1`;
    await db`insert into note (id) values (1)`.catch(() => undefined);
  });
  await assert.rejects(attempt, { code: "23505" });
  assert.equal(await big(), 2);
});

test("queries of one transaction asked for at the same moment are answered in order", async () => {
  const answers = await db.transaction(() => Promise.all([1, 2, 3].map((n) => db<{ n: number }>`select ${n}::integer as n`)));
  assert.deepEqual(
    answers.map(([row]) => row?.n),
    [1, 2, 3],
  );
});

test("a query that comes after the end of its transaction throws instead of running beside it", async () => {
  const gate = new EventEmitter();
  const straggler = await db.transaction(async () => ({
    query: once(gate, "open").then(() => db`update note set big = 5 where id = 1`),
  }));
  gate.emit("open");
  await assert.rejects(straggler.query, /missing await/);
  assert.equal(await big(), 2);
});

const moved = (from: number, to: number): Promise<object[]> =>
  db`with moved as (update note set big = ${to} where id = 1 and big = ${from} returning id) select 1 / count(*) as moved from moved`;

test("what is done at once is answered in order, each statement seeing what came before it", async () => {
  const answers = await db.atOnce(() => [big(), moved(2, 7), big(), moved(7, 2), big()]);
  assert.deepEqual([answers?.[0], answers?.[2], answers?.[4]], [2, 7, 2]);
});

test("when a statement that must find a row finds none, nothing of what was to be done at once has happened", async () => {
  for (let time = 0; time < 3; time++) {
    const stamp = db`update note set words = array['stamped'] where id = 1 returning set_config('chave.once', ${String(time)}, true)`;
    await stamp;
    assert.equal(await db.atOnce(() => [moved(2, 8), moved(99, 100), big()]), null);
    assert.equal(await big(), 2);
  }
});

test("what was promised for after the commit is done after it, and never when nothing happened", async () => {
  const heard: string[] = [];
  const promised = async (from: number, name: string): Promise<void> => {
    await moved(from, 2);
    db.committed(() => heard.push(name));
  };
  await db.atOnce(() => [promised(99, "never")]);
  await db.atOnce(() => [promised(2, "done")]);
  assert.deepEqual(heard, ["done"]);
});

test("nothing is sent when something to be done at once would have to wait", async () => {
  const slow = async (): Promise<object[]> => {
    await Promise.resolve();
    return moved(2, 9);
  };
  await assert.rejects(
    db.atOnce(() => [moved(2, 8), slow()]),
    /at once/,
  );
  assert.equal(await big(), 2);
});

test("a fault in what is done at once is a fault, and undoes it", async () => {
  await assert.rejects(
    db.atOnce(() => [moved(2, 8), db`insert into note (id) values (1)`]),
    { code: "23505" },
  );
  assert.equal(await big(), 2);
});

test("what is done at once within a transaction is part of it, and when it cannot be, undoes it", async () => {
  const attempt = db.transaction(async () => {
    await moved(2, 5);
    await db.atOnce(() => [moved(5, 6), moved(99, 100)]);
  });
  await assert.rejects(attempt, { code: "22012" });
  assert.equal(await big(), 2);
  await db.transaction(() => db.atOnce(() => [moved(2, 5), moved(5, 2)]));
  assert.equal(await big(), 2);
});

test("what the database could not serialize is run anew", async () => {
  let runs = 0;
  const answer = await db.transaction(async () => {
    runs++;
    if (runs < 3) await db.script("do $$ begin raise exception using errcode = '40P01'; end $$");
    return runs;
  });
  assert.equal(answer, 3);
});

test("transactions side by side do not lose each other's updates", async () => {
  const add = (): Promise<unknown> =>
    db.transaction(async () => {
      const [row] = await db<{ big: number }>`select big from note where id = 1 for update`;
      await db`update note set big = ${(row?.big ?? 0) + 1} where id = 1`;
    });
  await Promise.all(Array.from({ length: 20 }, add));
  assert.equal(await big(), 22);
});

test("a notification is heard after the commit, and not after a rollback", async () => {
  const heard = new EventEmitter();
  const payloads: string[] = [];
  const stop = await db.listen("Bell", (payload) => {
    payloads.push(payload);
    heard.emit(payload);
  });
  await db
    .transaction(async () => {
      await db`select pg_notify('Bell', 'never')`;
      throw new Error("fault");
    })
    .catch(() => undefined);
  const rung = once(heard, "rung", { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  await db.transaction(() => db`select pg_notify('Bell', 'rung')`);
  await rung;
  await stop();
  assert.deepEqual(payloads, ["rung"]);
});
