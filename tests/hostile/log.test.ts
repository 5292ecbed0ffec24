/** A whole story, mistakes included, with things in it that can be recognised again; then everything that was written down is searched. */
import assert from "node:assert/strict";
import { subscribe } from "node:diagnostics_channel";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { openRemains } from "../faults/remains.ts";
import { codeIn, findPlace, newPerson, nextSms, smsSeen, startCountry } from "../journeys/country.ts";
import type { RunningCountry } from "../journeys/country.ts";
import { giveContact, reachContact, startSession, temporaryPin } from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import type { Visitor } from "../journeys/visitor.ts";

const place = await findPlace();
let alive: RunningCountry | undefined;
after(async () => {
  await alive?.kill();
  place.remove();
});

/** Everything this process asked for, the visitor's redirects included. */
const asked: string[] = [];
subscribe("undici:request:create", (message) => {
  const { request } = message as { request: { origin: unknown; path: string } };
  asked.push(String(request.origin) + request.path);
});

const planted = { pin: "73915826", wrongPin: "84620517", email: "planted.mailbox@zimbro.example" } as const;
const secrets = new Map<string, string>([
  ["chosen PIN", planted.pin],
  ["wrong PIN", planted.wrongPin],
]);
const personal = new Map<string, string>([["e-mail", planted.email]]);
const outputs: string[] = [];
const dumps: [moment: string, tables: ReadonlyMap<string, string>][] = [];

function rememberCookies(visitor: Visitor, moment: string): void {
  for (const name of ["session", "browser", "signed_in"]) {
    const value = visitor.cookie(name);
    if (value !== undefined) secrets.set(`${name} cookie ${moment}`, value);
  }
}

/** Killed, so that nothing is tidied up; dumped; and started again, if it is to go on. */
async function dumpAt(moment: string, country: RunningCountry): Promise<void> {
  await country.kill();
  outputs.push(country.output());
  const db = await openRemains(place);
  try {
    const tables = await db<{ name: string }>`
      select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const rows = new Map<string, string>();
    for (const { name } of tables) rows.set(name, await textOf(name));
    dumps.push([moment, rows]);
  } finally {
    await db.close();
  }

  async function textOf(table: string): Promise<string> {
    // One statement as a script has no rows; the table's name comes from the catalogue, so it may stand in the text.
    const text = Object.assign([`select t::text as line from ${table} t`], { raw: [""] });
    const lines = await db<{ line: string }>(text);
    return lines.map(({ line }) => line).join("\n");
  }
}

const start = async (settings: Readonly<Record<string, string>> = {}) =>
  (alive = await startCountry(place, { CHAVE_LOG_LEVEL: "debug", ...settings }));

test("a story is told, with every kind of mistake in it", async () => {
  // The post office cannot be reached at first: the letter waits in the database, and the failure is logged.
  let country = await start({ CHAVE_POST_URL: "http://127.0.0.1:9/post-office" });
  const [person, visitor] = [await newPerson(country), createVisitor()];
  secrets.set("tax password", person.taxPassword);
  const { name, phone, taxNumber, civilId } = person;
  for (const [what, value] of Object.entries({
    name,
    phone,
    "phone without prefix": phone.replace("+351", ""),
    taxNumber,
    civilId,
  }))
    personal.set(what, value);

  await reachContact(country, visitor, person);
  await visitor.submit({ phone: planted.pin, email: planted.email, consent: "yes" });
  assert.equal(visitor.page.name, "activation-contact");
  const code = await giveContact(country, visitor, phone, { email: planted.email });
  secrets.set("activation code", code);
  rememberCookies(visitor, "of the activation");
  await dumpAt("while the code is on its way", country);

  country = await start({ CHAVE_POST_URL: "http://127.0.0.1:9/post-office" });
  await visitor.submit({ code });
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
  await dumpAt("while the letter waits for the post", country);

  country = await start();
  await fetch(`${country.hub}/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"advance":"PT2H"}',
  });
  const temporary = await temporaryPin(country, person);
  secrets.set("temporary PIN", temporary);
  await startSession(country, visitor);
  await visitor.submit({ phone, pin: planted.wrongPin });
  await visitor.submit({ phone: planted.wrongPin, pin: phone });
  const seen = await smsSeen(country, phone);
  await visitor.submit({ phone, pin: temporary });
  const signInCode = codeIn(await nextSms(country, phone, seen));
  secrets.set("sign-in code", signInCode);
  const wrongCode = signInCode === "271828" ? "271829" : "271828";
  secrets.set("wrong code", wrongCode);
  await visitor.submit({ code: wrongCode });
  await visitor.submit({ code: signInCode });
  await visitor.submit({ pin_new: "12345678", pin_repeat: "12345678" });
  await visitor.submit({ pin_new: planted.pin, pin_repeat: planted.pin });
  assert.equal(visitor.page.name, "sign-in-consent", visitor.page.text);
  rememberCookies(visitor, "of the sign-in");
  await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "portal-signed-in", visitor.page.text);
  for (const url of asked) {
    const authorization = /\/callback\?(?:.*&)?code=([^&]+)/.exec(url)?.[1];
    if (authorization !== undefined) secrets.set("authorization code", decodeURIComponent(authorization));
  }
  assert.match(secrets.get("authorization code") ?? "", /^[\w.~-]{40,}$/);
  await dumpAt("in the end", country);
});

/** As a word of its own, and as the hex in which a database shows bytes. */
function findIn(text: string, wanted: ReadonlyMap<string, string>): string[] {
  return [...wanted].filter(([, value]) => holds(text, value)).map(([what]) => what);
}

function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const [before = "", next = ""] = [text[at - 1], text[at + value.length]];
    if (!/\w/.test(before) && !/\w/.test(next)) return true;
  }
  return text.includes(Buffer.from(value).toString("hex"));
}

test("the search finds what is there", () => {
  assert.deepEqual(findIn('{"a":"73915826"}', secrets), ["chosen PIN"]);
  assert.deepEqual(findIn(`(1,"\\\\x${Buffer.from(planted.pin).toString("hex")}")`, secrets), ["chosen PIN"]);
  assert.deepEqual(findIn("1739158261", secrets), []);
  const [, last] = dumps.at(-1) ?? [];
  assert.ok(
    holds([...(last ?? new Map<string, string>()).values()].join("\n"), personal.get("taxNumber") ?? "?"),
    "the dump does hold the person",
  );
});

test("nothing written to the output at level debug tells a secret, or who somebody is", () => {
  const all = outputs.join("\n");
  assert.match(all, /"level":20|"level":30/);
  assert.deepEqual(findIn(all, secrets), []);
  assert.deepEqual(findIn(all, personal), []);
});

test("no row of any table holds a secret, at any moment of the story", () => {
  assert.equal(dumps.length, 3);
  for (const [moment, tables] of dumps) {
    assert.ok(tables.size > 10, [...tables.keys()].join(" "));
    for (const [table, text] of tables) assert.deepEqual(findIn(text, secrets), [], `${table} ${moment}`);
  }
});

test("what waits to be sent is sealed: no message, letter or form can be read in the tables", () => {
  const open = /^(citizens\.citizen|mobile_keys\.key)$/;
  for (const [moment, tables] of dumps) {
    for (const [table, text] of tables)
      if (!open.test(table)) assert.deepEqual(findIn(text, personal), [], `${table} ${moment}`);
  }
});

test(
  "nor do the embedded database's own files, with all that was overwritten and logged ahead",
  { skip: place.databaseUrl !== undefined },
  () => {
    const long = [...secrets].filter(([, value]) => value.length >= 8);
    const folder = join(place.folder, "data", "database");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = readFile(join(folder, name));
      for (const [what, value] of long) assert.ok(!file.includes(value), `${what} in ${name}`);
    }
  },
);

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // A folder.
  }
}

test("no address that was asked for holds a secret or says who somebody is", () => {
  const { portBase } = place;
  const ours = asked.filter((url) =>
    [0, 11, 12].some((offset) => url.startsWith(`http://localhost:${String(portBase + offset)}/`)),
  );
  assert.ok(ours.length > 30);
  const but = new Map([...secrets].filter(([what]) => what !== "authorization code"));
  for (const url of ours) {
    const plain = decodeURIComponent(url);
    assert.deepEqual([...findIn(plain, but), ...findIn(plain, personal)], [], url);
  }
});
