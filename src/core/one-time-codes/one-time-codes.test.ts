import assert from "node:assert/strict";
import { test } from "node:test";
import { otherThan } from "../../../tests/world/core-world.ts";
import { testClock, testRandom, testSecrets } from "../../../tests/world/world.ts";
import { createOneTimeCodes } from "./one-time-codes.ts";

const clock = testClock();
const codes = createOneTimeCodes({ clock, random: testRandom, secrets: testSecrets() });
const right = { ok: true };
const refusedAs = (refusal: string) => ({ ok: false, refusal });

test("the right code is right, another is wrong, and the act counts them", async () => {
  const { fresh, record } = await codes.draw("activation", "activation 1");
  assert.match(fresh.digits, /^\d{6}$/);
  assert.deepEqual(await codes.compare("activation 1", record, fresh.digits), right);
  assert.deepEqual(await codes.compare("activation 1", record, otherThan(fresh.digits)), refusedAs("code.wrong"));
});

test("a code is worthless after five minutes", async () => {
  const { fresh, record } = await codes.draw("sign-in", "sign-in 1");
  assert.equal(fresh.minutes, 5);
  clock.advance("PT4M59S");
  assert.deepEqual(await codes.compare("sign-in 1", record, fresh.digits), right);
  clock.advance("PT1S");
  assert.deepEqual(await codes.compare("sign-in 1", record, fresh.digits), refusedAs("code.expired"));
});

test("the code of one act is worthless for another", async () => {
  const { fresh, record } = await codes.draw("activation", "activation 1");
  assert.deepEqual(await codes.compare("activation 2", record, fresh.digits), refusedAs("code.wrong"));
});

test("another code comes after 30 seconds, twice at most, and lives anew", async () => {
  const subject = "unblocking 1";
  let { fresh, record } = await codes.draw("act-by-sms", subject);
  for (const resends of [1, 2]) {
    const until = new Date(clock.now().getTime() + 30_000);
    assert.deepEqual(codes.resendAt(record), until);
    assert.deepEqual(await codes.redraw("act-by-sms", subject, record), { ...refusedAs("code.too-soon"), until });
    clock.advance("PT30S");
    const redrawn = await codes.redraw("act-by-sms", subject, record);
    assert.ok(redrawn.ok);
    if (redrawn.fresh.digits !== fresh.digits) {
      assert.deepEqual(await codes.compare(subject, redrawn.record, fresh.digits), refusedAs("code.wrong"));
    }
    ({ fresh, record } = redrawn);
    assert.equal(record.resends, resends);
    assert.deepEqual(record.expiresAt, new Date(clock.now().getTime() + 300_000));
  }
  clock.advance("PT30S");
  assert.equal(codes.resendAt(record), null);
  assert.deepEqual(await codes.redraw("act-by-sms", subject, record), refusedAs("code.no-more"));
});

test("no other code comes once its tries are used up: nobody could try it", async () => {
  const { record } = await codes.draw("activation", "activation 1");
  clock.advance("PT30S");
  assert.equal((await codes.redraw("activation", "activation 1", { ...record, tries: 2 })).ok, true);
  assert.deepEqual(await codes.redraw("activation", "activation 1", { ...record, tries: 3 }), refusedAs("code.no-more"));
});

test("what may be shown of a code is where it went and until when", async () => {
  const { record } = await codes.draw("activation", "activation 1");
  const { expiresAt } = record;
  const shown = codes.standing({ ...record, tries: 3, maskedPhone: "+351 ••• ••• 567" });
  assert.deepEqual(shown, { maskedPhone: "+351 ••• ••• 567", expiresAt, resendAt: null });
});
