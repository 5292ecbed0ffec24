import { attributeNames } from "#core/vocabulary";
import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import { granted, reachedLevel, stepAfterCode, stepAfterProof } from "./rules.ts";

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
