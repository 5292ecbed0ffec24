/** Signing in at the demo portal with the card office's cards, by both ways; what others do with what they catch of it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { byWebEid, cardOf as cardInHand, doorLinkIn, showAtDoor, throughDoor, webEidToken, type Card } from "./card-in-hand.ts";
import { codeIn, findPlace, hubJson, newPerson, nextSms, smsSeen, startCountry } from "./country.ts";
import type { Person, RunningCountry } from "./country.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

const place = await findPlace();
let country: RunningCountry;
const high = "http://eidas.europa.eu/LoA/high";
const pin = "739158";

before(async () => {
  country = await startCountry(place);
});
after(async () => {
  await country.stop();
  place.remove();
});

const cardOf = (person: Pick<Person, "civilId">, use?: "authentication" | "signature") =>
  cardInHand({ country, place }, person, use);

/** From the portal's button to the page that reads the card. */
async function reachReader(visitor: Visitor): Promise<void> {
  await visitor.go(`${country.demoPortal}/sign-in?level=4`);
  assert.equal(visitor.page.name, "sign-in-card", visitor.page.text);
}

async function enter(visitor: Visitor, person: Person): Promise<void> {
  assert.equal(visitor.page.name, "sign-in-consent", visitor.page.text);
  assert.match(visitor.page.text, new RegExp(person.name));
  await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "portal-signed-in", visitor.page.text);
  assert.match(visitor.page.text, new RegExp(person.taxNumber));
  assert.ok(visitor.page.text.includes(high));
}

const homeOf = ({ url }: { url: string }) => url.replace(/\/card.*$/, "");

test("somebody who never had a key enters the portal that asks the highest level, through the card's own door", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  await reachReader(visitor);
  assert.doesNotMatch(visitor.page.text, /class="tabs"/);
  await throughDoor(visitor, await cardOf(person));
  await enter(visitor, person);
});

test("by Web eID, and the session spares the card when the portal asks again", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor("en")];
  await reachReader(visitor);
  await byWebEid(visitor, country.url, await cardOf(person));
  await enter(visitor, person);
  await visitor.go(`${country.demoPortal}/sign-in?level=4`);
  await enter(visitor, person);
});

test("a portal that asks less offers both: the card beside the key, and after a card that failed, the key", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  await visitor.go(`${country.url}/activate/citizen-card`);
  await visitor.submit({});
  await throughDoor(visitor, await cardOf(person));
  await visitor.submit({ decision: "authorise" });
  let seen = await smsSeen(country, person.phone);
  await visitor.submit({ phone: person.phone, pin_new: pin, pin_repeat: pin });
  await visitor.submit({ code: codeIn(await nextSms(country, person.phone, seen)) });

  await visitor.go(`${country.demoPortal}/sign-in`);
  assert.equal(visitor.page.name, "sign-in-identify");
  const key = visitor.page.url;
  await visitor.go(key.replace(/\/identify.*$/, "/card"));
  await throughDoor(visitor, null);
  assert.deepEqual([visitor.page.name, visitor.page.refusal], ["sign-in-card-refused", "card.absent"]);
  await visitor.go(key);
  seen = await smsSeen(country, person.phone);
  await visitor.submit({ phone: person.phone, pin });
  await visitor.submit({ code: codeIn(await nextSms(country, person.phone, seen)) });
  await visitor.submit({ decision: "authorise" });
  assert.match(visitor.page.text, /LoA\/substantial/);

  await visitor.go(`${country.demoPortal}/sign-in?level=4`);
  assert.equal(visitor.page.name, "sign-in-card", "a session of the key's spares no card");
});

test("no card, the signature certificate, an expired card, a cancelled one: told apart, and the right card still enters", async () => {
  const people = await hubJson<Person[]>(country, "/people");
  const withNote = (note: RegExp) => people.find((one) => note.test(one.note)) ?? assert.fail(String(note));
  const [person, visitor] = [await newPerson(country), createVisitor()];
  const cases: readonly (readonly [Card | null, string])[] = [
    [null, "card.absent"],
    [await cardOf(person, "signature"), "card.wrong-certificate"],
    [await cardOf(withNote(/expired two months ago/)), "card.expired"],
    [await cardOf(withNote(/reported lost/)), "card.revoked"],
  ];
  await reachReader(visitor);
  for (const [card, refusal] of cases) {
    await throughDoor(visitor, card);
    assert.equal(visitor.page.refusal, refusal);
    assert.doesNotMatch(visitor.page.url, /ticket/);
    await visitor.go(`${homeOf(visitor.page)}/card`);
  }
  await throughDoor(visitor, await cardOf(person));
  await enter(visitor, person);
});

test("cancelled at the reader, the portal is told no, and a card shown afterwards opens nothing", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  await reachReader(visitor);
  const link = doorLinkIn(visitor.page);
  const cancel = visitor.page.forms.find(({ action }) => action.endsWith("/cancel")) ?? assert.fail();
  const fields = Object.fromEntries(cancel.given);
  const response = await fetch(new URL(cancel.action, country.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: `session=${visitor.cookie("session") ?? ""}; sign_in=${visitor.cookie("sign_in") ?? ""}` },
    body: new URLSearchParams(fields),
  });
  assert.match(response.headers.get("location") ?? "", /error=access_denied/);
  await visitor.go(await showAtDoor(link, await cardOf(person)));
  assert.notEqual(visitor.page.name, "sign-in-consent");
});

test("a victim sent to a stranger's question signs in nobody: not there, and not the stranger", async () => {
  const [victim, strangers, victims] = [await newPerson(country), createVisitor(), createVisitor()];
  await reachReader(strangers);
  await victims.go(country.url);
  const back = await showAtDoor(doorLinkIn(strangers.page), await cardOf(victim));
  await victims.go(back);
  assert.equal(victims.page.refusal, "sign-in.gone");
  const { url } = strangers.page;
  await strangers.go(back);
  assert.equal(strangers.page.refusal, "card.gone", "what the victim's browser brought was burnt");
  await strangers.go(homeOf({ url }));
  assert.equal(strangers.page.name, "sign-in-card");
});

test("a stranger's ticket, planted in a victim's browser, signs the victim in as nobody", async () => {
  const [stranger, strangers, victims] = [await newPerson(country), createVisitor(), createVisitor()];
  await reachReader(strangers);
  await reachReader(victims);
  const back = new URL(await showAtDoor(doorLinkIn(strangers.page), await cardOf(stranger)));
  await victims.go(`${homeOf(victims.page)}/card/return${back.search}`);
  assert.equal(victims.page.refusal, "card.gone");
});

test("what comes again is not heard again: at the door, with the ticket, with the token", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  const card = await cardOf(person);
  await reachReader(visitor);
  const [link, home] = [doorLinkIn(visitor.page), homeOf(visitor.page)];
  const back = await showAtDoor(link, card);
  assert.equal(await showAtDoor(link, card), `${home}/card/return`);
  await visitor.go(`${home}/card`);
  await visitor.go(back);
  assert.equal(visitor.page.refusal, "card.gone", "asking anew ended it");
  await visitor.go(`${home}/card`);
  const post = visitor.prepare({ token: webEidToken(country.url, visitor.page, card) });
  const pages = await Promise.all(Array.from({ length: 8 }, () => post()));
  const names = pages.map(({ name, refusal }) => refusal ?? name);
  assert.ok(
    names.every((name) => name === "sign-in-consent" || name === "card.gone"),
    names.join(),
  );
  await visitor.go(home);
  await enter(visitor, person);
});

test("forged tokens open nothing: another origin's, another nonce's, another key's, none at all", async () => {
  const [person, other, visitor] = [await newPerson(country), await newPerson(country), createVisitor()];
  const [card, others] = [await cardOf(person), await cardOf(other)];
  await reachReader(visitor);
  const stale = visitor.page;
  for (const forge of [
    (page: Visitor["page"]) => webEidToken("https://evil.example", page, card),
    () => webEidToken(country.url, stale, card),
    (page: Visitor["page"]) => webEidToken(country.url, page, { ...card, key: others.key }),
    () => "",
    () => "{}",
    () => "x".repeat(12_500),
  ]) {
    await visitor.go(`${homeOf(stale)}/card`);
    await visitor.submit({ token: forge(visitor.page) });
    assert.equal(visitor.page.refusal, "card.answer-invalid");
  }
});
