import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "#platform/database";
import {
  backFromTaxAuthority,
  chosenPin,
  composeCore,
  expectOk,
  openCoreWorld,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../tests/world/core-world.ts";
import type { RegisteredPerson } from "#core/citizens";

const world = await openCoreWorld();
const { activation, clock, db, outside, signIn } = world;

const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);

/** Whatever is still known of the activations of this browser. */
async function keptOf({ session }: Visitor, in_: Database = db) {
  return in_<{ step: string; memory: Buffer | null; applicant: Buffer | null; reason: string | null }>`
    select step, memory, applicant, end_reason as reason from activation.activation
    where session_hash = sha256(${Buffer.from(session)}) order by created_at`;
}

async function assertWiped(visitor: Visitor, reason: string): Promise<void> {
  const rows = await keptOf(visitor);
  assert.deepEqual(
    rows.map(({ memory, applicant, reason: why }) => ({ memory, applicant, why })),
    [{ memory: null, applicant: null, why: reason }],
  );
  assert.equal(refusalOf(await activation.view(visitor)), "activation.gone");
}

test("tax authority, phone, code, letter, temporary PIN, new PIN: the key is active", async () => {
  const person = somePerson();
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone, "benedita@people.example"));
  const code = await world.codeTo(phone);
  assert.match(world.smsTo(phone)[0] ?? "", /ATIVAR/);
  expectOk(await activation.confirm(visitor, code));
  await world.runDue();

  const seen = await activation.view(visitor);
  assert.ok(seen.ok && seen.view.letter);
  assert.equal(seen.view.step, "done");
  assert.equal(seen.view.givenNames, "");
  const { reference, maskedPhone, expiresAt, dueBy } = seen.view.letter;
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

test("once printed, the temporary PIN exists on paper alone", async () => {
  const { letter } = await world.activateByLetter();
  const rows = await db`select state, contents from activation.letter where reference = ${letter.reference}`;
  assert.deepEqual(rows, [{ state: "printed", contents: null }]);
  const payloads = await db`select kind from jobs.job where state = 'done' and payload is not null`;
  assert.deepEqual(payloads, []);
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
    await assertWiped(visitor, refusal);
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
    const begun = await activation.begin(visitor);
    expectOk(begun);
    assert.equal(refusalOf(await activation.identify(visitor, answer(begun.url))), refusal);
    await assertWiped(visitor, refusal);
  }
});

test("others' systems failing is said, and ends it", async () => {
  const visitor = someVisitor();
  outside.away.add("tax-authority");
  assert.equal(refusalOf(await activation.begin(visitor)), "tax-authority.unavailable");
  outside.away.clear();
  const person = somePerson();
  const begun = await activation.begin(visitor);
  expectOk(begun);
  outside.away.add("registry");
  assert.equal(refusalOf(await activation.identify(visitor, backFromTaxAuthority(begun.url, person))), "registry.unavailable");
  outside.away.clear();
  await assertWiped(visitor, "registry.unavailable");
});

test("an answer of the tax authority is worth something once, and in its own browser", async () => {
  const [person, visitor, thief] = [somePerson(), someVisitor(), someVisitor()];
  outside.people.set(person.taxNumber ?? "", person);
  const [begun] = [await activation.begin(visitor), await activation.begin(thief)];
  expectOk(begun);
  const query = backFromTaxAuthority(begun.url, person);
  assert.equal(refusalOf(await activation.identify(thief, query)), "tax-authority.failed");
  const both = await Promise.all([activation.identify(visitor, query), activation.identify(visitor, query)]);
  assert.deepEqual(both.map(refusalOf).toSorted(), ["activation.out-of-step", "none"]);
});

test("one wrong code ends it: the right one comes too late", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  const code = await world.codeTo(phone);
  assert.equal(refusalOf(await activation.confirm(visitor, wrongFor(code))), "code.wrong");
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "activation.gone");
  await assertWiped(visitor, "code.wrong");
});

test("of guesses at the same moment no more than three are compared, and the right one comes too late", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  const code = await world.codeTo(phone);
  const guesses = Array.from({ length: 20 }, () => activation.confirm(visitor, wrongFor(code)));
  const refusals = (await Promise.all(guesses)).map(refusalOf);
  assert.ok(refusals.filter((refusal) => refusal === "code.wrong").length <= 3, refusals.join());
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "activation.gone");
  await assertWiped(visitor, "code.wrong");
});

test("a code that was sent before codes were kept with their activation is told to have expired", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  const code = await world.codeTo(phone);
  await db`update activation.activation set code_mac = null where ended_at is null`;
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "code.expired");
});

test("an expired code ends it", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  const code = await world.codeTo(phone);
  clock.advance("PT5M");
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "code.expired");
  await assertWiped(visitor, "code.expired");
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
  await assertWiped(visitor, "cancelled");
});

test("a new start in the same browser wipes the old one", async () => {
  const visitor = someVisitor();
  expectOk(await world.askForCode(somePerson(), visitor, somePhone()));
  expectOk(await activation.begin(visitor));
  const [old, current] = await keptOf(visitor);
  assert.deepEqual([old?.applicant, old?.reason, current?.step], [null, "replaced", "identify"]);
});

test("steps cannot be skipped or done twice", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  const contact = { phone, email: null, consent: true } as const;
  assert.equal(refusalOf(await activation.giveContact(visitor, contact)), "activation.gone");
  assert.equal(refusalOf(await activation.confirm(visitor, "123456")), "activation.gone");
  expectOk(await activation.begin(visitor));
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

test("the right code pressed twice makes one key and one letter", async () => {
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  expectOk(await world.askForCode(person, visitor, phone));
  const code = await world.codeTo(phone);
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
    const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
    expectOk(await world.askForCode(person, visitor, phone));
    const code = await world.codeTo(phone);
    const [right] = await Promise.all([activation.confirm(visitor, code), activation.confirm(visitor, wrongFor(code))]);
    const keys = await db`select from mobile_keys.key where phone = ${phone}`;
    assert.equal(keys.length, right.ok ? 1 : 0);
    if (!right.ok) await assertWiped(visitor, "code.wrong");
  }
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
  const unproven = await activation.confirm(visitor, wrongFor(await world.codeTo(owner.phone)));
  assert.equal(refusalOf(unproven), "code.wrong");
  const proven = someVisitor();
  expectOk(await world.askForCode(somePerson(), proven, owner.phone));
  assert.equal(refusalOf(await activation.confirm(proven, await world.codeTo(owner.phone))), "phone.taken");
  await assertWiped(proven, "phone.taken");
});

test("a key in use is never replaced, nor its PIN or phone touched", async () => {
  const owner = await world.openKey();
  const before = await db`select * from mobile_keys.key where phone = ${owner.phone}`;
  clock.advance("P2D");
  assert.equal(refusalOf(await world.beginActivation(owner.person, someVisitor())), "key.exists");
  assert.deepEqual(await db`select * from mobile_keys.key where phone = ${owner.phone}`, before);
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
    await activation.endSpent();
    await world.runDue();
    assert.ok(world.smsTo(applied.phone).at(-1)?.includes(applied.letter.reference));
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

test("another code may be asked for, and too many end it", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await world.askForCode(somePerson(), visitor, phone));
  const first = await world.codeTo(phone);
  assert.equal(refusalOf(await activation.resend(visitor)), "code.too-soon");
  clock.advance("PT30S");
  expectOk(await activation.resend(visitor));
  const second = await world.codeTo(phone);
  assert.equal(refusalOf(await activation.confirm(visitor, first === second ? wrongFor(second) : first)), "code.wrong");
});

test("a number that was sent too much gets no more", async () => {
  const phone = somePhone();
  const refused: string[] = [];
  for (let round = 0; round < 9; round++) refused.push(refusalOf(await world.askForCode(somePerson(), someVisitor(), phone)));
  assert.deepEqual(refused, [...Array<string>(8).fill("none"), "sms.too-many"]);
});

test("ended and old activations are swept away", async () => {
  const visitor = someVisitor();
  expectOk(await world.beginActivation(somePerson(), visitor));
  clock.advance("P1D");
  await activation.purge();
  assert.deepEqual(await keptOf(visitor), []);
});
