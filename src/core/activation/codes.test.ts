/** The code of an activation: kept by its row, counted there before it is judged, sent again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  expectOk,
  openCoreWorld,
  otherThan,
  refusalOf,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../tests/world/core-world.ts";
import { assertWiped } from "../../../tests/world/wiped.ts";

const world = await openCoreWorld();
const { activation, clock, db } = world;

/** To the page on which the code is typed. */
async function askForCode() {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  return { visitor, phone, code: await world.codeTo(phone) };
}

test("one wrong code ends it: the right one comes too late", async () => {
  const { visitor, code } = await askForCode();
  assert.equal(refusalOf(await activation.confirm(visitor, otherThan(code))), "code.wrong");
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "activation.gone");
  await assertWiped(world, visitor, "code.wrong");
});

test("of guesses at the same moment no more than three are compared, and the right one comes too late", async () => {
  const { visitor, code } = await askForCode();
  const guesses = Array.from({ length: 20 }, () => activation.confirm(visitor, otherThan(code)));
  const refusals = (await Promise.all(guesses)).map(refusalOf);
  assert.ok(refusals.filter((refusal) => refusal === "code.wrong").length <= 3, refusals.join());
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "activation.gone");
  await assertWiped(world, visitor, "code.wrong");
});

test("a code that was sent before codes were kept with their activation is told to have expired", async () => {
  const { visitor, code } = await askForCode();
  await db`update activation.activation set code_mac = null where ended_at is null`;
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "code.expired");
});

test("an expired code ends it", async () => {
  const { visitor, code } = await askForCode();
  clock.advance("PT5M");
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "code.expired");
  await assertWiped(world, visitor, "code.expired");
});

test("the right code pressed twice makes one key and one letter", async () => {
  const { visitor, phone, code } = await askForCode();
  const pressed = await Promise.all([activation.confirm(visitor, code), activation.confirm(visitor, code)]);
  assert.deepEqual(pressed.map(refusalOf).toSorted(), ["activation.out-of-step", "none"]);
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "activation.out-of-step");
  await world.runDue();
  const letters = await db`select from activation.letter join mobile_keys.key on key.id = key_id where phone = ${phone}`;
  assert.equal(letters.length, 1);
  const seen = await activation.view(visitor);
  assert.ok(seen.ok && seen.view.step === "done");
});

test("a right code and a wrong one at the same moment: it is done or it is over, never half, never a fault", async () => {
  for (let round = 0; round < 5; round++) {
    const { visitor, phone, code } = await askForCode();
    const [right] = await Promise.all([activation.confirm(visitor, code), activation.confirm(visitor, otherThan(code))]);
    const keys = await db`select from mobile_keys.key where phone = ${phone}`;
    assert.equal(keys.length, right.ok ? 1 : 0);
    if (!right.ok) await assertWiped(world, visitor, "code.wrong");
  }
});

test("another code may be asked for, and too many end it", async () => {
  const { visitor, phone, code: first } = await askForCode();
  assert.equal(refusalOf(await activation.resend(visitor)), "code.too-soon");
  clock.advance("PT30S");
  expectOk(await activation.resend(visitor));
  const second = await world.codeTo(phone);
  assert.equal(refusalOf(await activation.confirm(visitor, first === second ? otherThan(second) : first)), "code.wrong");
});

test("a number that was sent too much gets no more", async () => {
  const phone = somePhone();
  const refused: string[] = [];
  for (let round = 0; round < 9; round++) refused.push(refusalOf(await world.askForCode(somePerson(), someVisitor(), phone)));
  assert.deepEqual(refused, [...Array<string>(8).fill("none"), "sms.too-many"]);
});
