/** Every public form and machine endpoint against every attack of the table: a clear page or a 4xx, nothing lost, nothing done twice. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeIn, findPlace, hubJson, newPerson, nextSms, smsSeen, startCountry } from "../journeys/country.ts";
import type { Person, RunningCountry, Sms } from "../journeys/country.ts";
import {
  activate,
  firstSignIn,
  getKey,
  giveContact,
  identifyAndGetCode,
  letters,
  reachContact,
  startSession,
  temporaryPin,
} from "../journeys/story.ts";
import { walks } from "../journeys/reserved-area.ts";
import { createVisitor } from "../journeys/visitor.ts";
import type { Page, Visitor } from "../journeys/visitor.ts";
import { attacks, paths, rubbish } from "./attacks.ts";
import { complaints, cookieOf, formTo, markOf, send, sendBytes } from "./raw.ts";

const place = await findPlace();
const pin = "739158";
const newPin = "840275";
const { withLockedKey, enterByCard, reachUnblockCode } = walks(() => ({ country, place }));
let country: RunningCountry;
let holder: Person;

before(async () => {
  country = await startCountry(place);
  holder = await newPerson(country);
  await getKey(country, createVisitor(), holder, pin);
});
after(async () => {
  await country.stop();
  place.remove();
});

let heard = 0;

/** Whatever came in: the process lives, and found nothing worth a warning. */
async function isUnmoved(): Promise<void> {
  const all = complaints(country.output());
  const fresh = all.slice(heard);
  heard = all.length;
  assert.deepEqual(fresh, []);
  assert.equal((await fetch(`${country.operations}/health/live`)).status, 200);
}

interface Station {
  readonly name: string;
  readonly endings: readonly string[];
  readonly field: string;
  reach(visitor: Visitor): Promise<unknown>;
  /** The step that this page is for still works, and leads there. */
  goOn(visitor: Visitor, reached: unknown): Promise<unknown>;
  readonly leadsTo: string;
}

const atIdentify = (visitor: Visitor) => startSession(country, visitor);
const atCode = (visitor: Visitor) => identifyAndGetCode(country, visitor, holder.phone, pin);

async function atContact(visitor: Visitor): Promise<Person> {
  const person = await newPerson(country);
  await reachContact(country, visitor, person);
  return person;
}

const stations: readonly Station[] = [
  {
    name: "activate-tax-authority",
    endings: ["/activate/tax-authority"],
    field: "lang",
    reach: (visitor) => visitor.go(`${country.url}/activate/tax-authority`),
    goOn: (visitor) => visitor.submit({}),
    leadsTo: "authority-sign-in",
  },
  {
    name: "activation-contact",
    endings: ["/contact", "/cancel"],
    field: "phone",
    reach: atContact,
    goOn: (visitor, person) => giveContact(country, visitor, (person as Person).phone),
    leadsTo: "activation-code",
  },
  {
    name: "activation-code",
    endings: ["/code", "/code/resend", "/cancel"],
    field: "code",
    reach: async (visitor) => giveContact(country, visitor, (await atContact(visitor)).phone),
    goOn: (visitor, code) => visitor.submit({ code: code as string }),
    leadsTo: "activation-done",
  },
  {
    name: "sign-in-identify",
    endings: ["/identify", "/cancel"],
    field: "phone",
    reach: atIdentify,
    goOn: (visitor) => visitor.submit({ phone: holder.phone, pin }),
    leadsTo: "sign-in-code",
  },
  {
    name: "sign-in-code",
    endings: ["/code", "/code/resend", "/cancel"],
    field: "code",
    reach: atCode,
    goOn: (visitor, code) => visitor.submit({ code: code as string }),
    leadsTo: "sign-in-consent",
  },
  {
    name: "sign-in-new-pin",
    endings: ["/new-pin", "/cancel"],
    field: "pin_new",
    async reach(visitor) {
      const person = await newPerson(country);
      await activate(country, visitor, person);
      await visitor.submit({
        code: await identifyAndGetCode(country, visitor, person.phone, await temporaryPin(country, person)),
      });
    },
    goOn: (visitor) => visitor.submit({ pin_new: pin, pin_repeat: pin }),
    leadsTo: "sign-in-consent",
  },
  {
    name: "sign-in-consent",
    endings: ["/consent"],
    field: "decision",
    reach: async (visitor) => visitor.submit({ code: await atCode(visitor) }),
    goOn: (visitor) => visitor.submit({ decision: "authorise" }),
    leadsTo: "portal-signed-in",
  },
  {
    name: "reserved-area",
    endings: ["/sign-out"],
    field: "lang",
    reach: async (visitor) => enterByCard(visitor, await newPerson(country)),
    goOn: (visitor) => visitor.submit({}),
    leadsTo: "signed-out",
  },
  {
    name: "unblock-pin",
    endings: ["/unblock"],
    field: "pin_new",
    async reach(visitor) {
      await enterByCard(visitor, await withLockedKey(pin));
      await visitor.go(`${country.url}/reserved-area/unblock`);
    },
    goOn: (visitor) => visitor.submit({ pin_new: newPin, pin_repeat: newPin }),
    leadsTo: "unblock-code",
  },
  {
    name: "unblock-code",
    endings: ["/code", "/code/resend", "/cancel"],
    field: "code",
    async reach(visitor) {
      const person = await withLockedKey(pin);
      await enterByCard(visitor, person);
      return reachUnblockCode(visitor, person, newPin);
    },
    goOn: (visitor, code) => visitor.submit({ code: code as string }),
    leadsTo: "unblock-done",
  },
];

for (const { name, endings, field, reach, goOn, leadsTo } of stations) {
  test(`${name}: no spoilt form gets through, and the right one still does`, async () => {
    const [visitor, other] = [createVisitor(), createVisitor()];
    await other.go(`${country.url}/activate/tax-authority`);
    const otherCsrf = markOf(formTo(other, "/tax-authority"));
    const reached = await reach(visitor);
    assert.equal(visitor.page.name, name, visitor.page.text);
    const [url, cookie] = [visitor.page.url, cookieOf(visitor)];
    for (const ending of endings) {
      const form = formTo(visitor, ending);
      const target = { path: new URL(form.action, url).pathname, cookie, csrf: markOf(form), otherCsrf, field };
      for (const attack of attacks) {
        const answer = await send(country.url, { path: target.path, ...attack.make(target) });
        const told = `${attack.name} at ${ending}: ${String(answer.status)} ${answer.text.slice(0, 200)}`;
        assert.ok(attack.answers.includes(answer.status), told);
        if (answer.text.includes("<main")) assert.match(answer.text, /<main [^>]*data-page="(error|not-found)"/, told);
      }
    }
    await visitor.go(url);
    assert.equal(visitor.page.name, name, "the attacks moved it");
    await goOn(visitor, reached);
    assert.equal(visitor.page.name, leadsTo, visitor.page.text);
    await isUnmoved();
  });
}

test("a form with fields nobody knows is read as if they were not there", async () => {
  const visitor = createVisitor();
  await atIdentify(visitor);
  const form = formTo(visitor, "/identify");
  const body = new URLSearchParams([
    ["csrf", markOf(form)],
    ["phone", holder.phone],
    ["__proto__", "x"],
    ["constructor", "y"],
    ["admin", "true"],
  ]);
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie: cookieOf(visitor) };
  const answer = await send(country.url, { method: "POST", path: form.action, headers, body: body.toString() });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /data-page="sign-in-identify"/);
});

const machines = [
  "/oidc/token",
  "/oidc/userinfo",
  "/oidc/authorize",
  "/oidc/logout",
  "/oidc/logout/confirm",
  "/oidc/jwks",
  "/.well-known/openid-configuration",
];

test("the machines' endpoints refuse every spoilt request", async () => {
  for (const path of machines) {
    for (const field of ["client_id", "code", "ticket", "id_token_hint"]) {
      for (const attack of attacks) {
        const target = { path, cookie: "session=x", csrf: "x", otherCsrf: "y", field };
        const answer = await send(country.url, { path, ...attack.make(target) });
        const told = `${attack.name} at ${path} with ${field}: ${String(answer.status)} ${answer.text.slice(0, 300)}`;
        assert.ok(answer.status < 500, told);
        assert.ok(
          answer.status >= 300 ||
            answer.status === 0 ||
            answer.text.includes(`data-page="logout"`) ||
            attack.name === "OPTIONS",
          told,
        );
      }
    }
  }
  await isUnmoved();
});

test("no address makes it stumble, and no file but the assets is given out", async () => {
  const visitor = createVisitor();
  await atIdentify(visitor);
  for (const path of paths) {
    for (const cookie of ["", cookieOf(visitor), "oidc_interaction=%00; oidc_sign_in=%ff; session=\u00e9"]) {
      const answer = await send(country.url, { path, headers: { cookie } });
      assert.ok(answer.status > 0 && answer.status < 500, `${path.slice(0, 100)}: ${String(answer.status)}`);
      assert.doesNotMatch(answer.text, /"dependencies"|root:x:0/, path);
      assert.doesNotMatch(answer.headers.location ?? "", /^(https?:)?[\\/]{2}(?!localhost)/, path);
    }
  }
  await isUnmoved();
});

test("bytes that are no request are refused, and the next visitor is served", async () => {
  for (const bytes of rubbish) {
    const heard = await sendBytes(country.url, Buffer.from(bytes, "latin1"));
    assert.doesNotMatch(heard, /^HTTP\/1\.1 5/m, JSON.stringify(bytes.slice(0, 100)));
  }
  await isUnmoved();
});

/** Both clicks, and one more when it is long over. */
async function clickTwice(visitor: Visitor, fields: Readonly<Record<string, string>>): Promise<Page[]> {
  const click = visitor.prepare(fields);
  const pages = await Promise.all([click(), click()]);
  const late = await click();
  for (const page of [...pages, late]) assert.ok(page.status < 500 && page.name !== null && page.name !== "error", page.text);
  await visitor.go(late.url);
  return [...pages, late];
}

const codesSent = async (phone: string) =>
  (await hubJson<Sms[]>(country, `/phones/${encodeURIComponent(phone)}/messages`)).filter((sms) => codeIn(sms) !== "").length;

test("each button of an activation pressed twice, in parallel and once more later, does its work once", async () => {
  const visitor = createVisitor();
  const person = await atContact(visitor);
  const seen = await smsSeen(country, person.phone);
  await clickTwice(visitor, { phone: person.phone, consent: "yes" });
  assert.equal(visitor.page.name, "activation-code");
  const code = codeIn(await nextSms(country, person.phone, seen));
  await clickTwice(visitor, { code });
  assert.equal(visitor.page.name, "activation-done");
  const temporary = await temporaryPin(country, person);
  assert.equal((await letters(country, person)).length, 1);
  assert.equal(await codesSent(person.phone), 1);

  await startSession(country, visitor);
  const before = await smsSeen(country, person.phone);
  await clickTwice(visitor, { phone: person.phone, pin: temporary });
  assert.equal(visitor.page.name, "sign-in-code");
  const second = codeIn(await nextSms(country, person.phone, before));
  assert.equal(await codesSent(person.phone), 2);
  await clickTwice(visitor, { code: second });
  assert.equal(visitor.page.name, "sign-in-new-pin");
  await clickTwice(visitor, { pin_new: pin, pin_repeat: pin });
  assert.equal(visitor.page.name, "sign-in-consent");
  await isUnmoved();
});

test("the forms of pages left behind lead to where the person stands", async () => {
  const visitor = createVisitor();
  const person = await atContact(visitor);
  const oldContact = visitor.prepare({ phone: person.phone, consent: "yes" });
  const code = await giveContact(country, visitor, person.phone);
  assert.equal((await oldContact()).name, "activation-code");
  const oldCode = visitor.prepare({ code: "000000" });
  await visitor.submit({ code });
  assert.equal((await oldCode()).name, "activation-done", "a code typed into an old page ends nothing");
  assert.equal((await oldContact()).name, "activation-done");

  const other = createVisitor();
  await startSession(country, other);
  const oldIdentify = other.prepare({ phone: holder.phone, pin });
  const seen = await smsSeen(country, holder.phone);
  await other.submit({ phone: holder.phone, pin });
  const right = codeIn(await nextSms(country, holder.phone, seen));
  assert.equal((await oldIdentify()).name, "sign-in-code");
  const oldCodePage = other.prepare({ code: "000000" });
  await other.submit({ code: right });
  assert.equal((await oldCodePage()).name, "sign-in-consent");
  assert.equal((await oldIdentify()).name, "sign-in-consent");
  const consent = other.prepare({ decision: "authorise" });
  await other.submit({ decision: "authorise" });
  assert.equal(other.page.name, "portal-signed-in");
  const again = await consent();
  assert.ok(again.status < 500 && again.name !== "portal-signed-in" && again.name !== null, again.text);
  await isUnmoved();
});

test("two windows of one browser do not get into each other's way", async () => {
  const visitor = createVisitor();
  const person = await atContact(visitor);
  const inFirst = visitor.prepare({ phone: person.phone, consent: "yes" });
  await visitor.go(`${country.url}/activate/tax-authority`);
  await visitor.submit({});
  const page = await inFirst();
  assert.equal(page.refusal, "activation.gone", "one activation a browser, the later one: this form is about another");
  assert.equal(await codesSent(person.phone), 0);

  const both = createVisitor();
  await both.submit({ code: await atCode(both) });
  const inOne = both.prepare({ decision: "authorise" });
  await both.go(country.demoPortal);
  await both.submit({});
  assert.equal(both.page.name, "sign-in-consent", both.page.text);
  await both.submit({ decision: "authorise" });
  assert.equal(both.page.name, "portal-signed-in", both.page.text);
  const late = await inOne();
  assert.ok(late.status < 500 && late.name !== null, late.text);
  await isUnmoved();
});

test("whoever comes back after a day is told so on every page", async () => {
  // A number gets only so many codes an hour, and its owner signed in often above.
  await hubJson(country, "/clock", { advance: "PT1H" });
  const forms: (() => Promise<Page>)[] = [];
  const stand = async (reach: (visitor: Visitor) => Promise<unknown>, fields: Readonly<Record<string, string>>) => {
    const visitor = createVisitor();
    await reach(visitor);
    forms.push(visitor.prepare(fields));
  };
  await stand(atContact, { phone: "+351912345678", consent: "yes" });
  await stand(async (visitor) => giveContact(country, visitor, (await atContact(visitor)).phone), { code: "123456" });
  await stand(atIdentify, { phone: holder.phone, pin });
  await stand(atCode, { code: "123456" });
  await stand(async (visitor) => visitor.submit({ code: await atCode(visitor) }), { decision: "authorise" });
  const person = await newPerson(country);
  const early = createVisitor();
  await activate(country, early, person);
  await hubJson(country, "/clock", { advance: "P1D" });
  for (const submit of forms) {
    const page = await submit();
    assert.ok(page.status >= 400 && page.status < 500 && page.refusal !== null, page.text);
  }
  await firstSignIn(country, early, person, await temporaryPin(country, person), pin);
  await isUnmoved();
});
