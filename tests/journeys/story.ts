/** The main story's steps by plain HTTP, for journeys that need to be somewhere in it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeIn, hubJson, nextSms, smsSeen } from "./country.ts";
import type { Person, RunningCountry } from "./country.ts";
import type { Visitor } from "./visitor.ts";

export interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly pdf: string;
}

/** From the choice of ways to the contact form: signed in at the tax authority, number and name authorised. */
export async function reachContact(country: RunningCountry, visitor: Visitor, person: Person): Promise<void> {
  await visitor.go(`${country.url}/activate`);
  await visitor.go(`${country.url}/activate/tax-authority`);
  await visitor.submit({});
  await visitor.submit({ tax_number: person.taxNumber, password: person.taxPassword });
  await visitor.submit({ decision: "authorise" });
}

/** Gives the phone and answers with the code that was sent there. */
export async function giveContact(
  country: RunningCountry,
  visitor: Visitor,
  phone: string,
  fields: object = {},
): Promise<string> {
  const seen = await smsSeen(country, phone);
  await visitor.submit({ phone, consent: "yes", ...fields });
  assert.equal(visitor.page.name, "activation-code", visitor.page.text);
  return codeIn(await nextSms(country, phone, seen));
}

export async function activate(country: RunningCountry, visitor: Visitor, person: Person): Promise<void> {
  await reachContact(country, visitor, person);
  assert.equal(visitor.page.name, "activation-contact", visitor.page.text);
  await visitor.submit({ code: await giveContact(country, visitor, person.phone) });
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
}

export async function letters(country: RunningCountry, person: Person): Promise<Letter[]> {
  return hubJson<Letter[]>(country, `/letterboxes/${person.civilId}/letters`);
}

/** The words of a letter, as its reader sees them. */
export async function readLetter(country: RunningCountry, { pdf }: Letter): Promise<string> {
  const response = await fetch(country.hub + pdf);
  const folder = mkdtempSync(join(tmpdir(), "chave-letter-"));
  const file = join(folder, "letter.pdf");
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  const text = execFileSync("pdftotext", ["-layout", file, "-"]).toString();
  rmSync(folder, { recursive: true });
  return text;
}

export async function temporaryPin(country: RunningCountry, person: Person): Promise<string> {
  await hubJson(country, "/post-office/deliver", {});
  const [letter] = await letters(country, person);
  assert.ok(letter, "no letter came");
  const pin = /(?<!\d)\d{8}(?!\d)/.exec((await readLetter(country, letter)).replace(person.civilId, ""))?.[0];
  assert.ok(pin, "the letter holds no temporary PIN");
  return pin;
}

/** At the demo portal, up to the page that follows phone and PIN. */
export async function identify(country: RunningCountry, visitor: Visitor, phone: string, pin: string): Promise<void> {
  await startSession(country, visitor);
  await visitor.submit({ phone, pin });
}

export async function startSession(country: RunningCountry, visitor: Visitor): Promise<void> {
  await visitor.go(country.demoPortal);
  await visitor.submit({});
  assert.equal(visitor.page.name, "sign-in-identify", visitor.page.text);
}

/** Gives phone and PIN, and answers with the code. */
export async function identifyAndGetCode(
  country: RunningCountry,
  visitor: Visitor,
  phone: string,
  pin: string,
): Promise<string> {
  await startSession(country, visitor);
  const seen = await smsSeen(country, phone);
  await visitor.submit({ phone, pin });
  assert.equal(visitor.page.name, "sign-in-code", visitor.page.text);
  return codeIn(await nextSms(country, phone, seen));
}

/** The first sign-in: the temporary PIN is replaced before the portal hears anything. */
export async function firstSignIn(
  country: RunningCountry,
  visitor: Visitor,
  person: Person,
  temporary: string,
  pin: string,
): Promise<void> {
  await visitor.submit({ code: await identifyAndGetCode(country, visitor, person.phone, temporary) });
  assert.equal(visitor.page.name, "sign-in-new-pin", visitor.page.text);
  await visitor.submit({ pin_new: pin, pin_repeat: pin });
  assert.equal(visitor.page.name, "sign-in-consent", visitor.page.text);
  await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "portal-signed-in", visitor.page.text);
}

/** A person with a working key, who has signed in once in this browser. */
export async function getKey(country: RunningCountry, visitor: Visitor, person: Person, pin: string): Promise<void> {
  await activate(country, visitor, person);
  await firstSignIn(country, visitor, person, await temporaryPin(country, person), pin);
}
