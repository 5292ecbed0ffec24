import assert from "node:assert/strict";
import { test } from "node:test";
import type { CountedCode } from "./contract.ts";
import { expiryOf, judgeResend, resendAt } from "./rules.ts";

const sentAt = new Date("2027-03-01T10:00:00Z");
const later = (seconds: number) => new Date(sentAt.getTime() + seconds * 1000);
const sent = (changes: Partial<CountedCode> = {}): CountedCode => ({
  mac: Buffer.alloc(32),
  tries: 0,
  resends: 0,
  sentAt,
  expiresAt: later(300),
  ...changes,
});

test("a code to sign in or to activate lives five minutes", () => {
  for (const act of ["sign-in", "activation"] as const) assert.deepEqual(expiryOf(act, sentAt), later(300));
});

test("another code may be asked for after 30 seconds, and not a moment before", () => {
  assert.deepEqual(resendAt(sent()), later(30));
  assert.equal(judgeResend(sent(), new Date(later(30).getTime() - 1)), "code.too-soon");
  assert.equal(judgeResend(sent(), later(30)), "allowed");
});

test("twice at most", () => {
  assert.equal(judgeResend(sent({ resends: 1 }), later(30)), "allowed");
  assert.equal(judgeResend(sent({ resends: 2 }), later(30)), "code.no-more");
});

test("no other code comes once the tries are gone", () => {
  assert.equal(judgeResend(sent({ tries: 3 }), later(60)), "code.no-more");
});
