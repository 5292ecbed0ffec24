import { attributeNames } from "#core/vocabulary";
import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import { authorised, stepAfterProof } from "./rules.ts";

test("after the proof comes consent; at our own door nothing is consented to, for nothing is given to anybody", () => {
  assert.equal(stepAfterProof({}), "consent");
  assert.equal(stepAfterProof({ isOurselves: true }), "finished");
});

test("the portal is told what is required, and of the optional what was left ticked, and nothing that was not asked", () => {
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
  const told = authorised(asked, ["phone", "birth_date", "name"], { ...values, address: null });
  assert.deepEqual(told, { name: "the name", phone: "the phone" });
});
