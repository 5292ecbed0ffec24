/** The way with the citizen card from end to end: the card office's cards, its responder and lists, our TLS door and Web eID. */
import assert from "node:assert/strict";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
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

interface Card {
  readonly key: string;
  readonly cert: string;
  readonly der: string;
}

/** What the chip holds: only the card office's own shelf knows its key. */
async function cardOf({ civilId }: Person, use: "authentication" | "signature" = "authentication"): Promise<Card> {
  await hubJson(country, `/cards/${civilId}`);
  const lines = readFileSync(join(place.folder, "data", "sandbox", "cards.jsonl"), "utf8")
    .trim()
    .split("\n");
  const card = lines.map((line) => JSON.parse(line)).findLast((one) => one.civilId === civilId);
  const { certificate, privateKey } = card[use];
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), type: "pkcs8", format: "der" });
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`;
  return { key: key.export({ type: "pkcs8", format: "pem" }).toString(), cert: pem, der: certificate };
}

async function reachReader(visitor: Visitor): Promise<void> {
  await visitor.go(`${country.url}/activate/citizen-card`);
  await visitor.submit({});
  assert.equal(visitor.page.name, "activation-reader", visitor.page.text);
}

/** The browser's part: follows the link to the door, shows the card, comes back where it is sent. */
async function throughDoor(visitor: Visitor, card: Card | null): Promise<void> {
  const link = /href="(https:[^"]+)"/.exec(visitor.page.text)?.[1] ?? "";
  const shown = card === null ? {} : { key: card.key, cert: card.cert };
  const location = await new Promise<string>((resolve, reject) => {
    request(link, { rejectUnauthorized: false, agent: false, ...shown }, (response) => {
      response.resume();
      resolve(response.headers.location ?? "");
    })
      .once("error", reject)
      .end();
  });
  await visitor.go(location);
}

async function byWebEid(visitor: Visitor, { key, der }: Card): Promise<void> {
  const nonce = /name="nonce" value="([^"]+)"/.exec(visitor.page.text)?.[1] ?? "";
  const content = Buffer.concat([country.url, nonce].map((text) => createHash("sha256").update(text).digest()));
  const signature = sign("sha256", content, { key, dsaEncoding: "ieee-p1363" }).toString("base64");
  const token = { format: "web-eid:1.0", algorithm: "ES256", unverifiedCertificate: der, signature, appVersion: "test" };
  await visitor.submit({ token: JSON.stringify(token) });
}

/** Asks the hub again until the phone has been told. */
async function heard(phone: string, what: RegExp): Promise<void> {
  for (const until = performance.now() + 15_000; performance.now() < until;) {
    const messages = await hubJson<{ text: string }[]>(country, `/phones/${phone}/messages`);
    if (messages.some(({ text }) => what.test(text))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${phone} never heard ${String(what)}`);
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
    await byWebEid(visitor, await cardOf(person));
    await finish(visitor, person.phone);
  }
  await heard(person.phone, /replaced/);
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
  const link = attackers.page.text;
  const visitor = { ...victims, page: { ...victims.page, text: link }, go: victims.go };
  await throughDoor(visitor, await cardOf(victim));
  assert.match(victims.page.refusal ?? "", /^(activation|card)\.gone$/);
  await attackers.go(`${country.url}/activate/citizen-card/consent`);
  assert.equal(attackers.page.name, "activation-reader");
});
