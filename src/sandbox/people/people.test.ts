import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { createPeople, createPeopleRoutes, type People, type SamplePerson } from "./index.ts";
import { cardNumber, civilCheckDigit, isCardNumber, isTaxNumber, taxNumber } from "./numbers.ts";

const NOW = new Date("2026-11-22T10:00:00Z");
const makeFolder = () => mkdtempSync(join(tmpdir(), "people-"));
const open = (shelfFolder = makeFolder(), now = NOW): People => createPeople({ clock: { now: () => now }, shelfFolder });

test("the numbers' check digits are those of the published examples", () => {
  assert.equal(taxNumber("12345678"), "123456789");
  assert.ok(isTaxNumber("501964843"));
  assert.ok(!isTaxNumber("501964842"));
  assert.equal(cardNumber("00000000", "ZZ"), "000000000ZZ4");
  assert.ok(!isCardNumber("000000000ZZ5"));
});

test("every sample person's numbers are valid, and no two people share one", () => {
  const people = open().all();
  for (const key of ["civilId", "taxNumber", "phone", "email"] as const) {
    const values = people.map((person) => person[key]).filter((value) => value !== null);
    assert.equal(new Set(values).size, values.length, key);
  }
  for (const { civilId, taxNumber: tax, phone, document } of people) {
    assert.match(civilId, /^\d{8}$/);
    assert.ok(tax === null || isTaxNumber(tax), tax ?? "");
    if (document.kind === "CC")
      assert.ok(isCardNumber(document.number) && document.number.startsWith(civilId + civilCheckDigit(civilId)));
    if (document.kind === "BI") assert.equal(document.number, civilId + civilCheckDigit(civilId));
    const read = parsePhoneNumberFromString(phone);
    assert.ok(read?.isValid() && read.getType() === "MOBILE", phone);
  }
  assert.equal(people.filter(({ phone }) => !phone.startsWith("+3519")).length, 1);
});

test("the sample people cover what the product must show", () => {
  const people = open().all();
  const some = (wanted: (person: (typeof people)[number]) => boolean) => assert.ok(people.some(wanted), String(wanted));
  some(({ document, deceased }) => document.kind === "CC" && document.expires > "2027" && !document.cancelled && !deceased);
  some(({ document }) => document.kind === "CC" && document.expires < "2026-11-22");
  some(({ document }) => document.kind === "CC" && document.cancelled);
  some(({ document }) => document.kind === "BI");
  some(({ document, taxNumber: tax }) => document.kind === "PAS" && tax === null);
  some(({ document, taxNumber: tax }) => document.kind === "TR" && tax === null);
  some(({ document, taxNumber: tax }) => document.kind === "TR" && tax !== null);
  some(({ document }) => document.kind === "CR");
  some(({ birthDate }) => birthDate > "2010-11-22" && birthDate <= "2011-11-22");
  some(({ address }) => address.since === "2026-11-15");
  some(({ note }) => note.includes("activated by citizen card"));
  some(({ note }) => note.includes("activated through the tax authority"));
  some(({ note, document }) => note.includes("locked") && document.kind === "CC" && document.expires > "2027");
});

test("sample people stay as they were when the sandbox is opened again on a later day", () => {
  const folder = makeFolder();
  const first = open(folder).all();
  assert.deepEqual(open(folder, new Date("2028-01-01T00:00:00Z")).all(), first);
});

test("people can be found by each of their numbers", () => {
  const people = open();
  const made = people.make({});
  assert.equal(people.findByCivilId("10000101")?.taxNumber, "200001019");
  assert.equal(people.findByTaxNumber("200001019")?.civilId, "10000101");
  assert.equal(people.findByPhone(made.phone)?.civilId, made.civilId);
  assert.equal(people.findByCivilId("00000000"), undefined);
});

async function post(people: People, body: string): Promise<{ status: number; person: SamplePerson }> {
  const answer = await createPeopleRoutes(people).request("/people", { method: "POST", body });
  return { status: answer.status, person: (await answer.json()) as SamplePerson };
}

test("POST /people makes a national adult with a citizen card, a phone and a tax account, kept over a restart", async () => {
  const folder = makeFolder();
  const { status, person } = await post(open(folder), "");
  assert.equal(status, 201);
  assert.equal(person.nationality, "PT");
  assert.ok(isCardNumber(person.document.number) && person.document.expires > "2027");
  assert.ok(person.taxNumber !== null && isTaxNumber(person.taxNumber) && person.taxPassword !== null);
  assert.ok(parsePhoneNumberFromString(person.phone)?.getType() === "MOBILE");
  const reopened = open(folder);
  assert.equal(reopened.findByCivilId(person.civilId)?.phone, person.phone);
  assert.notEqual(reopened.make({}).civilId, person.civilId);
});

test("POST /people makes whom it is asked for and answers 400 to what it does not understand", async () => {
  const people = open();
  const { person } = await post(people, `{"document":"TR","age":17,"nationality":"BR","phone":"+5511961234567"}`);
  assert.deepEqual([person.document.kind, person.nationality, person.phone], ["TR", "BR", "+5511961234567"]);
  assert.equal(person.birthDate, "2009-10-13");
  for (const bad of ["{", `{"document":"DL"}`, `{"age":-1}`, `{"age":1.5}`, `{"phone":"912345678"}`, `{"shoe":43}`, "[]"]) {
    assert.equal((await post(people, bad)).status, 400, bad);
  }
});

test("GET /people has exactly the promised fields", async () => {
  const answer = await createPeopleRoutes(open()).request("/people");
  const [first] = (await answer.json()) as SamplePerson[];
  assert.ok(first);
  const fields = "address birthDate cardPin civilId document email name nationality note phone taxNumber taxPassword";
  assert.equal(Object.keys(first).sort().join(" "), fields);
  assert.equal(Object.keys(first.document).sort().join(" "), "expires kind number");
});
