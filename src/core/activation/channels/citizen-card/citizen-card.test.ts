import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisteredPerson } from "#core/citizens";

import {
  cardOf,
  chosenPin,
  expectOk,
  openCoreWorld,
  refusalOf,
  refusedCard,
  somePerson,
  somePhone,
  someVisitor,
} from "../../../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { activation, cards, clock, db, outside } = world;
const chosen = (phone: string, changes: object = {}) => ({
  phone,
  email: null,
  consent: true as const,
  choice: { pin: chosenPin, signature: null },
  ...changes,
});

/** To what was read from the card. */
async function show(visitor: Visitor, card: string | null) {
  await activation.channels["citizen-card"].begin(visitor);
  const asked = await activation.channels["citizen-card"].ask(visitor, "/back");
  expectOk(asked);
  const presented = await cards.present(asked.question.doorToken, card === null ? null : Buffer.from(card));
  expectOk(presented);
  return activation.channels["citizen-card"].identify(visitor, { kind: "ticket", ticket: presented.ticket });
}

/** To the form for phone and PIN, agreeing to all that is asked. */
async function agree(visitor: Visitor, person: RegisteredPerson) {
  outside.people.set(person.civilId, person);
  expectOk(await show(visitor, cardOf(person)));
  expectOk(await activation.channels["citizen-card"].agree(visitor, "authorise"));
  const seen = await activation.view(visitor);
  if (seen.ok && seen.view.step === "replace")
    expectOk(await activation.channels["citizen-card"].replace(visitor, "authorise"));
}

/** To the page on which the code is typed; the code. */
async function ask(visitor: Visitor, person: RegisteredPerson, phone: string, changes: object = {}): Promise<string> {
  await agree(visitor, person);
  expectOk(await activation.giveContact(visitor, chosen(phone, changes)));
  return world.codeTo(phone);
}

const keysOf = ({ civilId }: RegisteredPerson) =>
  db<{ state: string; channel: string; level: number; signature: string; phone: string }>`
    select key.state, key.channel, key.level, key.signature, key.phone
    from mobile_keys.key join citizens.citizen on citizen.id = citizen_id where civil_id = ${civilId} order by created_at`;

test("card, consent, phone and PIN, code: the key is active at once, and signs in with the chosen PIN", async () => {
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  outside.people.set(person.civilId, person);
  expectOk(await show(visitor, cardOf(person)));
  const seen = await activation.view(visitor);
  assert.ok(seen.ok);
  assert.equal(seen.view.step, "consent");
  assert.deepEqual(seen.view.shown.learned, {
    name: person.name,
    civilId: person.civilId,
    birthDate: person.birthDate,
    documentExpires: "2032-06-30",
    address: "Rua das Amostras 3, 9999-001 Amostra",
  });
  expectOk(await activation.channels["citizen-card"].agree(visitor, "authorise"));
  expectOk(await activation.giveContact(visitor, chosen(phone)));
  expectOk(await activation.confirm(visitor, await world.codeTo(phone)));
  assert.deepEqual(await keysOf(person), [
    { state: "active", channel: "citizen-card", level: 4, signature: "available", phone },
  ]);
  await world.runDue();
  assert.ok(world.smsTo(phone).some((text) => text.includes("esta ativa")));
  const { answer } = await world.signInto(visitor, { phone, pin: chosenPin });
  assert.equal(answer?.outcome, "authorised");
});

test("a victim's answer to a stranger's question is burnt in the victim's browser, where nothing waits for it", async () => {
  const [victim, strangers, victims] = [somePerson(), someVisitor(), someVisitor()];
  outside.people.set(victim.civilId, victim);
  await activation.channels["citizen-card"].begin(strangers);
  const asked = await activation.channels["citizen-card"].ask(strangers, "/back");
  expectOk(asked);
  const presented = await cards.present(asked.question.doorToken, Buffer.from(cardOf(victim)));
  expectOk(presented);
  const { ticket } = presented;
  assert.equal(
    refusalOf(await activation.channels["citizen-card"].identify(victims, { kind: "ticket", ticket })),
    "activation.gone",
  );
  assert.equal(
    refusalOf(await activation.channels["citizen-card"].identify(strangers, { kind: "ticket", ticket })),
    "card.gone",
  );
});

test("the wish to sign is kept, with a PIN of its own or with the same; nobody under 16 can have it", async () => {
  const wishOf = (phone: string) => db<{ own: boolean }>`
    select signature_wish.pin_verifier is not null as own from mobile_keys.signature_wish join mobile_keys.key on key.id = key_id
    where phone = ${phone}`;
  for (const pin of ["840275", null]) {
    const [visitor, phone] = [someVisitor(), somePhone()];
    const code = await ask(visitor, somePerson(), phone, { choice: { pin: chosenPin, signature: { pin } } });
    expectOk(await activation.confirm(visitor, code));
    assert.deepEqual(await wishOf(phone), [{ own: pin !== null }]);
  }
  const [visitor, child] = [someVisitor(), somePerson({ birthDate: "2011-03-02" })];
  await agree(visitor, child);
  const wish = (phone: string) => chosen(phone, { choice: { pin: chosenPin, signature: { pin: null } } });
  assert.equal(refusalOf(await activation.giveContact(visitor, wish(somePhone()))), "signature.too-young");
  clock.advance("P1D");
  const [later, grown] = [someVisitor(), somePerson({ birthDate: "2011-03-02" })];
  await agree(later, grown);
  expectOk(await activation.giveContact(later, wish(somePhone())));
});

test("a weak PIN is a mistake to correct, not the end", async () => {
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  await agree(visitor, person);
  for (const [pin, refusal] of [
    ["1234", "pin.run"],
    [person.civilId, "pin.document"],
    [phone.slice(-5), "pin.phone"],
    ["870521", "pin.birth-date"],
  ] as const) {
    assert.equal(
      refusalOf(await activation.giveContact(visitor, chosen(phone, { choice: { pin, signature: null } }))),
      refusal,
    );
  }
  const weak = chosen(phone, { choice: { pin: chosenPin, signature: { pin: "1111" } } });
  assert.equal(refusalOf(await activation.giveContact(visitor, weak)), "signature-pin.weak");
  expectOk(await activation.giveContact(visitor, chosen(phone)));
});

test("without a choice of PIN there is no key by this way", async () => {
  const [visitor, phone] = [someVisitor(), somePhone()];
  await agree(visitor, somePerson());
  expectOk(await activation.giveContact(visitor, { phone, email: null, consent: true }));
  assert.equal(refusalOf(await activation.confirm(visitor, await world.codeTo(phone))), "activation.gone");
});

test("whoever has a key is asked; it dies only when the new one is there, and its phone is told", async () => {
  const owner = await world.openKey();
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await show(visitor, cardOf(owner.person)));
  expectOk(await activation.channels["citizen-card"].agree(visitor, "authorise"));
  const seen = await activation.view(visitor);
  assert.ok(seen.ok && seen.view.step === "replace");
  expectOk(await activation.channels["citizen-card"].replace(visitor, "authorise"));
  expectOk(await activation.giveContact(visitor, chosen(phone)));
  const code = await world.codeTo(phone);
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["active"],
  );
  expectOk(await activation.confirm(visitor, code));
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["replaced", "active"],
  );
  await world.runDue();
  assert.ok(world.smsTo(owner.phone).some((text) => text.includes("substituida")));
  const old = await world.identify(owner.visitor, { phone: owner.phone, pin: owner.pin });
  assert.equal(refusalOf(old.outcome), "sign-in.refused");
});

test("who keeps the key they have keeps it, and what was learned is gone", async () => {
  const owner = await world.openKey();
  const visitor = someVisitor();
  expectOk(await show(visitor, cardOf(owner.person)));
  expectOk(await activation.channels["citizen-card"].agree(visitor, "authorise"));
  assert.equal(refusalOf(await activation.channels["citizen-card"].replace(visitor, "refuse")), "key.kept");
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["active"],
  );
  assert.equal(refusalOf(await activation.view(visitor)), "activation.gone");
});

test("a key on its way by letter is replaced too, and its letter is void", async () => {
  const waiting = await world.activateByLetter();
  const [visitor, phone] = [someVisitor(), somePhone()];
  expectOk(await activation.confirm(visitor, await ask(visitor, waiting.person, phone)));
  assert.deepEqual(
    (await keysOf(waiting.person)).map(({ state }) => state),
    ["replaced", "active"],
  );
  const letters = await db`select state from activation.letter where reference = ${waiting.letter.reference}`;
  assert.deepEqual(letters, [{ state: "cancelled" }]);
  const { outcome } = await world.identify(waiting.visitor, { phone: waiting.phone, pin: waiting.pin });
  assert.equal(refusalOf(outcome), "sign-in.refused");
});

test("the same phone may serve the new key; another's may not, and then the old key lives on, untold", async () => {
  const [owner, other] = [await world.openKey(), await world.openKey()];
  const visitor = someVisitor();
  const code = await ask(visitor, owner.person, other.phone);
  assert.equal(refusalOf(await activation.confirm(visitor, code)), "phone.taken");
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["active"],
  );
  await world.runDue();
  assert.ok(!world.smsTo(owner.phone).some((text) => text.includes("substituida")));
  clock.advance("PT1H");
  const again = someVisitor();
  expectOk(await activation.confirm(again, await ask(again, owner.person, owner.phone)));
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["replaced", "active"],
  );
});

test("two browsers that both agreed to replace one key: one replaces it, the other replaces nothing", async () => {
  const owner = await world.openKey();
  const [first, second] = [someVisitor(), someVisitor()];
  const [one, two] = [somePhone(), somePhone()];
  const codes = [await ask(first, owner.person, one), await ask(second, owner.person, two)] as const;
  const outcomes = await Promise.all([activation.confirm(first, codes[0]), activation.confirm(second, codes[1])]);
  assert.deepEqual(outcomes.map(refusalOf).sort(), ["key.changed", "none"]);
  assert.deepEqual(
    (await keysOf(owner.person)).map(({ state }) => state),
    ["replaced", "active"],
  );
});

test("two browsers of one person without a key: one key", async () => {
  const person = somePerson();
  const [first, second] = [someVisitor(), someVisitor()];
  const codes = [await ask(first, person, somePhone()), await ask(second, person, somePhone())] as const;
  const outcomes = await Promise.all([activation.confirm(first, codes[0]), activation.confirm(second, codes[1])]);
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
  assert.deepEqual(
    (await keysOf(person)).map(({ state }) => state),
    ["active"],
  );
});

test("pressed five times at once, the right code makes one key", async () => {
  const [person, visitor] = [somePerson(), someVisitor()];
  const code = await ask(visitor, person, somePhone());
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => activation.confirm(visitor, code)));
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
  assert.equal((await keysOf(person)).length, 1);
});

for (const refusal of [
  "card.expired",
  "card.revoked",
  "card.suspended",
  "card.status-unavailable",
  "card.unknown-issuer",
] as const) {
  test(`a card refused as ${refusal} ends the activation`, async () => {
    const visitor = someVisitor();
    assert.equal(refusalOf(await show(visitor, refusedCard(refusal))), refusal);
    assert.equal(refusalOf(await activation.view(visitor)), "activation.gone");
  });
}

test("no card, a cancelled reader, a refusal to agree: each ends it", async () => {
  const [none, cancelled, refusing] = [someVisitor(), someVisitor(), someVisitor()];
  assert.equal(refusalOf(await show(none, null)), "card.absent");
  await activation.channels["citizen-card"].begin(cancelled);
  await activation.channels["citizen-card"].fail(cancelled, "card.cancelled");
  assert.equal(refusalOf(await activation.view(cancelled)), "activation.gone");
  const person = somePerson();
  outside.people.set(person.civilId, person);
  expectOk(await show(refusing, cardOf(person)));
  assert.equal(refusalOf(await activation.channels["citizen-card"].agree(refusing, "refuse")), "consent.refused");
  assert.equal(refusalOf(await activation.view(refusing)), "activation.gone");
});

test("no step can be left out: without the consent no phone, without the answer about the old key none either", async () => {
  const [owner, visitor] = [await world.openKey(), someVisitor()];
  expectOk(await show(visitor, cardOf(owner.person)));
  assert.equal(refusalOf(await activation.giveContact(visitor, chosen(somePhone()))), "activation.out-of-step");
  assert.equal(refusalOf(await activation.channels["citizen-card"].replace(visitor, "authorise")), "activation.out-of-step");
  expectOk(await activation.channels["citizen-card"].agree(visitor, "authorise"));
  assert.equal(refusalOf(await activation.giveContact(visitor, chosen(somePhone()))), "activation.out-of-step");
});

test("the tax authority's way cannot be walked with a card, nor the card's with the tax authority", async () => {
  const [visitor, person] = [someVisitor(), somePerson()];
  await activation.channels["citizen-card"].begin(visitor);
  assert.equal(refusalOf(await activation.channels["tax-letter"].identify(visitor, "state=x")), "activation.out-of-step");
  expectOk(await activation.channels["tax-letter"].begin(visitor));
  assert.equal(refusalOf(await activation.channels["citizen-card"].ask(visitor, "/back")), "activation.gone");
  const proof = { kind: "web-eid", nonce: "x", token: cardOf(person) } as const;
  assert.equal(refusalOf(await activation.channels["citizen-card"].identify(visitor, proof)), "activation.out-of-step");
});

test("nothing typed lies in the clear while the code is waited for", async () => {
  const [person, visitor, phone] = [somePerson(), someVisitor(), somePhone()];
  await ask(visitor, person, phone, { choice: { pin: "840275", signature: { pin: "617380" } } });
  const rows = await db<{ applicant: Buffer }>`select applicant from activation.activation where applicant is not null`;
  for (const secret of [phone, "840275", "617380", person.civilId]) {
    assert.ok(rows.every(({ applicant }) => !applicant.toString("latin1").includes(secret)));
  }
});
