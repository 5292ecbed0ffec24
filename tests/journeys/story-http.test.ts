/** The seed's story from end to end, with a plain HTTP client: no script, no browser. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeIn, findPlace, hubJson, newPerson, nextSms, smsSeen, startCountry } from "./country.ts";
import type { Person, RunningCountry } from "./country.ts";
import {
  activate,
  firstSignIn,
  getKey,
  identify,
  identifyAndGetCode,
  letters,
  reachContact,
  readLetter,
  temporaryPin,
} from "./story.ts";
import { createVisitor } from "./visitor.ts";

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

test("a person activates through the tax authority, gets the letter and signs in at a portal", async () => {
  const person = await newPerson(country);
  const visitor = createVisitor();
  await activate(country, visitor, person);
  assert.match(visitor.page.text, /CH-[0-9A-Z]{4}-[0-9A-Z]{4}/);

  assert.deepEqual(await letters(country, person), [], "the letter cannot be there yet");
  const temporary = await temporaryPin(country, person);
  const [letter] = await letters(country, person);
  assert.ok(letter);
  const words = await readLetter(country, letter);
  assert.match(words, new RegExp(person.name.split(" ")[0] ?? ""));
  assert.doesNotMatch(words, /https?:|www\./, "a letter never holds a link");

  await firstSignIn(country, visitor, person, temporary, pin);
  assert.match(visitor.page.text, new RegExp(person.taxNumber));
  assert.match(visitor.page.text, /substantial/);
});

test("the temporary PIN is worth nothing once it was replaced, and the new one signs in at any portal", async () => {
  const person = await newPerson(country);
  const visitor = createVisitor();
  await activate(country, visitor, person);
  const temporary = await temporaryPin(country, person);
  await firstSignIn(country, visitor, person, temporary, pin);

  const other = createVisitor("en");
  await identify(country, other, person.phone, temporary);
  assert.equal(other.page.refusal, "sign-in.refused");

  await other.submit({ code: await identifyAndGetCode(country, other, person.phone, pin) });
  await other.submit({ decision: "authorise" });
  assert.equal(other.page.name, "portal-signed-in", other.page.text);
});

test("the tax authority's own portal accepts the key", async () => {
  const person = await newPerson(country);
  const visitor = createVisitor();
  await getKey(country, visitor, person, pin);
  const fresh = createVisitor();
  await fresh.go(`${country.taxAuthority}/`);
  assert.equal(fresh.page.name, "tax-home", fresh.page.text);
  await fresh.go(`${country.taxAuthority}/start?tab=gov`);
  await fresh.submit({});
  const seen = await smsSeen(country, person.phone);
  await fresh.submit({ phone: person.phone, pin });
  await fresh.submit({ code: codeIn(await nextSms(country, person.phone, seen)) });
  await fresh.submit({ decision: "authorise" });
  assert.equal(fresh.page.name, "tax-signed-in", fresh.page.text);
  assert.match(fresh.page.text, new RegExp(person.taxNumber));
});

test("with a letter on its way a second activation is refused, and nothing typed is kept", async () => {
  const person = await newPerson(country);
  await activate(country, createVisitor(), person);
  const again = createVisitor();
  await reachContact(country, again, person);
  assert.equal(again.page.refusal, "letter.pending");
  await again.go(`${country.url}/activate/tax-authority/contact`);
  assert.notEqual(again.page.name, "activation-contact");
});

test("the sandbox's clock brings the letter within five working days", async () => {
  const person = await newPerson(country);
  await activate(country, createVisitor(), person);
  // Five working days are never more than nine days in a row, with a weekend and holidays between.
  await hubJson(country, "/clock", { advance: "P9D" });
  const delivered = await letters(country, person);
  assert.equal(delivered.length, 1);
});

const refusedPeople: readonly (readonly [string, RegExp])[] = [
  ["document.identity-document", /identity document|\bBI\b/i],
  ["document.expired", /card expired/i],
  ["address.recently-changed", /address changed/i],
];

test("whoever cannot activate online is told so, each for their own reason", async () => {
  const people = await hubJson<Person[]>(country, "/people");
  for (const [refusal, note] of refusedPeople) {
    const person = people.find((one) => note.test(one.note));
    assert.ok(person, `no sample person for ${refusal}: ${people.map((one) => one.note).join(" | ")}`);
    const visitor = createVisitor();
    await reachContact(country, visitor, person);
    assert.equal(visitor.page.refusal, refusal, visitor.page.text);
  }
});

test("refusing at the tax authority, or at the consent page, tells nobody anything", async () => {
  const person = await newPerson(country);
  const visitor = createVisitor();
  await visitor.go(`${country.url}/activate/tax-authority`);
  await visitor.submit({});
  await visitor.submit({ tax_number: person.taxNumber, password: person.taxPassword });
  await visitor.submit({ decision: "refuse" });
  assert.equal(visitor.page.refusal, "tax-authority.refused");

  await getKey(country, visitor, person, pin);
  const other = createVisitor();
  await other.submit({ code: await identifyAndGetCode(country, other, person.phone, pin) });
  await other.submit({ decision: "refuse" });
  assert.equal(other.page.name, "portal-refused", other.page.text);
});
