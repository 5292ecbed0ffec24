import assert from "node:assert/strict";
import { test } from "node:test";
import { openCoreWorld, somePerson, somePhone, someVisitor } from "../../../tests/world/core-world.ts";
import type { NewMobileKey } from "./index.ts";
import type { Closed } from "./rules.ts";
import { countTry } from "./tries-store.ts";

const world = await openCoreWorld();
const { clock, db, keys } = world;
const pin = "739164";
const wrong = "628053";

async function newKey(changes: Partial<NewMobileKey> = {}): Promise<NewMobileKey> {
  const { id: citizenId } = await world.citizens.remember(somePerson());
  const validUntil = new Date(clock.now().getTime() + 5 * 365 * 86_400_000);
  const made = {
    state: "active",
    channel: "desk",
    signature: "available",
    level: 3,
    email: null,
    language: "pt",
    pinTemporary: false,
    pinExpiresAt: null,
  } as const;
  return { id: crypto.randomUUID(), citizenId, phone: somePhone(), validUntil, ...made, ...changes };
}

async function activeKey(changes: Partial<NewMobileKey> = {}) {
  const key = await newKey(changes);
  assert.equal(await keys.create(key, await keys.preparePin(key.id, pin)), true);
  const browser = someVisitor().browser;
  await keys.recordBrowser(key.id, browser);
  return { ...key, browser };
}

async function fail(phone: string, browser: string, times: number): Promise<(Closed | null)[]> {
  const told: (Closed | null)[] = [];
  for (let time = 0; time < times; time++) {
    const checked = await keys.checkPin(phone, wrong, browser);
    if (checked.right) assert.fail("a wrong PIN was right");
    told.push(checked.why);
    if (checked.until) clock.advance(checked.until.getTime() - clock.now().getTime());
  }
  return told;
}

test("the right PIN is right, the wrong one wrong, and nobody's number neither", async () => {
  const key = await activeKey();
  const checked = await keys.checkPin(key.phone, pin, key.browser);
  assert.ok(checked.right && checked.key.id === key.id && checked.lane === "owner");
  assert.equal((await keys.checkPin(key.phone, wrong, key.browser)).right, false);
  assert.equal((await keys.checkPin(somePhone(), pin, key.browser)).right, false);
});

test("with Argon2id it is the same, and what is kept tells nothing", async () => {
  const slow = await openCoreWorld({ pinMode: "argon2" });
  const key = { ...(await newKey()), citizenId: (await slow.citizens.remember(somePerson())).id };
  await slow.keys.create(key, await slow.keys.preparePin(key.id, pin));
  assert.equal((await slow.keys.checkPin(key.phone, pin, "browser")).right, true);
  assert.equal((await slow.keys.checkPin(key.phone, wrong, "browser")).right, false);
  const [row] = await slow.db`select to_jsonb(key)::text as kept from mobile_keys.key`;
  assert.equal(String(row?.["kept"]).includes(pin), false);
});

test("the same PIN of two people is kept differently, and the one is no proof for the other", async () => {
  const [one, other] = [await activeKey(), await activeKey()];
  const rows = await db<{
    verifier: Buffer;
  }>`select pin_verifier as verifier from mobile_keys.key where id in (${one.id}, ${other.id})`;
  assert.notDeepEqual(rows[0]?.verifier, rows[1]?.verifier);
  await db`
    update mobile_keys.key set (pin_verifier, pin_salt) = (select pin_verifier, pin_salt from mobile_keys.key where id = ${one.id})
    where id = ${other.id}`;
  assert.equal((await keys.checkPin(other.phone, pin, other.browser)).right, false, "a record moved to another row");
});

test("the owner is told when a wait begins and when the key locks, and no further PIN is tried then", async () => {
  const key = await activeKey();
  assert.deepEqual(await fail(key.phone, key.browser, 10), [
    null,
    null,
    "waiting",
    null,
    "waiting",
    null,
    "waiting",
    null,
    null,
    "locked",
  ]);
  clock.advance("P1D");
  assert.deepEqual(await keys.checkPin(key.phone, pin, key.browser), { right: false, why: "locked", until: null });
  assert.deepEqual(await keys.checkPin(key.phone, pin, someVisitor().browser), { right: false, why: "locked", until: null });
});

test("while it waits even the right PIN is refused, and no count is added", async () => {
  const key = await activeKey();
  for (let time = 0; time < 3; time++) await keys.checkPin(key.phone, wrong, key.browser);
  for (let time = 0; time < 5; time++)
    assert.deepEqual(await keys.checkPin(key.phone, pin, key.browser), { right: false, why: null, until: null });
  clock.advance("PT5M");
  assert.equal((await keys.checkPin(key.phone, pin, key.browser)).right, true);
});

test("a stranger closes only the strangers' lane: the owner's browser still signs in, and opens it again", async () => {
  const key = await activeKey();
  const told = await fail(key.phone, someVisitor().browser, 10);
  assert.equal(told.at(-1), "strangers-closed");
  assert.equal((await keys.checkPin(key.phone, pin, someVisitor().browser)).right, false);
  const checked = await keys.checkPin(key.phone, pin, key.browser);
  assert.ok(checked.right);
  await keys.acceptPin(checked);
  await keys.recordSuccess(key.id, key.browser);
  assert.equal((await keys.checkPin(key.phone, pin, someVisitor().browser)).right, true);
});

test("many browsers are one stranger", async () => {
  const key = await activeKey();
  const told: (Closed | null)[] = [];
  for (let time = 0; time < 12; time++) told.push(...(await fail(key.phone, someVisitor().browser, 1)));
  assert.deepEqual(told.slice(9), ["strangers-closed", "strangers-closed", "strangers-closed"]);
});

test("a right PIN takes back its own count alone", async () => {
  const key = await activeKey();
  await fail(key.phone, key.browser, 2);
  const checked = await keys.checkPin(key.phone, pin, key.browser);
  assert.ok(checked.right);
  await keys.acceptPin(checked);
  const [row] = await db`select owner_failures as owner, tries from mobile_keys.key where id = ${key.id}`;
  assert.deepEqual(row, { owner: 2, tries: 3 });
});

test("a temporary PIN is void after five tries by the owner's browser, and closed to strangers after five of theirs", async () => {
  const temporary = {
    state: "pending-letter",
    pinTemporary: true,
    pinExpiresAt: new Date(clock.now().getTime() + 30 * 86_400_000),
  } as const;
  const [tried, guessed] = [await activeKey(temporary), await activeKey(temporary)];
  assert.equal((await fail(tried.phone, tried.browser, 5)).at(-1), "temporary-void");
  clock.advance("PT1H");
  assert.equal((await keys.checkPin(tried.phone, pin, tried.browser)).right, false);
  assert.equal((await fail(guessed.phone, someVisitor().browser, 5)).at(-1), "strangers-closed");
  clock.advance("PT1H");
  assert.equal((await keys.checkPin(guessed.phone, pin, someVisitor().browser)).right, false);
  assert.equal((await keys.checkPin(guessed.phone, pin, guessed.browser)).right, true);
  const spent = await keys.spentTemporary();
  assert.deepEqual([spent.includes(tried.id), spent.includes(guessed.id)], [true, false]);
});

for (const state of ["frozen", "suspended", "cancelled", "replaced", "closed"] as const) {
  test(`a key that is ${state} takes no PIN, no code and no session`, async () => {
    const key = await activeKey();
    await db`update mobile_keys.key set state = ${state} where id = ${key.id}`;
    assert.equal((await keys.checkPin(key.phone, pin, key.browser)).right, false);
    assert.equal(await db.atOnce(() => [keys.recordSuccess(key.id, key.browser)]), null);
    assert.equal(await keys.loadUsable(key.id), null);
  });
}

test("an expired key takes none either", async () => {
  const key = await activeKey({ validUntil: new Date(clock.now().getTime() + 1000) });
  clock.advance("PT1S");
  assert.deepEqual(await keys.checkPin(key.phone, pin, key.browser), { right: false, why: "expired", until: null });
  assert.equal(await db.atOnce(() => [keys.recordSuccess(key.id, key.browser)]), null);
});

test("fifty wrong PINs at the same moment are three, whoever sends them", async () => {
  for (const lane of ["owner", "stranger"]) {
    const key = await activeKey();
    const browser = lane === "owner" ? key.browser : someVisitor().browser;
    await Promise.all(Array.from({ length: 50 }, () => keys.checkPin(key.phone, wrong, browser)));
    const [row] =
      await db`select owner_failures as owner, stranger_failures as stranger, tries from mobile_keys.key where id = ${key.id}`;
    assert.deepEqual(row, lane === "owner" ? { owner: 3, stranger: 0, tries: 3 } : { owner: 0, stranger: 3, tries: 3 });
  }
});

test("code tries are three until a success, and only what was not compared is given back", async () => {
  const key = await activeKey();
  const counted = await Promise.all(Array.from({ length: 20 }, () => keys.countCodeTry(key.id, key.browser)));
  assert.deepEqual(counted.flatMap((one) => (one ? [one.left] : [])).toSorted(), [0, 1, 2]);
  assert.equal((await keys.checkPin(key.phone, pin, key.browser)).right, false, "locked");
  await keys.takeBackCodeTry(key.id);
  assert.equal((await keys.countCodeTry(key.id, key.browser))?.left, 0);
  await keys.recordSuccess(key.id, key.browser);
  assert.equal((await keys.countCodeTry(key.id, key.browser))?.left, 2);
});

test("one phone has one key and one person has one key, whoever asks first", async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => newKey({ phone: "+351911111111" })));
  const pins = await Promise.all(made.map(({ id }) => keys.preparePin(id, pin)));
  const created = await Promise.all(made.map((key, index) => keys.create(key, pins[index] ?? assert.fail())));
  assert.equal(created.filter(Boolean).length, 1);
  const winner = made[created.indexOf(true)];
  const again = await newKey({ citizenId: winner?.citizenId ?? "" });
  assert.equal(await keys.create(again, await keys.preparePin(again.id, pin)), false);
  assert.equal(await keys.phoneIsTaken("+351911111111"), true);
});

test("the phone of a key that is over is free again, and its PIN is worth nothing there", async () => {
  const old = await activeKey();
  await db`update mobile_keys.key set state = 'cancelled' where id = ${old.id}`;
  const key = await newKey({ phone: old.phone });
  assert.equal(await keys.create(key, await keys.preparePin(key.id, "802714")), true);
  const checked = await keys.checkPin(old.phone, pin, old.browser);
  assert.equal(checked.right, false);
  const strange = await keys.checkPin(old.phone, "802714", old.browser);
  assert.ok(strange.right && strange.lane === "stranger", "a browser known with the old key is not known with the new");
});

test("where its holder may enable the signature is kept with the key", async () => {
  for (const signature of ["desk-only", "available"] as const) {
    const key = await activeKey({ signature });
    const [row] = await db`select signature from mobile_keys.key where id = ${key.id}`;
    assert.deepEqual(row, { signature });
  }
});

test("a new PIN may not be the temporary one, nor known of the person", async () => {
  const applied = await world.activateByLetter(somePerson({ birthDate: "1987-05-21" }));
  const { id: keyId } = (await keys.ownerOf(applied.phone)) ?? assert.fail();
  const guessable = { birthDate: "1987-05-21", numbers: [applied.person.civilId] };
  assert.equal(await keys.judgeNewPin(keyId, applied.phone.slice(-5), guessable), "pin.phone");
  assert.equal(await keys.judgeNewPin(keyId, "2105", guessable), "pin.birth-date");
  const verdict = await keys.judgeNewPin(keyId, applied.pin, guessable);
  assert.notEqual(verdict, null);
  assert.equal(await keys.judgeNewPin(keyId, "80251479", guessable), null);
});

test("the temporary PIN is replaced once, and dies by it", async () => {
  const applied = await world.activateByLetter();
  const key = (await keys.ownerOf(applied.phone)) ?? assert.fail();
  const records = [await keys.preparePin(key.id, pin), await keys.preparePin(key.id, "802714")];
  const activated = await Promise.all(records.map((record) => keys.activate(key.id, record)));
  assert.equal(activated.filter(Boolean).length, 1);
  const chosen = activated[0] ? pin : "802714";
  assert.equal((await keys.checkPin(applied.phone, applied.pin, applied.visitor.browser)).right, false);
  assert.equal((await keys.checkPin(applied.phone, chosen, applied.visitor.browser)).right, true);
});

async function lockedKey(changes: Partial<NewMobileKey> = {}) {
  const key = await activeKey(changes);
  await db`update mobile_keys.key set owner_failures = 10, stranger_failures = 4, code_failures = 1 where id = ${key.id}`;
  return key;
}

const renew = async (id: string) => keys.unblock(id, await keys.preparePin(id, "840275"));

test("a locked key opens with the new PIN, every count at zero, and the old PIN is worth nothing", async () => {
  const key = await lockedKey();
  assert.equal((await keys.owned(key.citizenId))?.condition, "locked");
  assert.equal(await renew(key.id), true);
  assert.equal((await keys.owned(key.citizenId))?.condition, "active");
  const counts = await db`
    select owner_failures, stranger_failures, code_failures, owner_wait_until, stranger_wait_until
    from mobile_keys.key where id = ${key.id}`;
  assert.deepEqual(counts, [
    { owner_failures: 0, stranger_failures: 0, code_failures: 0, owner_wait_until: null, stranger_wait_until: null },
  ]);
  assert.equal((await keys.checkPin(key.phone, pin, key.browser)).right, false);
  assert.equal((await keys.checkPin(key.phone, "840275", key.browser)).right, true);
});

test("only a locked key is unblocked: not an open, frozen, suspended, replaced, expired or temporary one, whatever its counts", async () => {
  const open = await activeKey();
  assert.equal(await renew(open.id), false);
  for (const state of ["frozen", "suspended", "replaced", "cancelled", "closed"]) {
    const key = await lockedKey();
    await db`update mobile_keys.key set state = ${state} where id = ${key.id}`;
    assert.equal(await renew(key.id), false, state);
  }
  const expired = await lockedKey();
  await db`update mobile_keys.key set valid_until = ${clock.now()} where id = ${expired.id}`;
  assert.equal(await renew(expired.id), false, "expired");
  const temporary = await lockedKey({ state: "pending-letter", pinTemporary: true });
  assert.equal(await renew(temporary.id), false, "temporary");
});

test("of several at once that unblock one key, one does", async () => {
  const key = await lockedKey();
  const records = await Promise.all(["840275", "617380", "950317"].map((one) => keys.preparePin(key.id, one)));
  const outcomes = await Promise.all(records.map((record) => keys.unblock(key.id, record)));
  assert.deepEqual(outcomes.toSorted(), [false, false, true]);
});

test("whoever loaded the key before it was unblocked counts nothing on it", async () => {
  const key = await lockedKey();
  const [before] = await db<{ tries: number }>`select tries from mobile_keys.key where id = ${key.id}`;
  await renew(key.id);
  const stale = await countTry(db, { id: key.id, tries: before?.tries ?? 0 }, "owner", { failures: 11, waitUntil: null });
  assert.equal(stale, false);
});

test("a person without a living key owns none", async () => {
  const key = await activeKey();
  await keys.replace(key.id);
  assert.equal(await keys.owned(key.citizenId), null);
});
