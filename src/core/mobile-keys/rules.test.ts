import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFailure, conditionOf, judgeKey, judgeTry, validUntil } from "./rules.ts";
import type { Closed, KeyCondition, KeyStanding, Lane, LaneName } from "./rules.ts";

const now = new Date("2027-03-01T10:00:00Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const fresh: Lane = { failures: 0, waitUntil: null };

function keyWith(changes: Partial<KeyStanding> = {}, owner: Lane = fresh, stranger: Lane = fresh): KeyStanding {
  const standing = {
    state: "active",
    pinTemporary: false,
    pinExpiresAt: null,
    validUntil: inMinutes(1),
    codeFailures: 0,
  } as const;
  return { ...standing, lanes: { owner, stranger }, ...changes };
}

const failed = (failures: number): Lane => ({ failures, waitUntil: null });

test("a lane waits 5 minutes after 3 failures, 30 after 5, 2 hours after 7, and not in between", () => {
  const waits: (number | null)[] = [];
  let lane = fresh;
  for (let failure = 1; failure <= 10; failure++) {
    lane = afterFailure(lane, now);
    waits.push(lane.waitUntil && (lane.waitUntil.getTime() - now.getTime()) / 60_000);
  }
  assert.deepEqual(waits, [null, null, 5, null, 30, null, 120, null, null, null]);
});

const standings: readonly (readonly [string, KeyStanding, Closed | null, Closed | null])[] = [
  ["a fresh key", keyWith(), null, null],
  ["a frozen key", keyWith({ state: "frozen" }), "not-active", "not-active"],
  ["a suspended key", keyWith({ state: "suspended" }), "not-active", "not-active"],
  ["a replaced key", keyWith({ state: "replaced" }), "not-active", "not-active"],
  ["a cancelled key", keyWith({ state: "cancelled" }), "not-active", "not-active"],
  ["a key closed by death", keyWith({ state: "closed" }), "not-active", "not-active"],
  ["a key on its last moment", keyWith({ validUntil: new Date(now.getTime() + 1) }), null, null],
  ["an expired key", keyWith({ validUntil: now }), "expired", "expired"],
  ["two wrong codes", keyWith({ codeFailures: 2 }), null, null],
  ["three wrong codes", keyWith({ codeFailures: 3 }), "locked", "locked"],
  ["nine wrong PINs by the owner", keyWith({}, failed(9)), null, null],
  ["ten wrong PINs by the owner", keyWith({}, failed(10)), "locked", "locked"],
  ["ten wrong PINs by strangers", keyWith({}, fresh, failed(10)), null, "strangers-closed"],
  ["an owner who waits", keyWith({}, { failures: 3, waitUntil: inMinutes(5) }), "waiting", null],
  ["strangers who wait", keyWith({}, fresh, { failures: 3, waitUntil: inMinutes(5) }), null, "waiting"],
  ["a wait that is over", keyWith({}, { failures: 3, waitUntil: now }), null, null],
  ["a letter under way", keyWith({ state: "pending-letter", pinTemporary: true, pinExpiresAt: inMinutes(1) }), null, null],
  [
    "a temporary PIN too old",
    keyWith({ state: "pending-letter", pinTemporary: true, pinExpiresAt: now }),
    "temporary-expired",
    "temporary-expired",
  ],
  ["four wrong temporary PINs", keyWith({ pinTemporary: true }, failed(4)), null, null],
  ["five wrong temporary PINs", keyWith({ pinTemporary: true }, failed(5)), "temporary-void", "temporary-void"],
  ["five wrong temporary PINs by strangers", keyWith({ pinTemporary: true }, fresh, failed(5)), null, "strangers-closed"],
];

for (const [what, key, owner, stranger] of standings) {
  test(`${what}: the owner is told ${owner ?? "to try"}, a stranger ${stranger ?? "to try"}`, () => {
    const lanes: readonly (readonly [LaneName, Closed | null])[] = [
      ["owner", owner],
      ["stranger", stranger],
    ];
    for (const [lane, expected] of lanes) assert.equal(judgeTry(key, lane, now), expected);
  });
}

test("the key itself is open while only a lane is closed", () => {
  assert.equal(judgeKey(keyWith({}, { failures: 3, waitUntil: inMinutes(5) }, failed(10)), now), null);
});

test("a key lives until the document's last day and 30 more for a citizen card or Identity Document, its own expiry otherwise", () => {
  for (const kind of ["CC", "BI"])
    assert.equal(validUntil({ kind, expires: "2030-01-31" }, now).toISOString(), "2030-03-02T23:59:59.000Z");
  for (const kind of ["PAS", "TR", "CR"])
    assert.equal(validUntil({ kind, expires: "2030-01-31" }, now).toISOString(), "2030-01-31T23:59:59.000Z");
});

test("a key never lives beyond 10 years and 30 days", () => {
  const end = validUntil({ kind: "CC", expires: "2099-12-31" }, now);
  assert.equal(end.toISOString(), "2037-03-31T10:00:00.000Z");
});

const temporary = { state: "pending-letter", pinTemporary: true } as const;

const conditions: readonly (readonly [string, KeyStanding, KeyCondition])[] = [
  ["a fresh key", keyWith(), "active"],
  ["a key whose owner waits", keyWith({}, { failures: 3, waitUntil: inMinutes(5) }), "active"],
  ["a key closed to strangers alone", keyWith({}, fresh, failed(10)), "active"],
  ["a key after ten wrong PINs", keyWith({}, failed(10)), "locked"],
  ["a key after three wrong codes", keyWith({ codeFailures: 3 }), "locked"],
  ["a locked key past its time", keyWith({ codeFailures: 3, validUntil: now }), "expired"],
  ["a frozen key, locked as well", keyWith({ state: "frozen", codeFailures: 3 }), "frozen"],
  ["a suspended key, past its time as well", keyWith({ state: "suspended", validUntil: now }), "suspended"],
  ["a key that waits for its letter", keyWith(temporary), "temporary"],
  ["one whose temporary PIN was tried too often", keyWith(temporary, failed(5)), "temporary-over"],
  ["one whose temporary PIN is too old", keyWith({ ...temporary, pinExpiresAt: now }), "temporary-over"],
  ["one with three wrong codes", keyWith({ ...temporary, codeFailures: 3 }), "temporary-over"],
];

for (const [name, key, condition] of conditions) {
  test(`its owner finds ${name} ${condition}`, () => {
    assert.equal(conditionOf(key, now), condition);
  });
}
