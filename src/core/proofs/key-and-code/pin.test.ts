/** Phone and PIN: one answer whatever is wrong, the truth to the owner, waits and locks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenPin, expectOk, openCoreWorld, somePhone, someVisitor } from "../../../../tests/world/core-world.ts";
import { createSignInStories, refusalOf } from "../../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { clock, db } = world;
const { stepOf, smsSince } = createSignInStories(world);
const wrongPin = "628053";

test("unknown, wrong, waiting, expired, frozen, locked: one answer; the owner hears the truth by SMS", async () => {
  const truths: readonly (readonly [string, (phone: string) => Promise<unknown>, RegExp | null])[] = [
    ["wrong", async () => undefined, null],
    ["expired", (phone) => db`update mobile_keys.key set valid_until = created_at where phone = ${phone}`, /documento/],
    ["frozen", (phone) => db`update mobile_keys.key set state = 'frozen' where phone = ${phone}`, /nao esta ativa/],
    ["locked", (phone) => db`update mobile_keys.key set owner_failures = 10 where phone = ${phone}`, /bloqueada/],
    ["locked by codes", (phone) => db`update mobile_keys.key set code_failures = 3 where phone = ${phone}`, /bloqueada/],
  ];
  for (const [what, happen, truth] of truths) {
    const owner = await world.openKey();
    await happen(owner.phone);
    const pin = what === "wrong" ? wrongPin : owner.pin;
    const told = await smsSince(owner.phone, async () => {
      const { id, outcome } = await world.identify(owner.visitor, { ...owner, pin });
      assert.deepEqual(outcome, { ok: false, refusal: "sign-in.refused" }, what);
      assert.equal(await stepOf(id, owner.visitor), "identify");
    });
    if (truth === null) assert.deepEqual(told, []);
    else assert.match(told.join(), truth);
  }
  assert.deepEqual((await world.identify(someVisitor(), { phone: somePhone(), pin: chosenPin })).outcome, {
    ok: false,
    refusal: "sign-in.refused",
  });
});

test("wrong PINs wait 5, 30 and 120 minutes and lock at 10, and the owner is told each time", async () => {
  const owner = await world.openKey();
  const waits = new Map([
    [3, 5],
    [5, 30],
    [7, 120],
  ]);
  for (let failure = 1; failure <= 10; failure++) {
    const told = await smsSince(owner.phone, () => world.identify(owner.visitor, { ...owner, pin: wrongPin }));
    const minutes = waits.get(failure);
    if (minutes !== undefined) {
      assert.match(told.join(), new RegExp(`dentro de ${minutes} min`));
      clock.advance(minutes * 60_000 - 1);
      assert.equal(refusalOf((await world.identify(owner.visitor, owner)).outcome), "sign-in.refused", "even the right PIN");
      clock.advance(1);
    } else if (failure === 10) assert.match(told.join(), /bloqueada/);
    else assert.deepEqual(told, []);
  }
  clock.advance("P30D");
  assert.equal(refusalOf((await world.identify(owner.visitor, owner)).outcome), "sign-in.refused");
});

test("a stranger who closes the strangers' lane does not keep the owner out", async () => {
  const owner = await world.openKey();
  for (let failure = 1; failure <= 12; failure++) {
    await world.identify(someVisitor(), { ...owner, pin: wrongPin });
    clock.advance("PT2H");
  }
  assert.equal(refusalOf((await world.identify(someVisitor(), owner)).outcome), "sign-in.refused");
  assert.ok((await world.signInto(owner.visitor, owner)).answer);
  expectOk((await world.identify(someVisitor(), owner)).outcome);
});

test("the phone hears at most five warnings a day, whatever strangers do", async () => {
  const owner = await world.openKey();
  await db`update mobile_keys.key set state = 'frozen' where phone = ${owner.phone}`;
  const told = await smsSince(owner.phone, async () => {
    for (let time = 0; time < 12; time++) await world.identify(someVisitor(), owner);
  });
  assert.equal(told.length, 5);
});

test("a network address that tries too much is stopped before any key is touched", async () => {
  const owner = await world.openKey();
  const { address } = someVisitor();
  for (let time = 0; time < 301; time++) await world.messages.countMiss(address);
  const stranger = someVisitor({ address });
  assert.equal(refusalOf((await world.identify(stranger, owner)).outcome), "address.too-many");
  const [row] = await db`select stranger_failures as failures from mobile_keys.key where phone = ${owner.phone}`;
  assert.deepEqual(row, { failures: 0 });
});
