import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignedIn } from "#core/sessions";
import { figures, hasShownCard, judgeCondition } from "./rules.ts";

const now = new Date("2027-03-01T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const byCard: SignedIn = {
  sessionId: "s",
  citizenId: "c",
  proof: { by: "citizen-card" },
  level: 4,
  authenticatedAt: minutesAgo(1),
};

const proofs: readonly (readonly [string, Partial<SignedIn>, boolean])[] = [
  ["the card a minute ago", {}, true],
  ["the card nearly ten minutes ago", { authenticatedAt: new Date(minutesAgo(10).getTime() + 1) }, true],
  ["the card ten minutes ago", { authenticatedAt: minutesAgo(10) }, false],
  ["the card, by a clock a little ahead of ours", { authenticatedAt: minutesAgo(-0.01) }, true],
  ["the card, by a clock that was hours ahead", { authenticatedAt: minutesAgo(-180) }, false],
  ["a key", { proof: { by: "key-and-code", keyId: "k" }, level: 3 }, false],
  ["a key, whatever level it claims", { proof: { by: "key-and-code", keyId: "k" } }, false],
];

for (const [name, change, expected] of proofs) {
  test(`signed in with ${name}, the card ${expected ? "has" : "has not"} been shown just now`, () => {
    assert.equal(hasShownCard({ ...byCard, ...change }, now, figures.cardHolds), expected);
  });
}

test("only a locked key is to be unblocked; of any other it is said why not", () => {
  assert.equal(judgeCondition("locked"), null);
  assert.equal(judgeCondition(null), "key.none");
  assert.equal(judgeCondition("active"), "key.not-locked");
  assert.equal(judgeCondition("frozen"), "key.frozen");
  assert.equal(judgeCondition("suspended"), "key.suspended");
  assert.equal(judgeCondition("expired"), "key.expired");
  assert.equal(judgeCondition("temporary"), "key.pending-letter");
  assert.equal(judgeCondition("temporary-over"), "key.pending-letter");
});
