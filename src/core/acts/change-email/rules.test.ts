import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, judgeEmail } from "./rules.ts";

const current = "dona@correio.example";

test("one plain address is taken; none, where there is one to remove", () => {
  for (const email of ["nova@correio.example", "a.b+c@sub.correio.example", `${"l".repeat(64)}@correio.example`])
    assert.equal(judgeEmail(email, current), null, email);
  assert.equal(judgeEmail("", current), null);
  assert.equal(judgeEmail("nova@correio.example", null), null);
});

const malformed: readonly (readonly [string, string])[] = [
  ["a second line", "nova@correio.example\r\nBcc: outra@correio.example"],
  ["a line end alone", "nova@correio.example\n"],
  ["a list", "nova@correio.example,outra@correio.example"],
  ["a name", "Nova <nova@correio.example>"],
  ["a quoted name", '"nova"@correio.example'],
  ["no domain", "nova@"],
  ["nobody", "@correio.example"],
  ["two signs", "nova@outra@correio.example"],
  ["a blank", "nova @correio.example"],
  ["a null byte", "nova\0@correio.example"],
  ["letters that look alike", "nοva@correio.example"],
  ["too much before the sign", `${"l".repeat(65)}@correio.example`],
  ["too much after it", `nova@${"d".repeat(190)}.example`],
  ["far too much", "a".repeat(100_000)],
];

for (const [name, email] of malformed) {
  test(`an address with ${name} is none`, () => {
    assert.equal(judgeEmail(email, current), "email.malformed");
  });
}

test("the address it has is no change, however it is spelt; nor is none where there is none", () => {
  assert.equal(judgeEmail("Dona@Correio.Example", current), "email.same");
  assert.equal(judgeEmail("", null), "email.missing");
});

test("the history says what happened, and no address", () => {
  assert.equal(changeOf({ email: "nova@correio.example", former: null }), "added");
  assert.equal(changeOf({ email: "nova@correio.example", former: current }), "changed");
  assert.equal(changeOf({ email: "", former: current }), "removed");
});
