import assert from "node:assert/strict";
import { test } from "node:test";
import {
  backFromTaxAuthority,
  chosenPin,
  expectOk,
  openCoreWorld,
  otherThan,
  refusalOf,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../tests/world/core-world.ts";
import { activationsOf, assertWiped } from "../../../tests/world/wiped.ts";
import type { RegisteredPerson } from "#core/citizens";

const world = await openCoreWorld();
const { activation, clock, db, outside, signIn } = world;

test("tax authority, phone, code, letter, temporary PIN, new PIN: the key is active", async () => {
  const person = somePerson();
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone, "benedita@people.example"));
  const code = await world.codeTo(phone);
  assert.match(world.smsTo(phone)[0] ?? "", /ATIVAR/);
  expectOk(await activation.confirm(visitor, code));
  await world.runDue();

  const seen = await activation.view(visitor);
  assert.ok(seen.ok && seen.view.shown.letter);
  assert.equal(seen.view.step, "done");
  assert.equal(seen.view.givenNames, "");
  const { reference, maskedPhone, expiresAt, dueBy } = seen.view.shown.letter;
  assert.equal(maskedPhone, `+351 ••• ••• ${phone.slice(-3)}`);
  assert.equal(dueBy.toISOString().slice(0, 10), "2027-03-08");
  assert.equal(expiresAt.getTime() - clock.now().getTime(), 30 * 86_400_000);

  const letter = outside.heard.batches.at(-1)?.letters.find((one) => one.reference === reference);
  assert.ok(letter);
  assert.match(letter.temporaryPin, /^\d{8}$/);
  assert.deepEqual(letter.addressLines, ["Rua das Amostras 3", "9999-001 Amostra"]);
  assert.equal(letter.name, person.name);
  assert.ok(world.smsTo(phone).some((text) => text.includes(reference)));
  assert.ok(outside.heard.emails.some(({ to, text }) => to === "benedita@people.example" && text.includes(reference)));

  const proven = await world.prove(visitor, { phone, pin: letter.temporaryPin });
  expectOk(await signIn.choosePin(proven.id, proven.visitor, chosenPin));
  const [key] = await db`select state, pin_temporary, signature, channel, level from mobile_keys.key where phone = ${phone}`;
  assert.deepEqual(key, { state: "active", pin_temporary: false, signature: "desk-only", channel: "tax-letter", level: 3 });
});

test("nothing typed is in the tables in the clear, even before it is wiped", async () => {
  const [person, visitor, phone] = [somePerson({ name: "Clara Visível Inventada" }), someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone, "clara@people.example"));
  const tables = await db<{ row: string }>`
    select to_jsonb(a)::text as row from activation.activation a union all select to_jsonb(j)::text from jobs.job j`;
  for (const secret of [phone, "clara@people.example", person.taxNumber ?? "?", person.civilId, "Clara"]) {
    assert.equal(
      tables.some(({ row }) => row.includes(secret)),
      false,
      secret,
    );
  }
});

const refusals: readonly (readonly [string, Partial<RegisteredPerson>, string])[] = [
  ["somebody dead", { deceased: true }, "person.deceased"],
  [
    "the holder of an Identity Document",
    { document: { kind: "BI", number: "1", expires: "2032-01-01", cancelled: false } },
    "document.identity-document",
  ],
  [
    "the holder of a passport",
    { document: { kind: "PAS", number: "1", expires: "2032-01-01", cancelled: false } },
    "document.not-citizen-card",
  ],
  [
    "the holder of an expired card",
    { document: { kind: "CC", number: "1", expires: "2020-01-01", cancelled: false } },
    "document.expired",
  ],
  [
    "the holder of a cancelled card",
    { document: { kind: "CC", number: "1", expires: "2032-01-01", cancelled: true } },
    "document.cancelled",
  ],
  ["somebody without an address", { address: null }, "address.unknown"],
];

for (const [who, changes, refusal] of refusals) {
  test(`${who} is sent away with ${refusal}, and nothing is kept`, async () => {
    const visitor = someVisitor();
    assert.equal(refusalOf(await world.beginActivation(somePerson(changes), visitor)), refusal);
    await assertWiped(world, visitor, refusal);
  });
}

test("the tax authority's every other answer ends it", async () => {
  const person = somePerson();
  outside.people.set(person.taxNumber ?? "", person);
  const answers: readonly (readonly [string, (url: string) => string])[] = [
    ["tax-authority.refused", (url) => `${backFromTaxAuthority(url, person)}&error=access_denied`],
    ["tax-authority.failed", () => backFromTaxAuthority("https://tax.example/?state=forged", person)],
    ["person.unknown", (url) => backFromTaxAuthority(url, somePerson())],
    ["person.name-mismatch", (url) => backFromTaxAuthority(url, { ...person, name: "Outra Pessoa" })],
  ];
  for (const [refusal, answer] of answers) {
    const visitor = someVisitor();
    const begun = await activation.channels["tax-letter"].begin(visitor);
    expectOk(begun);
    assert.equal(refusalOf(await activation.channels["tax-letter"].identify(visitor, answer(begun.url))), refusal);
    await assertWiped(world, visitor, refusal);
  }
});

test("others' systems failing is said, and ends it", async () => {
  const visitor = someVisitor();
  outside.away.add("tax-authority");
  assert.equal(refusalOf(await activation.channels["tax-letter"].begin(visitor)), "tax-authority.unavailable");
  outside.away.clear();
  const person = somePerson();
  const begun = await activation.channels["tax-letter"].begin(visitor);
  expectOk(begun);
  outside.away.add("registry");
  assert.equal(
    refusalOf(await activation.channels["tax-letter"].identify(visitor, backFromTaxAuthority(begun.url, person))),
    "registry.unavailable",
  );
  outside.away.clear();
  await assertWiped(world, visitor, "registry.unavailable");
});

test("an answer of the tax authority is worth something once, and in its own browser", async () => {
  const [person, visitor, thief] = [somePerson(), someVisitor(), someVisitor()];
  outside.people.set(person.taxNumber ?? "", person);
  const [begun] = [
    await activation.channels["tax-letter"].begin(visitor),
    await activation.channels["tax-letter"].begin(thief),
  ];
  expectOk(begun);
  const query = backFromTaxAuthority(begun.url, person);
  assert.equal(refusalOf(await activation.channels["tax-letter"].identify(thief, query)), "tax-authority.failed");
  const both = await Promise.all([
    activation.channels["tax-letter"].identify(visitor, query),
    activation.channels["tax-letter"].identify(visitor, query),
  ]);
  assert.deepEqual(both.map(refusalOf).toSorted(), ["activation.out-of-step", "none"]);
});

test("an activation left alone for half an hour is gone", async () => {
  const visitor = someVisitor();
  expectOk(await world.beginActivation(somePerson(), visitor));
  clock.advance("PT30M");
  assert.equal(
    refusalOf(await activation.giveContact(visitor, { phone: somePhone(), email: null, consent: true })),
    "activation.gone",
  );
});

test("cancelling wipes what was typed", async () => {
  const visitor = someVisitor();
  expectOk(await world.askForCode(somePerson(), visitor, somePhone()));
  await activation.cancel(visitor);
  await assertWiped(world, visitor, "cancelled");
});

test("a new start in the same browser wipes the old one", async () => {
  const visitor = someVisitor();
  expectOk(await world.askForCode(somePerson(), visitor, somePhone()));
  expectOk(await activation.channels["tax-letter"].begin(visitor));
  const [old, current] = await activationsOf(world, visitor);
  assert.deepEqual([old?.applicant, old?.reason, current?.step], [null, "replaced", "identify"]);
});

test("steps cannot be skipped or done twice", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  const contact = { phone, email: null, consent: true } as const;
  assert.equal(refusalOf(await activation.giveContact(visitor, contact)), "activation.gone");
  assert.equal(refusalOf(await activation.confirm(visitor, "123456")), "activation.gone");
  expectOk(await activation.channels["tax-letter"].begin(visitor));
  assert.equal(refusalOf(await activation.giveContact(visitor, contact)), "activation.out-of-step");
  const person = somePerson();
  expectOk(await world.beginActivation(person, visitor));
  assert.equal(refusalOf(await activation.confirm(visitor, "123456")), "activation.out-of-step");
  const twice = await Promise.all([activation.giveContact(visitor, contact), activation.giveContact(visitor, contact)]);
  assert.deepEqual(twice.map(refusalOf).toSorted(), ["activation.out-of-step", "none"]);
  await world.runDue();
  assert.equal(world.smsTo(phone).length, 1);
  assert.equal(refusalOf(await activation.giveContact(visitor, contact)), "activation.out-of-step");
});

test("a form left open in another window is not taken for the activation of somebody else", async () => {
  const [first, second, visitor] = [somePerson(), somePerson(), someVisitor()];
  expectOk(await world.beginActivation(first, visitor));
  const seen = await activation.view(visitor);
  assert.ok(seen.ok);
  expectOk(await world.beginActivation(second, visitor));
  const contact = { phone: somePhone(), email: null, consent: true } as const;
  const left = { ...visitor, activation: seen.view.id };
  assert.equal(refusalOf(await activation.giveContact(left, contact)), "activation.gone");
  const now = await activation.view(visitor);
  assert.ok(now.ok && now.view.givenNames === second.givenNames && now.view.step === "contact");
});

test("two browsers of one person, at the same moment: one letter", async () => {
  const person = somePerson();
  const browsers = [0, 1, 2].map(() => ({ visitor: someVisitor(), phone: somePhone() }));
  const codes: string[] = [];
  for (const { visitor, phone } of browsers) {
    expectOk(await world.askForCode(person, visitor, phone));
    codes.push(await world.codeTo(phone));
  }
  const outcomes = await Promise.all(browsers.map(({ visitor }, index) => activation.confirm(visitor, codes[index] ?? "")));
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
  for (const refusal of outcomes.map(refusalOf)) assert.ok(["none", "letter.pending", "key.exists"].includes(refusal), refusal);
  const rows =
    await db`select from activation.letter l join citizens.citizen c on c.id = l.citizen_id where civil_id = ${person.civilId}`;
  assert.equal(rows.length, 1);
});

test("browsers kept ready beforehand get no second letter in a day", async () => {
  const person = somePerson();
  const [first, second] = [
    { visitor: someVisitor(), phone: somePhone() },
    { visitor: someVisitor(), phone: somePhone() },
  ];
  for (const { visitor, phone } of [first, second]) expectOk(await world.askForCode(person, visitor, phone));
  const codes = [await world.codeTo(first.phone), await world.codeTo(second.phone)];
  expectOk(await activation.confirm(first.visitor, codes[0] ?? ""));
  await db`update mobile_keys.key set state = 'cancelled', ended_at = now() where phone = ${first.phone}`;
  assert.equal(refusalOf(await activation.confirm(second.visitor, codes[1] ?? "")), "letter.too-soon");
});

test("that a phone is taken is said only to who has it in hand", async () => {
  const owner = await world.openKey();
  const visitor = someVisitor();
  expectOk(await world.askForCode(somePerson(), visitor, owner.phone));
  const unproven = await activation.confirm(visitor, otherThan(await world.codeTo(owner.phone)));
  assert.equal(refusalOf(unproven), "code.wrong");
  const proven = someVisitor();
  expectOk(await world.askForCode(somePerson(), proven, owner.phone));
  assert.equal(refusalOf(await activation.confirm(proven, await world.codeTo(owner.phone))), "phone.taken");
  await assertWiped(world, proven, "phone.taken");
});

test("a key in use is never replaced, nor its PIN or phone touched", async () => {
  const owner = await world.openKey();
  const before = await db`select * from mobile_keys.key where phone = ${owner.phone}`;
  clock.advance("P2D");
  assert.equal(refusalOf(await world.beginActivation(owner.person, someVisitor())), "key.exists");
  assert.deepEqual(await db`select * from mobile_keys.key where phone = ${owner.phone}`, before);
});

test("ended and old activations are swept away", async () => {
  const visitor = someVisitor();
  expectOk(await world.beginActivation(somePerson(), visitor));
  clock.advance("P1D");
  await activation.purge();
  assert.deepEqual(await activationsOf(world, visitor), []);
});
