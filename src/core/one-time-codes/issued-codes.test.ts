import assert from "node:assert/strict";
import { test } from "node:test";
import { openCoreWorld } from "../../../tests/world/core-world.ts";

const world = await openCoreWorld();

const subject = "11111111-1111-4111-8111-111111111111";
const issue = () => world.codes.issue("sign-in", subject, "+351 ••• ••• 567");
const wrongFor = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, "0");

test("the right code is right once, and spent after that", async () => {
  const { id, digits } = await issue();
  assert.match(digits, /^\d{6}$/);
  assert.deepEqual(await world.codes.check(id, digits), { ok: true });
  assert.equal(await world.codes.spend(id), true);
  assert.deepEqual(await world.codes.check(id, digits), { ok: false, refusal: "code.spent" });
  assert.equal(await world.codes.spend(id), false);
});

test("three guesses, then even the right code is refused", async () => {
  const { id, digits } = await issue();
  for (const triesLeft of [2, 1, 0]) {
    assert.deepEqual(await world.codes.check(id, wrongFor(digits)), { ok: false, refusal: "code.wrong", triesLeft });
  }
  assert.deepEqual(await world.codes.check(id, digits), { ok: false, refusal: "code.used-up" });
});

test("a hundred guesses at the same moment are three", async () => {
  const { id, digits } = await issue();
  const answers = await Promise.all(Array.from({ length: 100 }, () => world.codes.check(id, wrongFor(digits))));
  const refusals = answers.map((answer) => (answer.ok ? "right" : answer.refusal));
  assert.equal(refusals.filter((refusal) => refusal === "code.wrong").length, 3);
  assert.equal(refusals.filter((refusal) => refusal === "code.used-up").length, 97);
});

test("a code is worthless after five minutes", async () => {
  const { id, digits, minutes } = await issue();
  assert.equal(minutes, 5);
  world.clock.advance("PT5M");
  assert.deepEqual(await world.codes.check(id, digits), { ok: false, refusal: "code.expired" });
});

test("the code of one act is worthless for another", async () => {
  const [one, other] = [await issue(), await issue()];
  if (one.digits !== other.digits) assert.equal((await world.codes.check(other.id, one.digits)).ok, false);
  assert.deepEqual(await world.codes.check("22222222-2222-4222-8222-222222222222", one.digits), {
    ok: false,
    refusal: "code.expired",
  });
});

test("a new code after 30 seconds kills the old one, and gives no try back", async () => {
  const { id, digits } = await issue();
  await world.codes.check(id, wrongFor(digits));
  const tooSoon = await world.codes.reissue(id);
  assert.deepEqual(tooSoon, { ok: false, refusal: "code.too-soon", until: new Date(world.clock.now().getTime() + 30_000) });
  world.clock.advance("PT30S");
  const reissued = await world.codes.reissue(id);
  assert.ok(reissued.ok);
  if (reissued.fresh.digits !== digits)
    assert.deepEqual(await world.codes.check(id, digits), { ok: false, refusal: "code.wrong", triesLeft: 1 });
  assert.deepEqual(await world.codes.check(id, reissued.fresh.digits), { ok: true });
});

test("it is sent again twice at most, however many ask at once", async () => {
  const { id } = await issue();
  for (let round = 0; round < 2; round++) {
    world.clock.advance("PT30S");
    const asked = await Promise.all(Array.from({ length: 10 }, () => world.codes.reissue(id)));
    assert.equal(asked.filter(({ ok }) => ok).length, 1);
  }
  world.clock.advance("PT30S");
  assert.deepEqual(await world.codes.reissue(id), { ok: false, refusal: "code.no-more" });
});

test("neither the digits nor the number are in the table", async () => {
  const { id, digits } = await issue();
  const [row] = await world.db`select to_jsonb(code) as kept from one_time_codes.code where id = ${id}`;
  const kept = JSON.stringify(row);
  assert.equal(kept.includes(`"${digits}"`), false);
  assert.equal(/\+\d{9}/.test(kept), false);
});

test("old codes are forgotten, living ones are not", async () => {
  const old = await issue();
  world.clock.advance("P2D");
  const living = await issue();
  await world.codes.purge();
  assert.equal(await world.codes.issuedStanding(old.id), null);
  assert.notEqual(await world.codes.issuedStanding(living.id), null);
});
