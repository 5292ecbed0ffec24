import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { createPortals } from "#core/portals";
import { taxPortal } from "../../../../tests/world/core-world.ts";
import { watching } from "../../../../tests/world/watched-database.ts";
import { openTestDatabase, testSecrets } from "../../../../tests/world/world.ts";
import { registerPortal } from "../../portals.ts";
import { createOidcPortals } from "./oidc-portals.ts";
import type { OidcRegistration } from "./registration.ts";

const inner = await openTestDatabase();
const asked: string[] = [];
const db = watching(inner, { before: ({ kind }) => void asked.push(kind) });
const secrets = testSecrets();

async function openProcess() {
  const portals = await createPortals({ db });
  const oidcPortals = createOidcPortals({ db, portals, secrets });
  const register = (id: string, changes: Partial<OidcRegistration> = {}) =>
    registerPortal({ db, secrets, portals }, { ...taxPortal, id, oidc: { ...registration, ...changes } });
  return { portals, oidcPortals, register };
}

const registration: OidcRegistration = {
  redirectUris: ["https://taxes.example/callback"],
  postLogoutRedirectUris: ["https://taxes.example/bye"],
  authentication: { method: "none" },
};
const { portals, oidcPortals, register } = await openProcess();
const elsewhere = await openProcess();
// Joined after both processes, so that it hears after they did.
const heard = new EventEmitter();
await db.listen("portals", (id) => heard.emit(id));

async function untilHeard(id: string, act: () => Promise<void>): Promise<void> {
  const told = once(heard, id);
  await act();
  await told;
}

test("a portal is found with what it registered, and its sector", async () => {
  await register("plain");
  const { sector, ...found } = (await oidcPortals.find("plain")) ?? {};
  assert.deepEqual(found, { ...taxPortal, id: "plain", ...registration });
  assert.equal(sector, "taxes.example");
});

test("a portal costs its own statement and core's when it is first asked for, and none afterwards", async () => {
  await untilHeard("cold", () => register("cold"));
  asked.length = 0;
  for (let time = 0; time < 3; time++) assert.notEqual(await oidcPortals.find("cold"), null);
  assert.deepEqual(asked, ["select portals.portal", "select oidc.portal"]);
});

test("what is changed or disabled in one process is so in the others", async () => {
  await register("changing");
  assert.equal((await elsewhere.oidcPortals.find("changing"))?.authentication.method, "none");
  const moved = { redirectUris: ["https://new.example/callback"] };
  await untilHeard("changing", () => register("changing", moved));
  assert.deepEqual((await elsewhere.oidcPortals.find("changing"))?.redirectUris, moved.redirectUris);
  await untilHeard("changing", () => portals.disable("changing"));
  assert.equal(await elsewhere.oidcPortals.find("changing"), null);
});

test("a portal of other protocols is none here until it registers", async () => {
  await portals.register({ ...taxPortal, id: "silent" });
  assert.equal(await oidcPortals.find("silent"), null);
  await register("silent");
  assert.notEqual(await oidcPortals.find("silent"), null);
});

test("of a portal's secret only a keyed hash is kept, and it is the secret of that portal alone", async () => {
  const authentication = { method: "client_secret_basic", secret: "an invented secret of a portal" } as const;
  await register("secretive", { authentication });
  await register("copycat", { authentication });
  const secretive = await oidcPortals.find("secretive");
  assert.ok(secretive);
  assert.equal(await oidcPortals.secretMatches(secretive, authentication.secret), true);
  for (const wrong of [`${authentication.secret}.`, "", authentication.secret.repeat(100)]) {
    assert.equal(await oidcPortals.secretMatches(secretive, wrong), false);
  }
  const rows = await db<{ mac: Buffer; kept: string }>`
    select secret_mac as mac, to_jsonb(portal)::text as kept from oidc.portal where portal_id in ('secretive', 'copycat')`;
  assert.equal(
    rows.some(({ kept }) => kept.includes(authentication.secret)),
    false,
  );
  assert.notDeepEqual(rows[0]?.mac, rows[1]?.mac);
});

test("a portal without a secret matches none", async () => {
  await register("open");
  const open = await oidcPortals.find("open");
  assert.ok(open);
  assert.equal(await oidcPortals.secretMatches(open, ""), false);
});

test("redirect addresses on two hosts are no registration: its people could be told apart from its sector", async () => {
  await assert.rejects(register("split", { redirectUris: ["https://a.example/", "https://b.example/"] }));
  await assert.rejects(register("empty", { redirectUris: [] }));
  assert.equal(await portals.find("split"), null);
});
