import assert from "node:assert/strict";
import { once, EventEmitter } from "node:events";
import { test } from "node:test";
import { taxPortal } from "../../../tests/world/core-world.ts";
import { openTestDatabase, testSecrets } from "../../../tests/world/world.ts";
import { createPortals } from "./portals.ts";

const db = await openTestDatabase();
const secrets = testSecrets();
const portals = await createPortals({ db, secrets });
const elsewhere = await createPortals({ db, secrets });
// Joined after both processes, so that it hears after they did.
const heard = new EventEmitter();
await db.listen("portals", (id) => heard.emit(id));

async function untilHeard(id: string, act: () => Promise<void>): Promise<void> {
  const told = once(heard, id);
  await act();
  await told;
}

test("a portal is found as it was registered, with its sector", async () => {
  await portals.register({ ...taxPortal, id: "plain" });
  const { authentication, ...registered } = taxPortal;
  assert.deepEqual(await portals.find("plain"), { ...registered, authentication, id: "plain", sector: "taxes.example" });
});

test("nobody is found who was never registered, however often it is asked", async () => {
  for (let time = 0; time < 3; time++) assert.equal(await portals.find("nobody"), null);
  await portals.register({ ...taxPortal, id: "nobody" });
  assert.notEqual(await portals.find("nobody"), null);
});

test("a portal changed or disabled in one process is so in the others", async () => {
  await portals.register({ ...taxPortal, id: "changing" });
  assert.equal((await elsewhere.find("changing"))?.minimumLevel, 2);
  await untilHeard("changing", () => portals.register({ ...taxPortal, id: "changing", minimumLevel: 3 }));
  assert.equal((await elsewhere.find("changing"))?.minimumLevel, 3);
  await untilHeard("changing", () => portals.disable("changing"));
  assert.equal(await elsewhere.find("changing"), null);
  await untilHeard("changing", () => portals.register({ ...taxPortal, id: "changing" }));
  assert.notEqual(await elsewhere.find("changing"), null);
});

test("of a portal's secret only a keyed hash is kept, and it is the secret of that portal alone", async () => {
  const authentication = { method: "client_secret_basic", secret: "an invented secret of a portal" } as const;
  await portals.register({ ...taxPortal, id: "secretive", authentication });
  await portals.register({ ...taxPortal, id: "copycat", authentication });
  const [secretive, copycat] = [await portals.find("secretive"), await portals.find("copycat")];
  assert.ok(secretive && copycat);
  assert.equal(await portals.secretMatches(secretive, authentication.secret), true);
  assert.equal(await portals.secretMatches(secretive, `${authentication.secret}.`), false);
  assert.equal(await portals.secretMatches(secretive, ""), false);
  const rows = await db<{ mac: Buffer; kept: string }>`
    select secret_mac as mac, to_jsonb(portal)::text as kept from portals.portal where id in ('secretive', 'copycat')`;
  assert.equal(
    rows.some(({ kept }) => kept.includes(authentication.secret)),
    false,
  );
  assert.notDeepEqual(rows[0]?.mac, rows[1]?.mac);
});

test("a portal without a secret matches none", async () => {
  await portals.register({ ...taxPortal, id: "open" });
  const open = await portals.find("open");
  assert.ok(open);
  assert.equal(await portals.secretMatches(open, ""), false);
});

test("redirect addresses on two hosts are no registration: its people could be told apart from its sector", async () => {
  await assert.rejects(
    portals.register({ ...taxPortal, id: "split", redirectUris: ["https://a.example/", "https://b.example/"] }),
  );
  await assert.rejects(portals.register({ ...taxPortal, id: "empty", redirectUris: [] }));
  assert.equal(await portals.find("split"), null);
});

test("thousands of made-up ids do not fill the memory, nor push out what is registered for long", async () => {
  await portals.register({ ...taxPortal, id: "steady" });
  await Promise.all(Array.from({ length: 200 }, (_, index) => portals.find(`made up ${index}`)));
  assert.notEqual(await portals.find("steady"), null);
});

/** Of PostgreSQL alone: the embedded engine has no connection to lose. */
function serverTest(name: string, body: () => Promise<void>): void {
  if (db.engine === "postgresql") void test(name, body);
}

serverTest("a portal disabled while nobody could hear of it is gone all the same, once the connection is back", async () => {
  await untilHeard("unheard", () => portals.register({ ...taxPortal, id: "unheard" }));
  assert.notEqual(await elsewhere.find("unheard"), null);
  const back = once(heard, "");
  // Waits for the end of each: what is notified from now on finds no ears.
  await db`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'`;
  await portals.disable("unheard");
  assert.notEqual(await elsewhere.find("unheard"), null, "nobody has heard of it");
  await back;
  assert.equal(await elsewhere.find("unheard"), null);
});
