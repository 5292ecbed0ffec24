/** PIN letters: printed once, followed until they are used, returned or too old. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chosenPin,
  composeCore,
  expectOk,
  openCoreWorld,
  refusalOf,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { activation, clock, db, outside, signIn } = world;

test("once printed, the temporary PIN exists on paper alone", async () => {
  const { letter } = await world.activateByLetter();
  const rows = await db`select state, contents from activation.letter where reference = ${letter.reference}`;
  assert.deepEqual(rows, [{ state: "printed", contents: null }]);
  const payloads = await db`select kind from jobs.job where state = 'done' and payload is not null`;
  assert.deepEqual(payloads, []);
});

test("while a letter is under way there is no other", async () => {
  const { person } = await world.activateByLetter();
  clock.advance("P10D");
  assert.equal(refusalOf(await world.beginActivation(person, someVisitor())), "letter.pending");
});

test("a letter that nobody used in 30 days is void; three a year are the most", async () => {
  const person = somePerson();
  for (let letter = 0; letter < 3; letter++) {
    const applied = await world.activateByLetter(person);
    clock.advance("P30D");
    const late = await world.identify(applied.visitor, applied);
    assert.equal(refusalOf(late.outcome), "sign-in.refused");
    await world.runDue();
    assert.ok(world.smsTo(applied.phone).some((text) => text.includes(`${applied.letter.reference} ja nao vale`)));
    const [row] = await db`select state from activation.letter where reference = ${applied.letter.reference}`;
    assert.deepEqual(row, { state: "expired" });
  }
  assert.equal(refusalOf(await world.beginActivation(person, someVisitor())), "letter.too-many");
});

test("a returned letter voids its PIN at once and sends the person to a desk", async () => {
  const applied = await world.activateByLetter();
  const event = { letter: applied.letter.reference, event: "returned", at: clock.now() } as const;
  outside.tellNews({ ...event, event: "delivered" }, event, event);
  clock.advance("PT2M");
  await world.runDue();
  const heard = world.smsTo(applied.phone).filter((text) => text.includes(applied.letter.reference));
  assert.equal(heard.length, 3, "requested, delivered, returned: each once");
  assert.equal(refusalOf((await world.identify(applied.visitor, applied)).outcome), "sign-in.refused");
  clock.advance("P2D");
  assert.equal(refusalOf(await world.beginActivation(applied.person, someVisitor())), "letter.returned");
});

test("a letter returned between the code and the new PIN makes no key", async () => {
  const applied = await world.activateByLetter();
  const { id, visitor } = await world.prove(applied.visitor, applied);
  outside.tellNews({ letter: applied.letter.reference, event: "returned", at: clock.now() });
  clock.advance("PT2M");
  await world.runDue();
  assert.equal(refusalOf(await signIn.choosePin(id, visitor, chosenPin)), "sign-in.gone");
});

test("a letter returned long after it was used changes nothing", async () => {
  const owner = await world.openKey();
  outside.tellNews({ letter: owner.letter.reference, event: "returned", at: clock.now() });
  clock.advance("PT2M");
  await world.runDue();
  assert.ok((await world.signInto(owner.visitor, owner)).answer);
});

test("the post office away: letters wait, and are printed when it is back", async () => {
  outside.away.add("post");
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone));
  expectOk(await activation.confirm(visitor, await world.codeTo(phone)));
  await world.runDue();
  outside.away.clear();
  clock.advance("PT2H");
  await world.runDue();
  // Two jobs side by side may hand it over twice, under one reference: the post office takes it once.
  const printed = outside.heard.batches.filter(({ letters }) => letters.some(({ civilId }) => civilId === person.civilId));
  assert.equal(new Set(printed.map(({ reference }) => reference)).size, 1);
});

test("a process that dies between handing a batch over and writing it down hands over the same batch again", async () => {
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone));
  const code = await world.codeTo(phone);
  expectOk(await activation.confirm(visitor, code));
  const hand = outside.post.hand.bind(outside.post);
  const dying = await composeCore({
    ...world.ground,
    outside: {
      ...outside,
      post: {
        ...outside.post,
        async hand(batch) {
          await hand(batch);
          throw new Error("the process died here");
        },
      },
    },
  });
  await dying.runDue();
  clock.advance("PT2H");
  await world.runDue();
  const handed = outside.heard.batches.filter(({ letters }) => letters.some(({ civilId }) => civilId === person.civilId));
  assert.ok(handed.length >= 2);
  assert.equal(new Set(handed.map(({ reference }) => reference)).size, 1);
  assert.equal(new Set(handed.map(({ letters }) => JSON.stringify(letters))).size, 1);
  const [row] =
    await db`select state, contents from activation.letter where reference = ${handed[0]?.letters[0]?.reference ?? ""}`;
  assert.deepEqual(row, { state: "printed", contents: null });
});
