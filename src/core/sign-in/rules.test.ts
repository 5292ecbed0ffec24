import { attributeNames } from "#core/vocabulary";
import type { AttributeName, Level, RequestedAttribute } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import { granted, reachedLevel, sessionCovers, stepAfterCode, stepAfterProof } from "./rules.ts";

const now = new Date("2027-03-01T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const session = { level: 3, attributes: ["name", "tax_number"], seenAt: minutesAgo(0), endsAt: minutesAgo(-1) };
const asking = (...names: AttributeName[]): RequestedAttribute[] => names.map((name) => ({ name, required: true }));

const covers: readonly (readonly [string, Partial<typeof session>, RequestedAttribute[], Level, boolean])[] = [
  ["the same attributes", {}, asking("name", "tax_number"), 3, true],
  ["fewer", {}, asking("name"), 3, true],
  ["none at all", {}, [], 3, true],
  ["one more", {}, asking("name", "tax_number", "email"), 3, false],
  ["another one", {}, asking("birth_date"), 3, false],
  ["an optional one that was never asked", {}, [{ name: "email", required: false }], 3, false],
  ["a lower level", {}, asking("name"), 2, true],
  ["a higher level", {}, asking("name"), 4, false],
  ["59 minutes idle", { seenAt: minutesAgo(59) }, asking("name"), 3, true],
  ["60 minutes idle", { seenAt: minutesAgo(60) }, asking("name"), 3, false],
  ["8 hours over", { endsAt: now }, asking("name"), 3, false],
];

for (const [what, changes, asked, level, expected] of covers) {
  test(`${what}: the PIN is ${expected ? "spared" : "asked"}`, () => {
    assert.equal(sessionCovers({ ...session, ...changes }, asked, level, now), expected);
  });
}

test("phone, PIN and code give level 3, or less when the key was activated with less", () => {
  assert.deepEqual(([1, 2, 3, 4] as const).map(reachedLevel), [1, 2, 3, 3]);
});

test("after the code comes consent, but a new PIN first when the old one came by letter", () => {
  assert.equal(stepAfterCode(true, {}), "new-pin");
  assert.equal(stepAfterCode(false, {}), "consent");
});

test("at our own door nothing is consented to, for nothing is given to anybody; but the letter's PIN is replaced there too", () => {
  assert.equal(stepAfterCode(true, { isOurselves: true }), "new-pin");
  assert.equal(stepAfterCode(false, { isOurselves: true }), "finished");
  assert.equal(stepAfterProof({ isOurselves: true }), "finished");
  assert.equal(stepAfterProof({}), "consent");
});

test("the portal is told what is required, and of the optional what was kept, and nothing that was not asked", () => {
  const values = Object.fromEntries(attributeNames.map((name) => [name, `the ${name}`])) as Record<
    AttributeName,
    string | null
  >;
  const asked: RequestedAttribute[] = [
    { name: "name", required: true },
    { name: "email", required: false },
    { name: "phone", required: false },
    { name: "address", required: true },
  ];
  const told = granted(asked, ["phone", "birth_date", "name"], { ...values, address: null });
  assert.deepEqual(told, { name: "the name", phone: "the phone" });
});
