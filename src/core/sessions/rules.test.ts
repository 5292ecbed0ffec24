import type { AttributeName, Level } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import { covers } from "./rules.ts";
import type { SessionStanding } from "./rules.ts";

const now = new Date("2027-03-01T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const session: SessionStanding = {
  level: 3,
  attributes: ["name", "tax_number"],
  seenAt: minutesAgo(0),
  endsAt: minutesAgo(-1),
};

const cases: readonly (readonly [string, Partial<SessionStanding>, AttributeName[], Level, boolean])[] = [
  ["the same attributes", {}, ["name", "tax_number"], 3, true],
  ["fewer", {}, ["name"], 3, true],
  ["none at all", {}, [], 3, true],
  ["one more", {}, ["name", "tax_number", "email"], 3, false],
  ["another one", {}, ["birth_date"], 3, false],
  ["one that was never asked, even if it is optional", {}, ["email"], 3, false],
  ["a lower level", {}, ["name"], 2, true],
  ["a higher level", {}, ["name"], 4, false],
  ["59 minutes idle", { seenAt: minutesAgo(59) }, ["name"], 3, true],
  ["60 minutes idle", { seenAt: minutesAgo(60) }, ["name"], 3, false],
  ["8 hours over", { endsAt: now }, ["name"], 3, false],
];

for (const [what, changes, attributes, level, expected] of cases) {
  test(`${what}: the PIN is ${expected ? "spared" : "asked"}`, () => {
    assert.equal(covers({ ...session, ...changes }, { attributes, level }, now), expected);
  });
}
