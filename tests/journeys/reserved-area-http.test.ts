/** The reserved area by plain HTTP: in with the key or the card, out again, and a locked key opened with the card. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { first } from "../world/patience.ts";
import { byWebEid, cardOf } from "./card-in-hand.ts";
import { findPlace, hubJson, newPerson, nextSms, startCountry } from "./country.ts";
import type { Person, RunningCountry } from "./country.ts";
import { at, codeAfter, walks } from "./reserved-area.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

const place = await findPlace();
let country: RunningCountry;
const oldPin = "739158";
const newPin = "840275";

before(async () => {
  country = await startCountry(place);
});
after(async () => {
  await country.stop();
  place.remove();
});

const ground = () => ({ country, place });
const { enterByCard, enterByKey, reachUnblockCode: reachCode } = walks(ground);
const withKey = () => walks(ground).withKey(oldPin);
const withLockedKey = () => walks(ground).withLockedKey(oldPin);
const post = (visitor: Visitor, action: string, fields: Readonly<Record<string, string>>) => {
  const form = visitor.page.forms.find((one) => one.action.endsWith(action)) ?? assert.fail(`no form ${action}`);
  return fetch(new URL(form.action, country.url), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookieOf(visitor) },
    body: new URLSearchParams({ ...Object.fromEntries(form.given), ...fields }),
  });
};
const cookieOf = (visitor: Visitor) =>
  ["session", "browser", "signed_in"].map((name) => `${name}=${visitor.cookie(name) ?? ""}`).join("; ");

test("in with the key: state, validity and data are there; out again, and the page is shut", async () => {
  const [person, visitor] = [await withKey(), createVisitor()];
  await enterByKey(visitor, person, oldPin);
  for (const shown of [/chave está ativa/, new RegExp(person.name), /Terminar sessão/, /Nenhuma antes desta/])
    assert.match(visitor.page.text, shown);
  const code = (await hubJson<{ text: string }[]>(country, `/phones/${person.phone}/messages`)).map(({ text }) => text);
  assert.ok(code.some((text) => text.includes('ENTRAR em "Area reservada"')));
  const planted = cookieOf(visitor);
  await visitor.submit({});
  at(visitor, "signed-out");
  await visitor.go(country.url + "/reserved-area");
  at(visitor, "sign-in-identify");
  const late = await fetch(`${country.url}/reserved-area`, { headers: { cookie: planted }, redirect: "manual" });
  assert.equal(late.status, 303, "the old cookie opens nothing");
});

test("signed in at a portal, the reserved area opens without asking again, and says where and when that was", async () => {
  const [person, visitor] = [await withKey(), createVisitor("en")];
  await visitor.go(`${country.demoPortal}/sign-in`);
  at(visitor, "sign-in-identify");
  await visitor.submit({ code: await codeAfter(country, person, () => visitor.submit({ phone: person.phone, pin: oldPin })) });
  await visitor.submit({ decision: "authorise" });
  at(visitor, "portal-signed-in");
  await visitor.go(country.url + "/reserved-area");
  at(visitor, "reserved-area");
  assert.match(visitor.page.text, /Last sign-in[^]*, at \d\d:\d\d, with the key/);
});

test("who has a card and no key sees so, and is led to activate one", async () => {
  const [person, visitor] = [await newPerson(country), createVisitor()];
  await enterByCard(visitor, person);
  assert.match(visitor.page.text, /Ainda não tem uma chave móvel/);
  assert.match(visitor.page.text, /class="button" href="\/activate"/);
  await visitor.go(country.url + "/reserved-area/unblock");
  assert.deepEqual([visitor.page.name, visitor.page.refusal], ["unblock-refused", "key.none"]);
});

test("a locked key is opened with the card through its door, a new PIN and a code, and signs in with that PIN alone", async () => {
  const [person, visitor] = [await withLockedKey(), createVisitor()];
  await enterByCard(visitor, person);
  assert.match(visitor.page.text, /chave está bloqueada/);
  assert.match(visitor.page.text, /href="\/reserved-area\/unblock"/);
  await visitor.submit({ code: await reachCode(visitor, person, newPin) });
  at(visitor, "unblock-done");
  await nextSms(country, person.phone, new Set(), /desbloqueada/);
  await visitor.go(country.url + "/reserved-area");
  assert.match(visitor.page.text, /chave está ativa/);
  const old = createVisitor();
  await old.go(country.url + "/reserved-area");
  await old.submit({ phone: person.phone, pin: oldPin });
  assert.equal(old.page.refusal, "sign-in.refused");
  await enterByKey(createVisitor(), person, newPin);
});

test("the sample person whose key is locked is refused with its PIN, unblocks it with the card, and the hub says whose phone it is", async () => {
  const people = await hubJson<Person[]>(country, "/people");
  const person = people.find(({ note }) => note.includes("a key that is locked")) ?? assert.fail("nobody's key is locked");
  const visitor = createVisitor();
  await visitor.go(country.url + "/reserved-area");
  await visitor.submit({ phone: person.phone, pin: /PIN was (\d+)/.exec(person.note)?.[1] ?? "" });
  assert.equal(visitor.page.refusal, "sign-in.refused");
  await nextSms(country, person.phone, new Set(), /esta bloqueada/);
  for (const path of ["/phones", `/phones/${person.phone}`])
    assert.ok((await (await fetch(country.hub + path)).text()).includes(person.name), path);
  await enterByCard(visitor, person);
  await visitor.submit({ code: await reachCode(visitor, person, newPin) });
  at(visitor, "unblock-done");
});

test("from the address in a message, without having entered: the card by Web eID, and at once the new PIN", async () => {
  const [person, visitor] = [await withLockedKey(), createVisitor("en")];
  await visitor.go(country.url + "/reserved-area/unblock");
  at(visitor, "sign-in-card");
  assert.doesNotMatch(visitor.page.text, /class="tabs"/, "no key unblocks itself");
  await byWebEid(visitor, country.url, await cardOf(ground(), person));
  at(visitor, "unblock-pin");
  await visitor.submit({ code: await reachCode(visitor, person, newPin) });
  at(visitor, "unblock-done");
});

test("an error ends it and offers only to start again: a wrong code, the PIN the key had", async () => {
  const [person, visitor] = [await withLockedKey(), createVisitor()];
  await enterByCard(visitor, person);
  const code = await reachCode(visitor, person, newPin);
  await visitor.submit({ code: code === "000000" ? "000001" : "000000" });
  assert.deepEqual([visitor.page.name, visitor.page.refusal], ["unblock-refused", "code.wrong"]);
  assert.equal(visitor.page.forms.length, 0);
  assert.match(visitor.page.text, /href="\/reserved-area\/unblock">Começar de novo/);
  await visitor.go(`${country.url}/reserved-area/unblock`);
  await visitor.submit({ code: await reachCode(visitor, person, oldPin) });
  assert.equal(visitor.page.refusal, "pin.same");
  await visitor.go(`${country.url}/reserved-area/unblock`);
  await visitor.submit({ code: await reachCode(visitor, person, newPin) });
  at(visitor, "unblock-done");
});

test("another person's card in the same browser goes on with nothing, and opens that person's key alone", async () => {
  const [owner, thief, visitor] = [await withLockedKey(), await withLockedKey(), createVisitor()];
  await enterByCard(visitor, owner);
  const code = await reachCode(visitor, owner, newPin);
  const owners = visitor.page;
  await visitor.go(`${country.url}/reserved-area`);
  await visitor.submit({});
  await enterByCard(visitor, thief);
  const { csrf = "" } = Object.fromEntries(owners.forms.find(({ action }) => action.endsWith("/code"))?.given ?? []);
  const send = (mark: string) =>
    fetch(`${country.url}/reserved-area/unblock/code`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: cookieOf(visitor) },
      body: new URLSearchParams({ csrf: mark, code }),
    });
  const asFilledIn = await send(csrf);
  assert.match(asFilledIn.headers.get("location") ?? "", /^\/sign-in\//, "whose form it is, is to show their card");
  const [mark = ""] = csrf.split(".");
  assert.equal((await send(mark)).status, 410, "nothing of the owner's is under way here");
  const still = createVisitor();
  await enterByCard(still, owner);
  assert.match(still.page.text, /chave está bloqueada/);
});

test("pressed eight times at once, the right code opens the key, and every answer leads to the end", async () => {
  const [person, visitor] = [await withLockedKey(), createVisitor()];
  await enterByCard(visitor, person);
  const code = await reachCode(visitor, person, newPin);
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(visitor, "/unblock/code", { code })));
  for (const { status, headers } of answers) {
    assert.equal(status, 303);
    assert.match(headers.get("location") ?? "", /\/unblock\/(?:done|code)$/);
  }
  await visitor.go(country.url + "/reserved-area/unblock/code");
  at(visitor, "unblock-done");
});

/** To the page on which the code is typed; the code, from the mailbox. */
async function reachEmailCode(visitor: Visitor, email: string): Promise<string> {
  await visitor.go(`${country.url}/reserved-area/email`);
  at(visitor, "email");
  await visitor.submit({ email });
  at(visitor, "email-code");
  assert.ok(visitor.page.text.includes(email));
  return (await mailed(email, /^\d{6} /)).slice(0, 6);
}

/** Once it has come to the mailbox. */
const mailed = (address: string, what: RegExp): Promise<string> =>
  first(`${String(what)} at ${address}`, async () => {
    const mails = await hubJson<{ text: string }[]>(country, `/mailboxes/${address}/messages`);
    return mails.find(({ text }) => what.test(text))?.text;
  });

test("the key's e-mail: given, proven by a code in its mailbox, changed, removed; each address is told", async () => {
  const [person, visitor] = [await withKey(), createVisitor()];
  const [one, other] = [`primeiro.${person.civilId}@correio.example`, `segundo.${person.civilId}@correio.example`];
  await enterByKey(visitor, person, oldPin);
  assert.match(visitor.page.text, /href="\/reserved-area\/email"/);
  await visitor.submit({ code: await reachEmailCode(visitor, one) });
  at(visitor, "email-done");
  await nextSms(country, person.phone, new Set(), /O e-mail da sua chave movel mudou/);
  await visitor.go(`${country.url}/reserved-area`);
  assert.ok(visitor.page.text.includes(one));
  await visitor.submit({ code: await reachEmailCode(visitor, other) });
  at(visitor, "email-done");
  for (const address of [one, other]) await mailed(address, /O e-mail da sua chave móvel mudou/);
  await visitor.go(`${country.url}/reserved-area/email`);
  await visitor.submit({ email: "" });
  at(visitor, "email-confirm");
  await visitor.submit({ decision: "authorise" });
  at(visitor, "email-done");
  await mailed(other, /foi retirado/);
  await visitor.go(`${country.url}/reserved-area`);
  assert.match(visitor.page.text, /não indicou nenhum/);
});

test("an e-mail of somebody else, mistyped, is given up for another; a wrong code ends it and changes nothing", async () => {
  const [person, visitor] = [await withKey(), createVisitor()];
  const mistyped = `engano.${person.civilId}@correio.example`;
  await visitor.go(`${country.url}/reserved-area/email`);
  at(visitor, "sign-in-identify");
  await visitor.submit({
    code: await codeAfter(country, person, () => visitor.submit({ phone: person.phone, pin: oldPin })),
  });
  at(visitor, "email");
  const code = await reachEmailCode(visitor, mistyped);
  const again = await post(visitor, "/email/again", {});
  assert.match(again.headers.get("location") ?? "", /\/reserved-area\/email$/);
  const right = await reachEmailCode(visitor, `certo.${person.civilId}@correio.example`);
  await visitor.submit({ code: code === right ? (code === "000000" ? "000001" : "000000") : code });
  assert.deepEqual([visitor.page.name, visitor.page.refusal], ["email-refused", "code.wrong"]);
  await visitor.go(`${country.url}/reserved-area`);
  assert.match(visitor.page.text, /não indicou nenhum/);
});

test("a form from elsewhere, without our mark, or from another browser unblocks nothing", async () => {
  const [person, visitor, stranger] = [await withLockedKey(), createVisitor(), createVisitor()];
  await enterByCard(visitor, person);
  const code = await reachCode(visitor, person, newPin);
  await stranger.go(country.url + "/");
  const send = (cookie: string, fields: Readonly<Record<string, string>>, headers = {}) =>
    fetch(`${country.url}/reserved-area/unblock/code`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, ...headers },
      body: new URLSearchParams(fields),
    });
  const given = Object.fromEntries(visitor.page.forms.find(({ action }) => action.endsWith("/code"))?.given ?? []);
  assert.equal((await send(cookieOf(visitor), { code })).status, 403, "no mark");
  assert.equal((await send(cookieOf(visitor), { ...given, code }, { origin: "https://evil.example" })).status, 403);
  assert.equal((await send(cookieOf(stranger), { ...given, code })).status, 403, "another browser");
  await visitor.submit({ code });
  at(visitor, "unblock-done");
});
