import { Writable } from "node:stream";
import { test } from "node:test";
import assert from "node:assert/strict";
import { createLog } from "./log.ts";

function recorded(): { log: ReturnType<typeof createLog>; text: () => string } {
  let text = "";
  const destination = new Writable({
    write(chunk, _encoding, next) {
      text += String(chunk);
      next();
    },
  });
  return { log: createLog({ level: "info", destination }), text: () => text };
}

test("what is private is never written, however deep and however spelt", () => {
  const { log, text } = recorded();
  const form = { pin: "s3cret", pin_new: "s3cret", "PIN-repeat": "s3cret", tax_number: "s3cret", civilId: "s3cret" };
  log.info({ form, list: [{ deep: { phone: "s3cret", deeper: { deepest: "s3cret" } } }] }, "a form");
  log.child({ email: "s3cret" }).warn({ status: 400, octets: Buffer.from("s3cret") });
  assert.doesNotMatch(text(), /s3cret|czNjcmV0/);
  assert.match(text(), /"status":400/);
});

test("nor is it under the names that acts give it: the digits of a code, the address it went to, the one a key had before", () => {
  const { log, text } = recorded();
  log.warn({
    fresh: { digits: "s3cret", minutes: 5 },
    code: null,
    typed: { former: "s3cret" },
    told: { formerEmail: "s3cret" },
  });
  log.warn({ view: { sentTo: "s3cret" }, props: { typedPhone: "s3cret" } });
  assert.doesNotMatch(text(), /s3cret/);
});

test("an error keeps its name, code and frames, but not the row the database shows with it", () => {
  const { log, text } = recorded();
  const error = Object.assign(new Error('invalid input syntax for type date: "912345678"'), {
    severity: "ERROR",
    code: "22007",
    detail: "Key (phone)=(+351912345678) already exists.",
  });
  log.error({ err: new Error("outer", { cause: error }) });
  assert.doesNotMatch(text(), /912345678/);
  assert.match(text(), /22007/);
  assert.match(text(), /log\.test\.ts/);
});

test("what is below the level is not written", () => {
  const { log, text } = recorded();
  log.debug({ n: 1 }, "hidden");
  assert.equal(text(), "");
});
