import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Database } from "#platform/database";
import { watching } from "../../../tests/world/watched-database.ts";
import { openTestDatabase, testClock, testRandom, testSecrets } from "../../../tests/world/world.ts";
import { createActivity } from "./activity.ts";

const db = await openTestDatabase();
const clock = testClock();
const ground = { db, clock, random: testRandom, secrets: testSecrets() };
const activity = createActivity(ground);
const citizenId = "11111111-1111-4111-8111-111111111111";

async function happen(count: number): Promise<void> {
  for (let one = 0; one < count; one++) {
    clock.advance("PT1S");
    await activity.record({
      kind: "sign-in.authorised",
      citizenId,
      portalId: "tax-portal",
      detail: { attributes: ["name", "phone"], one, a: "b" },
    });
  }
}

beforeEach(async () => {
  await db`delete from activity.link`;
  await db`delete from activity.head`;
  await db`delete from activity.event`;
  await happen(5);
  await activity.seal();
});

test("a chain that nobody touched holds, however often it is sealed", async () => {
  assert.deepEqual(await activity.check(), { links: 5, broken: null });
  assert.deepEqual(await activity.seal(), { sealed: 0 });
  await happen(3);
  assert.deepEqual(await activity.seal(), { sealed: 3 });
  assert.deepEqual(await activity.check(), { links: 8, broken: null });
});

test("several sealers at once seal each event once", async () => {
  await happen(20);
  const sealed = await Promise.all(Array.from({ length: 4 }, () => activity.seal()));
  assert.equal(
    sealed.reduce((sum, one) => sum + one.sealed, 0),
    20,
  );
  assert.deepEqual(await activity.check(), { links: 25, broken: null });
});

test("a chain of more than one batch holds, and each batch takes a handful of statements", async () => {
  const asked: string[] = [];
  const watched = watching(db, { before: ({ kind }) => void asked.push(kind) });
  await happen(2_100);
  await createActivity({ ...ground, db: watched }).seal();
  assert.ok(asked.length <= 20, asked.join("; "));
  assert.deepEqual(await activity.check(), { links: 2_105, broken: null });
});

const recordAt = (at: Date) =>
  createActivity({ ...ground, clock: { now: () => at } }).record({
    kind: "sign-in.authorised",
    citizenId,
    portalId: "tax-portal",
  });

test("after a clock that went a day ahead, what is recorded at the right time is sealed all the same", async () => {
  await recordAt(new Date(clock.now().getTime() + 24 * 3600_000));
  assert.deepEqual(await activity.seal(), { sealed: 1 });
  await happen(2);
  assert.deepEqual(await activity.seal(), { sealed: 2 });
  assert.deepEqual(await activity.check(), { links: 8, broken: null });
});

test("an event that is recorded late finds its place in the chain, the sooner the less late it is", async () => {
  const before = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);
  await recordAt(before(2));
  assert.deepEqual(await activity.seal(), { sealed: 1 });
  await recordAt(before(60));
  assert.deepEqual(await activity.seal(), { sealed: 0 });
  clock.advance("PT1H");
  assert.deepEqual(await activity.seal(), { sealed: 1 });
  assert.deepEqual(await activity.check(), { links: 7, broken: null });
});

test("an event slipped in with a date long past is found, where the sealer no longer looks", async () => {
  const at = new Date(clock.now().getTime() - 30 * 24 * 3600_000);
  await db`
    insert into activity.event (id, citizen_id, kind, portal_id, detail, at, mac)
    select ${testRandom.uuid()}::uuid, citizen_id, kind, portal_id, detail, ${at}::timestamptz, mac from activity.event limit 1`;
  assert.deepEqual(await activity.seal(), { sealed: 0 });
  assert.deepEqual(await activity.check(), { links: 5, broken: 6 });
});

test("a chain whose events were all erased goes on", async () => {
  await db`delete from activity.event`;
  await happen(1);
  assert.deepEqual(await activity.seal(), { sealed: 1 });
  assert.deepEqual(await activity.check(), { links: 6, broken: null });
});

test("an event erased by its person leaves the chain whole", async () => {
  await db`delete from activity.event where citizen_id = ${citizenId}`;
  assert.deepEqual(await activity.check(), { links: 5, broken: null });
});

type Harm = (db: Database) => Promise<unknown>;
const idAt = (position: number) => (db: Database) => db`select event_id as id from activity.link where position = ${position}`;

const harms: readonly (readonly [string, number, Harm])[] = [
  [
    "an altered event",
    3,
    async (db) =>
      db`update activity.event set portal_id = 'other' where id = (select event_id from activity.link where position = 3)`,
  ],
  [
    "an event of another person",
    2,
    async (db) =>
      db`update activity.event set citizen_id = null where id = (select event_id from activity.link where position = 2)`,
  ],
  [
    "an altered detail",
    5,
    async (db) =>
      db`update activity.event set detail = detail || '{"one": 9}' where id = (select event_id from activity.link where position = 5)`,
  ],
  [
    "an altered event with its hash made to fit",
    3,
    async (db) => db`update activity.link set event_hash = sha256('x') where position = 3`,
  ],
  ["a removed first link", 2, async (db) => db`delete from activity.link where position = 1`],
  ["a removed link", 4, async (db) => db`delete from activity.link where position = 3`],
  ["a removed last link", 5, async (db) => db`delete from activity.link where position = 5`],
  ["everything removed", 1, async (db) => db`delete from activity.link`],
  [
    "a removed link, the rest moved up",
    3,
    async (db) => {
      await db`delete from activity.link where position = 3`;
      await db`update activity.link set position = position - 1 where position > 3`;
    },
  ],
  [
    "two links that changed places",
    2,
    async (db) => {
      await db`update activity.link set position = -2 where position = 2`;
      await db`update activity.link set position = 2 where position = 3`;
      await db`update activity.link set position = 3 where position = -2`;
    },
  ],
  [
    "two events that changed places",
    2,
    async (db) => {
      const [[second], [third]] = [await idAt(2)(db), await idAt(3)(db)];
      await db`delete from activity.link where position = 6`;
      await db`update activity.link set event_id = ${citizenId} where position = 2`;
      await db`update activity.link set event_id = ${second?.["id"]} where position = 3`;
      await db`update activity.link set event_id = ${third?.["id"]} where position = 2`;
    },
  ],
  [
    "an inserted link",
    6,
    async (db) => db`insert into activity.link select 6, ${citizenId}, event_hash, mac from activity.link where position = 5`,
  ],
  [
    "a link before the first",
    -1,
    async (db) => db`insert into activity.link select -1, ${citizenId}, event_hash, mac from activity.link where position = 1`,
  ],
];

for (const [what, at, harm] of harms) {
  test(`${what} is found, at ${at}`, async () => {
    await harm(db);
    assert.equal((await activity.check()).broken, at);
  });
}

test("an event altered before it was sealed is found", async () => {
  await happen(1);
  await db`update activity.event set portal_id = 'other' where not exists (select from activity.link where event_id = event.id)`;
  await activity.seal();
  assert.equal((await activity.check()).broken, 6);
});

test("an event written by somebody without the key is found", async () => {
  await db`
    insert into activity.event (id, citizen_id, kind, portal_id, detail, at, mac)
    select ${citizenId}, citizen_id, kind, portal_id, detail, at, mac from activity.event limit 1`;
  await activity.seal();
  assert.equal((await activity.check()).broken, 6);
});
