import { test } from "node:test";
import assert from "node:assert/strict";
import { createRandom, systemRandom } from "./world.ts";

test("digits are as many as asked for, and bytes that would favour small digits are thrown away", () => {
  assert.match(systemRandom.digits(6), /^\d{6}$/);
  const octets = [255, 250, 249, 10, 251, 3];
  const random = createRandom((length) =>
    Buffer.from(Array.from({ length }, (_, index) => octets[index % octets.length] ?? 0)),
  );
  assert.equal(random.digits(3), "903");
});

test("identifiers are of version 4 and variant 10, tokens hold 256 bits", () => {
  assert.match(systemRandom.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Buffer.from(systemRandom.token(), "base64url").length, 32);
});
