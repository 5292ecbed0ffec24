import assert from "node:assert/strict";
import { once, EventEmitter } from "node:events";
import { test } from "node:test";
import { taxPortal } from "../../../tests/world/core-world.ts";
import { openTestDatabase } from "../../../tests/world/world.ts";
import { createPortals } from "./portals.ts";

const db = await openTestDatabase();
const portals = await createPortals({ db });
const elsewhere = await createPortals({ db });
// Joined after both processes, so that it hears after they did.
const heard = new EventEmitter();
await db.listen("portals", (id) => heard.emit(id));

async function untilHeard(id: string, act: () => Promise<void>): Promise<void> {
  const told = once(heard, id);
  await act();
  await told;
}

test("a portal is found as it was registered", async () => {
  await portals.register({ ...taxPortal, id: "plain" });
  assert.deepEqual(await portals.find("plain"), { ...taxPortal, id: "plain" });
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

test("what its protocols keep of a portal is saved with it, or nothing is", async () => {
  const saved: string[] = [];
  await portals.register({ ...taxPortal, id: "spoken" }, [
    async (id) => void saved.push(id),
    async (id) => void saved.push(id),
  ]);
  assert.deepEqual(saved, ["spoken", "spoken"]);
  await assert.rejects(portals.register({ ...taxPortal, id: "halved" }, [() => Promise.reject(new Error("cannot be"))]));
  assert.equal(await portals.find("halved"), null);
});

test("it is the same object until the portal changes", async () => {
  await untilHeard("same", () => portals.register({ ...taxPortal, id: "same" }));
  const before = await portals.find("same");
  assert.equal(await portals.find("same"), before);
  await portals.register({ ...taxPortal, id: "same" });
  assert.notEqual(await portals.find("same"), before);
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
