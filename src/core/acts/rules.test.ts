import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProofKind } from "#core/vocabulary";
import { actsFor } from "./acts.ts";
import { figures, hasProven, judgeCondition, onlyActive } from "./rules.ts";
import type { Shown } from "./rules.ts";
import { obstacles } from "./unblock/rules.ts";

const now = new Date("2027-03-01T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const byCard: Shown = { proof: { by: "citizen-card" }, authenticatedAt: minutesAgo(1) };
const byKey: Shown = { proof: { by: "key-and-code", keyId: "k" }, authenticatedAt: minutesAgo(1) };
const card: readonly ProofKind[] = ["citizen-card"];
const either: readonly ProofKind[] = ["key-and-code", "citizen-card"];

const proofs: readonly (readonly [string, Shown, readonly ProofKind[], boolean])[] = [
  ["the card a minute ago", byCard, card, true],
  ["the card nearly ten minutes ago", { ...byCard, authenticatedAt: new Date(minutesAgo(10).getTime() + 1) }, card, true],
  ["the card ten minutes ago", { ...byCard, authenticatedAt: minutesAgo(10) }, card, false],
  ["the card, by a clock a little ahead of ours", { ...byCard, authenticatedAt: minutesAgo(-0.01) }, card, true],
  ["the card, by a clock that was hours ahead", { ...byCard, authenticatedAt: minutesAgo(-180) }, card, false],
  ["a key, where the card is wanted", byKey, card, false],
  ["a key, where either will do", byKey, either, true],
  ["the card, where either will do", byCard, either, true],
  ["a key ten minutes ago, where either will do", { ...byKey, authenticatedAt: minutesAgo(10) }, either, false],
];

for (const [name, shown, wanted, expected] of proofs) {
  test(`signed in with ${name}: that ${expected ? "proves" : "does not prove"} it just now`, () => {
    assert.equal(hasProven(shown, wanted, now, figures.proofHolds), expected);
  });
}

test("only a locked key is to be unblocked; of any other it is said why not", () => {
  assert.equal(judgeCondition(obstacles, "locked"), null);
  assert.equal(judgeCondition(obstacles, null), "key.none");
  assert.equal(judgeCondition(obstacles, "active"), "key.not-locked");
  assert.equal(judgeCondition(obstacles, "frozen"), "key.frozen");
  assert.equal(judgeCondition(obstacles, "suspended"), "key.suspended");
  assert.equal(judgeCondition(obstacles, "expired"), "key.expired");
  assert.equal(judgeCondition(obstacles, "temporary"), "key.pending-letter");
  assert.equal(judgeCondition(obstacles, "temporary-over"), "key.pending-letter");
});

test("what is of use only on a key in use is in the way of everything else", () => {
  const inTheWay = Object.values(onlyActive).filter((obstacle) => obstacle !== null);
  assert.deepEqual([onlyActive.active, inTheWay.length], [null, 6]);
});

test("the acts offered are those that nothing stands in the way of", () => {
  assert.deepEqual(actsFor("locked"), ["unblock"]);
  assert.deepEqual(actsFor("active"), ["change-email"]);
  for (const condition of [null, "frozen", "suspended", "expired", "temporary", "temporary-over"] as const)
    assert.deepEqual(actsFor(condition), []);
});
