/** The way with the citizen card from end to end: the card office's cards, its responder and lists, our TLS door and Web eID. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { byWebEid, cardOf as cardInHand, doorLinkIn, showAtDoor, throughDoor, type Card } from "./card-in-hand.ts";
import { codeIn, findPlace, hubJson, newPerson, nextSms, smsSeen, startCountry } from "./country.ts";
import type { Person, RunningCountry } from "./country.ts";
import { createVisitor } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

const place = await findPlace();
let country: RunningCountry;
const pin = "739158";

before(async () => {
  country = await startCountry(place);
});
after(async () => {
  await country.stop();
  place.remove();
});

const cardOf = (person: Person, use?: "authentication" | "signature") => cardInHand({ country, place }, person, use);

async function reachReader(visitor: Visitor): Promise<void> {
  await visitor.go(`${country.url}/activate/citizen-card`);
  await visitor.submit({});
  assert.equal(visitor.page.name, "activation-reader", visitor.page.text);
}

/** From what was read to the key. */
async function finish(visitor: Visitor, phone: string): Promise<void> {
  assert.equal(visitor.page.name, "activation-consent", visitor.page.text);
  await visitor.submit({ decision: "authorise" });
  if (visitor.page.text.includes('data-page="activation-replace"')) await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "activation-contact", visitor.page.text);
  const seen = await smsSeen(country, phone);
  await visitor.submit({ phone, pin_new: pin, pin_repeat: pin });
  assert.equal(visitor.page.name, "activation-code", visitor.page.text);
  await visitor.submit({ code: codeIn(await nextSms(country, phone, seen)) });
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
}

test("through the card's own door: the key is ready at once", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  await reachReader(visitor);
  await throughDoor(visitor, await cardOf(person));
  assert.match(visitor.page.text, new RegExp(person.name));
  await finish(visitor, person.phone);
});

test("by Web eID, and a second time, which replaces the key and tells its phone", async () => {
  const person = await newPerson(country);
  for (const _time of [1, 2]) {
    const visitor = createVisitor("en");
    await reachReader(visitor);
    await byWebEid(visitor, country.url, await cardOf(person));
    await finish(visitor, person.phone);
  }
  await nextSms(country, person.phone, new Set(), /replaced/);
});

test("no card, the signature certificate, an expired card, a cancelled one: each is told apart, and only a new start is offered", async () => {
  const people = await hubJson<Person[]>(country, "/people");
  const withNote = (note: RegExp) => people.find((one) => note.test(one.note)) ?? assert.fail(String(note));
  const person = await newPerson(country);
  const cases: readonly (readonly [Card | null, string])[] = [
    [null, "card.absent"],
    [await cardOf(person, "signature"), "card.wrong-certificate"],
    [await cardOf(withNote(/expired two months ago/)), "card.expired"],
    [await cardOf(withNote(/reported lost/)), "card.revoked"],
  ];
  for (const [card, refusal] of cases) {
    const visitor = createVisitor();
    await reachReader(visitor);
    await throughDoor(visitor, card);
    assert.equal(visitor.page.refusal, refusal);
    assert.equal(visitor.page.forms.length, 0);
  }
});

test("a person sent to somebody else's question is nobody there, and neither is the sender", async () => {
  const [victim, attackers, victims] = [await newPerson(country), createVisitor(), createVisitor()];
  await reachReader(attackers);
  await victims.go(country.url);
  await victims.go(await showAtDoor(doorLinkIn(attackers.page), await cardOf(victim)));
  assert.match(victims.page.refusal ?? "", /^(activation|card)\.gone$/);
  await attackers.go(`${country.url}/activate/citizen-card/consent`);
  assert.equal(attackers.page.name, "activation-reader");
});
