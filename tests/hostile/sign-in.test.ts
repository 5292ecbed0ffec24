/** Those who want to be somebody else: guessing, racing, stealing, fixing, framing, forging, and listening to how long an answer takes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createRelyingParty } from "../../src/sandbox/kit/relying-party.ts";
import { openPortalKey } from "../../src/sandbox/demo-portal/key.ts";
import { startMortalCountry } from "../faults/mortal-country.ts";
import type { MortalCountry } from "../faults/mortal-country.ts";
import { livingKeyOf } from "../faults/remains.ts";
import { codeIn, newPerson, nextSms, smsSeen } from "../journeys/country.ts";
import type { Person, RunningCountry } from "../journeys/country.ts";
import {
  getKey,
  giveContact,
  identify,
  identifyAndGetCode,
  letters,
  reachContact,
  startSession,
  temporaryPin,
} from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import type { Visitor } from "../journeys/visitor.ts";
import { complaints, cookieOf, formTo, markOf, send } from "./raw.ts";
import type { Answer } from "./raw.ts";

const pin = "739158";
const wrongPin = "846205";
let mortal: MortalCountry;
const country = (): RunningCountry => mortal.alive;

before(async () => {
  mortal = await startMortalCountry();
});
after(async () => {
  const heard = complaints(country().output());
  await mortal.remove();
  assert.deepEqual(heard, []);
});

async function newHolder(visitor = createVisitor()): Promise<Person> {
  const person = await newPerson(country());
  await getKey(country(), visitor, person, pin);
  return person;
}

/** What the form at the end of this address would send, by hand: to be sent many times, or by another. */
function posting(visitor: Visitor, ending: string, fields: Readonly<Record<string, string>>, cookie = cookieOf(visitor)) {
  const form = formTo(visitor, ending);
  const body = new URLSearchParams({ csrf: markOf(form), ...fields }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie };
  const { pathname } = new URL(form.action, visitor.page.url);
  return () => send(country().url, { method: "POST", path: pathname, headers, body });
}

/** Of another page of the sign-in whose code is asked for. */
const pathOf = ({ page }: Visitor, other: string) => new URL(page.url).pathname.replace(/\/code$/, other && `/${other}`);

const times = <Result>(count: number, work: (at: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));
const fifty = 50;

test("fifty wrong PINs at once, from ten browsers, buy three tries and close the strangers' lane, not the owner's", async () => {
  const owner = createVisitor();
  const person = await newHolder(owner);
  const strangers = await times(10, async () => {
    const visitor = createVisitor();
    await startSession(country(), visitor);
    return posting(visitor, "/identify", { phone: person.phone, pin: wrongPin });
  });
  const answers = await times(fifty, (at) => strangers[at % 10]?.() ?? Promise.reject(new Error("no such stranger")));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([422]));
  const late = createVisitor();
  await identify(country(), late, person.phone, pin);
  assert.equal(late.page.refusal, "sign-in.refused", "the lane waits, also for the right PIN");
  // Signed out at the portal and with us: nothing but the browser's mark is left to know the owner by.
  await owner.go(country().demoPortal);
  await owner.submit({});
  await owner.submit({ code: await identifyAndGetCode(country(), owner, person.phone, pin) });
  assert.equal(owner.page.name, "sign-in-consent", owner.page.text);
});

test("the count of fifty wrong PINs at once is three, and a death does not take it back", async () => {
  const person = await newHolder();
  const visitor = createVisitor();
  await startSession(country(), visitor);
  await times(fifty, posting(visitor, "/identify", { phone: person.phone, pin: wrongPin }));
  assert.equal(livingKeyOf(await mortal.dieAndRise(), person.civilId)?.strangerFailures, 3);
});

test("fifty right codes at once make one session", async () => {
  const person = await newHolder();
  const visitor = createVisitor();
  const code = await identifyAndGetCode(country(), visitor, person.phone, pin);
  const answers = await times(fifty, posting(visitor, "/code", { code }));
  assert.ok(answers.every(({ status }) => status < 500));
  const sessions = new Set(
    answers.flatMap(({ headers }) => headers["set-cookie"] ?? []).filter((cookie) => cookie.startsWith("signed_in=")),
  );
  assert.equal(sessions.size, 1);
  const [opened = ""] = sessions;
  const cookie = `${cookieOf(visitor)}; ${opened.split(";", 1)[0] ?? ""}`;
  const page = await send(country().url, { path: pathOf(visitor, "consent"), headers: { cookie } });
  assert.match(page.text, /data-page="sign-in-consent"/);
});

test("fifty right codes at once make one key and one letter", async () => {
  const person = await newPerson(country());
  const visitor = createVisitor();
  await reachContact(country(), visitor, person);
  const code = await giveContact(country(), visitor, person.phone);
  const answers = await times(fifty, posting(visitor, "/code", { code }));
  assert.ok(answers.every(({ status }) => status < 500));
  await visitor.go(`${country().url}/activate/tax-authority/done`);
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
  await temporaryPin(country(), person);
  assert.equal((await letters(country(), person)).length, 1);
});

test("guessing codes ends after three, fifty at once or not, and locks the key", async () => {
  const person = await newHolder();
  const visitor = createVisitor();
  const code = await identifyAndGetCode(country(), visitor, person.phone, pin);
  const wrong = code === "000000" ? "000001" : "000000";
  const answers = await times(fifty, posting(visitor, "/code", { code: wrong }));
  assert.ok(answers.every(({ status }) => status >= 400 && status < 500));
  const right = await posting(visitor, "/code", { code })();
  assert.equal(right.status, 403, right.text);
  const later = createVisitor();
  await identify(country(), later, person.phone, pin);
  assert.equal(later.page.refusal, "sign-in.refused");
});

/** To the portal's own address, with the code in it, which the portal does not redeem: it never sent this visitor. */
async function getAuthorizationCode(visitor: Visitor, person: Person) {
  const own = await openPortalKey(join(mortal.place.folder, "data", "sandbox"));
  const portal = createRelyingParty({
    issuer: country().url,
    clientId: "demo-portal",
    authentication: own.authentication,
    redirectUri: `${country().demoPortal}/callback`,
    postLogoutRedirectUri: `${country().demoPortal}/`,
    scope: "openid profile tax_number",
  });
  const { url, attempt } = await portal.begin("pt");
  await visitor.go(url);
  if (visitor.page.name === "sign-in-identify") await proveTo(visitor, person);
  assert.equal(visitor.page.name, "sign-in-consent", visitor.page.text);
  await visitor.submit({ decision: "authorise" });
  return { redeem: () => portal.finish(new URL(visitor.page.url), attempt), returned: new URL(visitor.page.url) };
}

async function proveTo(visitor: Visitor, { phone }: Person): Promise<void> {
  const seen = await smsSeen(country(), phone);
  await visitor.submit({ phone, pin });
  await visitor.submit({ code: codeIn(await nextSms(country(), phone, seen)) });
}

test("of twenty redemptions of one authorization code at most one succeeds, and none afterwards", async () => {
  const [visitor, person] = [createVisitor(), await newHolder()];
  const { redeem } = await getAuthorizationCode(visitor, person);
  const outcomes = await times(20, () => redeem().catch(() => ({ outcome: "failed" as const })));
  assert.ok(
    outcomes.filter(({ outcome }) => outcome === "signed-in").length <= 1,
    JSON.stringify(outcomes.map(({ outcome }) => outcome)),
  );
  assert.deepEqual(await redeem(), { outcome: "refused", error: "invalid_grant" });
  const { redeem: once } = await getAuthorizationCode(createVisitor(), person);
  assert.equal((await once()).outcome, "signed-in");
});

test("a sign-in belongs to the browser that began it, at every step", async () => {
  const [victim, thief] = [createVisitor(), createVisitor()];
  const person = await newHolder();
  await startSession(country(), thief);
  const mark = markOf(formTo(thief, "/identify"));
  const steal = async (fields: Readonly<Record<string, string>>) => {
    await thief.go(victim.page.url);
    assert.equal(thief.page.refusal, "sign-in.gone");
    const { pathname } = new URL(victim.page.url);
    const headers = { "content-type": "application/x-www-form-urlencoded", cookie: cookieOf(thief) };
    const answer = await send(country().url, {
      method: "POST",
      path: pathname,
      headers,
      body: new URLSearchParams({ csrf: mark, ...fields }).toString(),
    });
    assert.equal(answer.status, 410, answer.text);
  };
  await startSession(country(), victim);
  await steal({ phone: person.phone, pin });
  const code = await identifyAndGetCode(country(), victim, person.phone, pin);
  await steal({ code });
  await victim.submit({ code });
  await steal({ decision: "authorise" });
  await victim.submit({ decision: "authorise" });
  assert.equal(victim.page.name, "portal-signed-in");
});

test("a session planted before signing in is worth nothing after, and the consent needs the new one", async () => {
  const visitor = createVisitor();
  const person = await newHolder();
  const planted = "A".repeat(43);
  const code = await identifyAndGetCode(country(), visitor, person.phone, pin);
  const confirmed = await posting(visitor, "/code", { code }, `${cookieOf(visitor)}; signed_in=${planted}`)();
  const given = confirmed.headers["set-cookie"]?.find((cookie) => cookie.startsWith("signed_in="));
  assert.ok(given && !given.includes(planted));
  assert.match(given, /^signed_in=[\w-]{43}; .*HttpOnly.*SameSite=Lax/i);
  const csrf = markOf(formTo(visitor, "/code"));
  for (const cookie of [cookieOf(visitor), `${cookieOf(visitor)}; signed_in=${planted}`]) {
    const seen = await send(country().url, { path: pathOf(visitor, ""), headers: { cookie } });
    assert.match(seen.text, /data-page="sign-in-gone"/, "nor is anything shown of the person");
    const headers = { "content-type": "application/x-www-form-urlencoded", cookie };
    const body = new URLSearchParams({ csrf, decision: "authorise" }).toString();
    const answer = await send(country().url, { method: "POST", path: pathOf(visitor, "consent"), headers, body });
    assert.equal(answer.status, 410, answer.text);
  }
  // A second proof in the same browser ends the first one's session.
  const [again, first] = [createVisitor(), createVisitor()];
  await first.submit({ code: await identifyAndGetCode(country(), first, person.phone, pin) });
  const before = first.cookie("signed_in");
  await again.submit({ code: await identifyAndGetCode(country(), again, person.phone, pin) });
  assert.ok(before && before !== again.cookie("signed_in"));
});

test("nobody is sent to an address that no portal registered", async () => {
  const [visitor, evil] = [createVisitor(), "https://evil.example/"];
  const host = new URL(country().demoPortal).host;
  const lookalikes = [
    evil,
    `${country().demoPortal}/callback/../../evil`,
    `${country().demoPortal}.evil.example/callback`,
    `http://${host}@evil.example/callback`,
    `${country().demoPortal}/callback?x=1`,
    `${country().demoPortal}/callback#x`,
    "javascript:alert(1)",
    `//${host}/callback`,
  ];
  const common = {
    client_id: "demo-portal",
    response_type: "code",
    scope: "openid",
    code_challenge: "a".repeat(43),
    code_challenge_method: "S256",
  };
  for (const redirect_uri of lookalikes) {
    const query = new URLSearchParams({ ...common, redirect_uri });
    const answer = await send(country().url, { path: `/oidc/authorize?${query.toString()}` });
    assert.equal(answer.status, 400, redirect_uri);
    assert.equal(answer.headers.location, undefined);
  }
  for (const post_logout_redirect_uri of lookalikes) {
    const query = new URLSearchParams({ client_id: "demo-portal", post_logout_redirect_uri });
    const answer = await send(country().url, { path: `/oidc/logout?${query.toString()}` });
    assert.equal(answer.status, 400, post_logout_redirect_uri);
  }
  await startSession(country(), visitor);
  assert.doesNotMatch(visitor.page.text, /evil\.example/);
});

/** Each page of the story and each kind of refusal, as its answer came. */
async function everyPage(): Promise<readonly (readonly [string, Answer])[]> {
  const pages: [string, Answer][] = [];
  const look = async (path: string, cookie = "") => {
    pages.push([path.replace(/[\w-]{43}/g, "..."), await send(country().url, { path, headers: { cookie } })]);
  };
  const here = (visitor: Visitor) => look(new URL(visitor.page.url).pathname, cookieOf(visitor));
  for (const path of [
    "/",
    "/help",
    "/activate",
    "/activate/tax-authority",
    "/activate/citizen-card",
    "/activate/desk",
    "/activate/refused/key.exists",
    "/nowhere",
    "/sign-in/nobody",
  ])
    await look(path);
  for (const path of ["/oidc/authorize", "/oidc/logout", "/oidc/logout?client_id=nobody", "/oidc/interaction/nobody"])
    await look(path);
  const [visitor, person] = [createVisitor(), await newPerson(country())];
  await reachContact(country(), visitor, person);
  await here(visitor);
  const code = await giveContact(country(), visitor, person.phone);
  await here(visitor);
  await visitor.submit({ code });
  await here(visitor);
  const temporary = await temporaryPin(country(), person);
  await startSession(country(), visitor);
  await here(visitor);
  const signInCode = await identifyAndGetCode(country(), visitor, person.phone, temporary);
  await here(visitor);
  await visitor.submit({ code: signInCode });
  await here(visitor);
  await visitor.submit({ pin_new: pin, pin_repeat: pin });
  await here(visitor);
  return pages;
}

test("no page can be framed, none runs a script of its own lines, and no cookie can be read by one", async () => {
  const pages = await everyPage();
  assert.ok(pages.length >= 20);
  for (const [path, { status, headers, text }] of pages) {
    const told = `${path} (${String(status)})`;
    const policy = String(headers["content-security-policy"]);
    assert.match(text, /<main /, told);
    assert.match(policy, /default-src 'none'/, told);
    assert.match(policy, /frame-ancestors 'none'/, told);
    assert.match(policy, /base-uri 'none'/, told);
    assert.doesNotMatch(policy, /unsafe|\*|data:(?!;)(?<!img-src 'self' data:)/, told);
    assert.equal(headers["x-content-type-options"], "nosniff", told);
    assert.equal(headers["cache-control"], "no-store", told);
    assert.match(String(headers["referrer-policy"]), /^(same-origin|no-referrer)$/, told);
    assert.equal(headers["x-powered-by"] ?? headers.server, undefined, told);
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc="\/assets\/)|\son\w+=|\sstyle=|javascript:/i, told);
    for (const cookie of headers["set-cookie"] ?? [])
      assert.match(cookie, /; *httponly/i, `${told}: ${cookie.split("=", 1)[0] ?? ""}`);
    for (const cookie of headers["set-cookie"] ?? []) assert.match(cookie, /; *samesite=(lax|strict)/i, told);
  }
});

const rounds = 12;

test("unknown, wrong, waiting and locked look the same, say the same, and take the same time", async (t) => {
  // Twelve rounds of wrong PINs, of which each key stands two before its lane waits.
  const wrong = await times(rounds / 2, () => newHolder());
  const [waiting, locked] = [await newHolder(), await newHolder()];
  const stranger = createVisitor();
  await startSession(country(), stranger);
  await times(3, posting(stranger, "/identify", { phone: waiting.phone, pin: wrongPin }));
  const guesser = createVisitor();
  const code = await identifyAndGetCode(country(), guesser, locked.phone, pin);
  for (let tries = 0; tries < 3; tries++) await posting(guesser, "/code", { code: code === "000000" ? "000001" : "000000" })();

  const unknown = "+351969999999";
  const kinds: Readonly<Record<string, (round: number) => { phone: string; pin: string }>> = {
    unknown: () => ({ phone: unknown, pin }),
    wrong: (round) => ({ phone: wrong[Math.floor(round / 2)]?.phone ?? "", pin: wrongPin }),
    waiting: () => ({ phone: waiting.phone, pin }),
    locked: () => ({ phone: locked.phone, pin }),
  };
  const spent = new Map<string, number[]>();
  const seen = new Map<string, Set<string>>();
  for (let round = 0; round < rounds; round++) {
    for (const [kind, given] of Object.entries(kinds)) {
      const visitor = createVisitor();
      await startSession(country(), visitor);
      const post = posting(visitor, "/identify", given(round));
      const began = performance.now();
      const answer = await post();
      spent.set(kind, [...(spent.get(kind) ?? []), performance.now() - began]);
      seen.set(kind, (seen.get(kind) ?? new Set()).add(masked(answer, given(round).phone)));
    }
  }
  const looks = new Set([...seen.values()].flatMap((one) => [...one]));
  assert.equal(looks.size, 1, [...looks].join("\n====\n"));
  const quartiles = [...spent].map(([kind, list]) => [kind, quartileOf(list)] as const);
  t.diagnostic(quartiles.map(([kind, ms]) => `${kind} ${ms.toFixed(1)} ms`).join(", "));
  const all = quartiles.reduce((sum, [, ms]) => sum + ms, 0) / quartiles.length;
  // An answer without the slow hash would take a third of it; a busy machine wavers by less than this.
  for (const [kind, ms] of quartiles)
    assert.ok(Math.abs(ms - all) < Math.max(0.35 * all, 8), `${kind}: ${ms.toFixed(1)} of ${all.toFixed(1)} ms`);
});

/** Only what must differ is taken out: the sign-in's name, the form's mark, the number as it was typed. */
function masked({ status, headers, text }: Answer, phone: string): string {
  const { date: _date, "x-request-id": _id, ...kept } = headers;
  const plain = text
    .replaceAll(/[\w-]{43}/g, "[id]")
    .replaceAll(phone, "[phone]")
    .replaceAll(phone.replace("+", "&#43;"), "[phone]");
  return `${String(status)}\n${JSON.stringify(kept)}\n${plain.replaceAll(/\d{4}-\d{4}/g, "[reference]")}`;
}

/** Not the median: what else this machine does at the moment only ever adds. */
function quartileOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
}
