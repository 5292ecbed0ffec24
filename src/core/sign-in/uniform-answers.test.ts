/** One answer for all refusals means the same work too: who measures must learn nothing either. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { composeCore, createStories, openCoreWorld, somePhone, someVisitor } from "../../../tests/world/core-world.ts";
import { watching } from "../../../tests/world/watched-database.ts";

const world = await openCoreWorld();
const { clock } = world;
const work: string[] = [];
const db = watching(world.db, { before: ({ kind }) => void work.push(kind) });
const secrets = {
  ...world.secrets,
  mac: async (...given: Parameters<typeof world.secrets.mac>) => {
    work.push(`mac ${given[0]}`);
    return world.secrets.mac(...given);
  },
};
const ground = { ...world.ground, db, secrets };
const core = await composeCore(ground);
const stories = createStories(ground, core);

/** All that identifying asks of the database and of the keys. */
async function workOf(visitor: ReturnType<typeof someVisitor>, given: { phone: string; pin: string }): Promise<string[]> {
  const id = await stories.ask(visitor);
  await core.portals.find("tax-portal");
  work.length = 0;
  const outcome = await core.signIn.identify(id, visitor, given);
  assert.deepEqual(outcome, { ok: false, refusal: "sign-in.refused" });
  // In whatever order: what takes the same time in sum answers at the same time.
  return work.toSorted();
}

const wrongPin = "628053";
type Key = Awaited<ReturnType<typeof world.openKey>>;

const standings: readonly (readonly [string, (key: Key) => Promise<unknown>, pin: (key: Key) => string])[] = [
  ["a wrong PIN", async () => undefined, () => wrongPin],
  [
    "a wrong PIN that begins a wait",
    ({ phone }) => world.db`update mobile_keys.key set owner_failures = 2, stranger_failures = 2 where phone = ${phone}`,
    () => wrongPin,
  ],
  [
    "a wrong PIN that locks",
    ({ phone }) => world.db`update mobile_keys.key set owner_failures = 9, stranger_failures = 9 where phone = ${phone}`,
    () => wrongPin,
  ],
  [
    "waiting",
    ({ phone }) => {
      const until = new Date(clock.now().getTime() + 60_000);
      return world.db`update mobile_keys.key set owner_wait_until = ${until}, stranger_wait_until = ${until} where phone = ${phone}`;
    },
    ({ pin }) => pin,
  ],
  [
    "locked by PINs",
    ({ phone }) => world.db`update mobile_keys.key set owner_failures = 10 where phone = ${phone}`,
    ({ pin }) => pin,
  ],
  [
    "locked by codes",
    ({ phone }) => world.db`update mobile_keys.key set code_failures = 3 where phone = ${phone}`,
    ({ pin }) => pin,
  ],
  [
    "expired",
    ({ phone }) => world.db`update mobile_keys.key set valid_until = created_at where phone = ${phone}`,
    ({ pin }) => pin,
  ],
  ["frozen", ({ phone }) => world.db`update mobile_keys.key set state = 'frozen' where phone = ${phone}`, ({ pin }) => pin],
  [
    "cancelled",
    ({ phone }) => world.db`update mobile_keys.key set state = 'cancelled' where phone = ${phone}`,
    ({ pin }) => pin,
  ],
];

for (const [browser, visitorOf] of [
  ["a strange browser", () => someVisitor()],
  ["the owner's browser", ({ visitor }: Key) => visitor],
] as const) {
  for (const [what, happen, pinOf] of standings) {
    test(`${what}, in ${browser}: the same statements and the same keys as for a number nobody has`, async () => {
      const nobody = await workOf(someVisitor(), { phone: somePhone(), pin: wrongPin });
      assert.ok(nobody.some((statement) => statement.startsWith("update mobile_keys.key")) && nobody.includes("mac pin"));
      const key = await world.openKey();
      await happen(key);
      assert.deepEqual(await workOf(visitorOf(key), { phone: key.phone, pin: pinOf(key) }), nobody);
    });
  }
}
