/** Two processes on one database behave as one, also to somebody who asks both for the same thing at the same moment. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { PortalRegistration, Portals } from "#core/portals";
import { createPortals } from "../../src/core/portals/portals.ts";
import { openKeys } from "../../src/gateways/hsm/index.ts";
import type { MigratableDatabase } from "../../src/platform/database/database.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { printedAt } from "./remains.ts";
import { codeIn, findPlace, hubJson, newPerson, nextSms, smsSeen, startCountry } from "../journeys/country.ts";
import type { Person, Sms } from "../journeys/country.ts";
import { activate, firstSignIn, reachContact, temporaryPin } from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import type { Visitor } from "../journeys/visitor.ts";
import { until } from "../world/patience.ts";
import { silentLog, testRandom } from "../world/world.ts";
import { openTown, spawnProduct } from "./town.ts";
import type { Town } from "./town.ts";

const crowd = 50;
const pin = "739158";
/** Sample people who hold keys from the first day. */
const beatriz = { civilId: "10001111", phone: "+351920001111", pin: "582046" };
const afonso = { civilId: "10001212", phone: "+351930001212", pin: "730591" };

const isAlone = process.env["TEST_DATABASE"] !== "postgresql";
/** The embedded database is for one process. */
const together = { skip: isAlone && "runs with PostgreSQL" };

test(
  "the embedded database is for one process: a second is refused, and told why and what to do",
  { skip: !isAlone && "runs with the embedded database" },
  async (t) => {
    const place = await findPlace();
    const country = await startCountry(place);
    t.after(async () => {
      await country.stop();
      place.remove();
    });
    const second = spawnProduct(place, place.portBase + 16, { CHAVE_DATA: join(place.folder, "data") });
    let said = "";
    second.stderr?.on("data", (part: Buffer) => (said += part.toString()));
    const [code] = (await once(second, "exit")) as [number];
    assert.equal(code, 1);
    assert.match(said, /the embedded database in .* is in use by process \d+: .*DATABASE_URL/);
  },
);

interface TestPortal {
  readonly registration: PortalRegistration;
  readonly secret: string;
  /** Where it has people sent back to; what came with them. */
  readonly callbacks: URL[];
  close(): Promise<void>;
}

/** A portal that does nothing with the codes it gets. */
async function openPortal(id: string): Promise<TestPortal> {
  const callbacks: URL[] = [];
  const server = createServer((request, response) => {
    callbacks.push(new URL(request.url ?? "/", "http://portal.only"));
    response.end(`<main data-page="portal-callback"></main>`);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const home = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const secret = randomBytes(24).toString("base64url");
  const registration: PortalRegistration = {
    id,
    name: { pt: "Portal de Ensaio", en: "Test Portal" },
    homeUrl: `${home}/`,
    redirectUris: [`${home}/callback`],
    postLogoutRedirectUris: [],
    attributes: ["name"],
    minimumLevel: 2,
    authentication: { method: "client_secret_basic", secret },
  };
  return {
    registration,
    secret,
    callbacks,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const verifier = randomBytes(48).toString("base64url");

function authorizationUrl(town: Town, { registration }: TestPortal): string {
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const asked = {
    response_type: "code",
    client_id: registration.id,
    redirect_uri: registration.redirectUris[0] ?? "",
    scope: "openid profile",
  };
  const proof = { state: randomBytes(9).toString("hex"), code_challenge: challenge, code_challenge_method: "S256" };
  return `${town.country.url}/oidc/authorize?${new URLSearchParams({ ...asked, ...proof }).toString()}`;
}

/** How many of each. */
function tally<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

let town: Town;
let db: MigratableDatabase;
let portals: Portals;
let portal: TestPortal;
const closing: (() => Promise<void>)[] = [];

before(async () => {
  if (isAlone) return;
  town = await openTown();
  closing.push(() => town.close());
  db = await openDatabase({ url: town.place.databaseUrl, log: silentLog, poolSize: 2 });
  closing.push(() => db.close());
  const secrets = await openKeys({ setting: `file:${town.keysFile}`, random: testRandom });
  portals = await createPortals({ db, secrets });
  closing.push(() => portals.close());
  portal = await openPortal("test-portal");
  closing.push(() => portal.close());
  await portals.register(portal.registration);
});
after(async () => {
  for (const close of closing.toReversed()) await close();
});

const smsOf = async (phone: string) => hubJson<Sms[]>(town.country, `/phones/${encodeURIComponent(phone)}/messages`);
const codesOf = async (phone: string) => (await smsOf(phone)).filter((sms) => codeIn(sms) !== "");
const letterPrinted = (civilId: string) =>
  until("a printed letter", () => printedAt(town.place).some((letter) => letter.civilId === civilId));

async function identifyAt(visitor: Visitor, { phone, pin: right }: { phone: string; pin: string }): Promise<string> {
  await visitor.go(authorizationUrl(town, portal));
  assert.equal(visitor.page.name, "sign-in-identify", visitor.page.text);
  const seen = await smsSeen(town.country, phone);
  await visitor.submit({ phone, pin: right });
  assert.equal(visitor.page.name, "sign-in-code", visitor.page.text);
  return codeIn(await nextSms(town.country, phone, seen));
}

async function strangersLane({ civilId }: { civilId: string }): Promise<number> {
  const [row] = await db<{ failures: number }>`
    select stranger_failures as failures from mobile_keys.key join citizens.citizen on citizen.id = citizen_id
    where civil_id = ${civilId} and state = 'active'`;
  return row?.failures ?? -1;
}

async function sessionsOf({ civilId }: { civilId: string }): Promise<number> {
  const [row] = await db<{ count: number }>`
    select count(*) as count from sessions.session join citizens.citizen on citizen.id = citizen_id where civil_id = ${civilId}`;
  return row?.count ?? -1;
}

test(
  "activation, letter, first sign-in: each step is answered by the other process, and knows the one before",
  together,
  async () => {
    const asked = town.products.map((product) => product.asked());
    const [person, visitor] = [await newPerson(town.country), createVisitor()];
    await activate(town.country, visitor, person);
    await letterPrinted(person.civilId);
    const temporary = await temporaryPin(town.country, person);
    await firstSignIn(town.country, visitor, person, temporary, pin);
    for (const [index, product] of town.products.entries()) assert.ok(product.asked() - (asked[index] ?? 0) >= 10);
    assert.equal((await codesOf(person.phone)).length, 2, "one code to activate, one to sign in");
  },
);

test("with workers in both, every code and every letter goes out once", together, async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => newPerson(town.country)));
  await Promise.all(people.map((person) => activate(town.country, createVisitor(), person)));
  for (const { civilId } of people) await letterPrinted(civilId);
  for (const { phone } of people) assert.equal((await codesOf(phone)).length, 1);
  const printed = tally(printedAt(town.place).map(({ civilId }) => civilId));
  assert.deepEqual(
    people.map(({ civilId }) => printed.get(civilId)),
    people.map(() => 1),
  );
  const notices = await Promise.all(people.map(async ({ phone }) => tally((await smsOf(phone)).map(({ text }) => text))));
  assert.deepEqual(
    notices.flatMap((texts) => [...texts.values()]).filter((times) => times !== 1),
    [],
  );
});

test("fifty right codes at once open one session", together, async () => {
  const visitor = createVisitor();
  const code = await identifyAt(visitor, beatriz);
  const confirm = visitor.prepare({ code });
  const pages = await Promise.all(Array.from({ length: crowd }, confirm));
  assert.equal(await sessionsOf(beatriz), 1);
  assert.ok(pages.some(({ name }) => name === "sign-in-consent"));
  assert.deepEqual(
    pages.filter(({ status }) => status >= 500).map(({ text }) => text),
    [],
  );
  assert.equal((await visitor.go(pages.find(({ name }) => name === "sign-in-consent")?.url ?? "")).name, "sign-in-consent");
  await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "portal-callback");
});

test("fifty redemptions of one code, half at each process: one is granted", together, async () => {
  const code = portal.callbacks.at(-1)?.searchParams.get("code") ?? "";
  assert.notEqual(code, "");
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: portal.registration.redirectUris[0] ?? "",
    code_verifier: verifier,
  };
  const authorization = `Basic ${Buffer.from(`${portal.registration.id}:${portal.secret}`).toString("base64")}`;
  const redeem = async (n: number) => {
    const { url } = town.products[n % 2 === 0 ? 0 : 1];
    const answer = await fetch(`${url}/oidc/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(form),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const statuses = tally(await Promise.all(Array.from({ length: crowd }, (_, n) => redeem(n))));
  assert.deepEqual([...statuses].sort(), [
    [200, 1],
    [400, crowd - 1],
  ]);
});

test("fifty wrong PINs at once count as the law says: three, then nobody may try for a while", together, async () => {
  const visitor = createVisitor();
  await visitor.go(authorizationUrl(town, portal));
  const guess = visitor.prepare({ phone: afonso.phone, pin: "48151623" });
  const pages = await Promise.all(Array.from({ length: crowd }, guess));
  assert.deepEqual([...tally(pages.map(({ refusal }) => refusal))], [["sign-in.refused", crowd]]);
  assert.equal(await strangersLane(afonso), 3);
  const right = await visitor.prepare({ phone: afonso.phone, pin: afonso.pin })();
  assert.equal(right.refusal, "sign-in.refused", "the lane is waiting");
  assert.equal(await strangersLane(afonso), 3);
});

/** At the beginning of a window: at its edge a count begins anew, and a slow machine needs much of it. */
async function awayFromEdge(window: number): Promise<void> {
  const { now } = await hubJson<{ now: string }>(town.country, "/clock");
  const seconds = Math.ceil((window - (Date.parse(now) % window)) / 1000);
  await hubJson(town.country, "/clock", { advance: `PT${String(seconds)}S` });
}

test("a rate is one rate: of ten codes asked for one number, eight are sent", together, async () => {
  await awayFromEdge(3_600_000);
  const sentBefore = (await codesOf(beatriz.phone)).length;
  const refusals: (string | null)[] = [];
  for (let time = 0; time < 10; time++) {
    const visitor = createVisitor();
    await visitor.go(authorizationUrl(town, portal));
    refusals.push((await visitor.submit({ phone: beatriz.phone, pin: beatriz.pin })).refusal);
  }
  assert.deepEqual(
    [...tally(refusals)],
    [
      [null, 8],
      ["sms.too-many", 2],
    ],
  );
  await until("the last code", async () => (await codesOf(beatriz.phone)).length === sentBefore + 8);
});

test("who has failed too often from one address is heard by neither process any more", together, async () => {
  await awayFromEdge(600_000);
  const visitor = createVisitor();
  await visitor.go(authorizationUrl(town, portal));
  const [form] = visitor.page.forms.filter(({ names }) => names.has("pin"));
  assert.ok(form);
  const cookie = ["session", "browser", "sign_in"].map((name) => `${name}=${visitor.cookie(name) ?? ""}`).join("; ");
  const typed = { ...Object.fromEntries(form.given), phone: "+351910000001", pin: "48151623" };
  const body = new URLSearchParams(typed).toString();
  const address = new URL(form.action, visitor.page.url);
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": "198.51.100.7" };
  const tryOnce = async () => {
    const answer = await fetch(address, { method: "POST", headers, body });
    return /data-refusal="([^"]*)"/.exec(await answer.text())?.[1];
  };
  const tryThirty = async () => tally(await Promise.all(Array.from({ length: 30 }, tryOnce)));
  for (let round = 0; round < 10; round++) assert.deepEqual([...(await tryThirty())], [["sign-in.refused", 30]]);
  await tryThirty(); // Misses are counted once they are known to be: what was under way when the limit was reached is still judged.
  for (let round = 0; round < 2; round++) assert.deepEqual([...(await tryThirty())], [["address.too-many", 30]]);
});

test("a portal disabled in one process is gone in the others at once, for those who had begun too", together, async () => {
  const other = await openPortal("portal-to-close");
  await portals.register(other.registration);
  const begun = createVisitor();
  for (let time = 0; time < 4; time++) assert.equal((await begun.go(authorizationUrl(town, other))).name, "sign-in-identify");
  const { url } = begun.page;
  await portals.disable(other.registration.id);
  // Told, and not found out when what each remembers grows old: that takes a minute, in which hundreds would ask.
  let rounds = 0;
  await until("both know", async () => {
    rounds++;
    const pages = await Promise.all(Array.from({ length: 4 }, () => createVisitor().go(authorizationUrl(town, other))));
    return pages.every(({ name }) => name === "oidc-error");
  });
  assert.ok(rounds <= 20, `${String(rounds)} rounds`);
  for (let time = 0; time < 2; time++) assert.notEqual((await begun.go(url)).name, "sign-in-identify");
  await other.close();
});

test("one is killed with its hands full: the other goes on, and does what it had promised", together, async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => newPerson(town.country)));
  const visits = people.map((person) => ({ person, visitor: createVisitor() }));
  for (const { person, visitor } of visits) await reachContact(town.country, visitor, person);
  const asked = visits.map(({ person, visitor }) => visitor.submit({ phone: person.phone, consent: "yes" }));
  await Promise.race(asked);
  await town.products[1].kill();
  await Promise.all(asked);
  // What the dead one had in hand is taken up when its lease runs out.
  await hubJson(town.country, "/clock", { advance: "PT2M" });
  await Promise.all(visits.map(({ person, visitor }) => bringToItsEnd(person, visitor)));
  // Housekeeping that was cut off is not tried again: its next turn does the same.
  const dead = await db<{ kind: string }>`
    select kind from jobs.job where state = 'dead' and coalesce(key, '') not like 'slot %'`;
  assert.deepEqual(dead, []);
});

/** Whoever saw the code page was promised a code; whoever saw an error goes back and asks again. */
async function bringToItsEnd(person: Person, visitor: Visitor): Promise<void> {
  if (visitor.page.name === null) await visitor.go(`${town.country.url}/activate/tax-authority/contact`);
  if (visitor.page.name === "activation-contact") await visitor.submit({ phone: person.phone, consent: "yes" });
  assert.equal(visitor.page.name, "activation-code", visitor.page.text);
  await until(`a code for ${person.phone}`, async () => (await codesOf(person.phone)).length > 0);
  const codes = await codesOf(person.phone);
  assert.ok(codes.length <= 2, "for one death, one message more at the most");
  assert.equal(new Set(codes.map(codeIn)).size, 1);
  const [sms] = codes;
  assert.ok(sms);
  await visitor.submit({ code: codeIn(sms) });
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
  await letterPrinted(person.civilId);
  assert.equal(printedAt(town.place).filter(({ civilId }) => civilId === person.civilId).length, 1);
}
