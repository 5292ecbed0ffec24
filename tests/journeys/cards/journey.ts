/** The product's pages as a person with a card goes through them, whichever way the card is read. */
import assert from "node:assert/strict";
import { pageName, press, type Camera, type Page } from "../browser.ts";
import { codeIn, nextSms, smsSeen, type Person, type RunningCountry } from "../country.ts";

export interface CardHolder extends Person {
  readonly cardPin: string;
}

export interface Journey {
  readonly country: RunningCountry;
  readonly person: CardHolder;
  readonly page: Page;
  readonly shoot: Camera;
}

const submit = "main form button[type=submit], main form button:not([type])";
/** Of the key that the card makes. */
export const KEY_PIN = "739158";

export async function expectPage(page: Page, name: string): Promise<void> {
  assert.equal(await pageName(page), name, `${page.url()}\n${await page.locator("body").innerText()}`);
}

async function codeAfter({ country, person }: Journey, act: () => Promise<void>): Promise<string> {
  const seen = await smsSeen(country, person.phone);
  await act();
  return codeIn(await nextSms(country, person.phone, seen));
}

/** From the three ways to activate to the page that reads the card. */
export async function goToReader({ country, page, shoot }: Journey): Promise<void> {
  await page.goto(`${country.url}/activate`);
  await page.locator("main a[href*='/activate/citizen-card']").first().click();
  await expectPage(page, "activate-citizen-card");
  await shoot(page, "before-you-start");
  await press(page, submit);
  await expectPage(page, "activation-reader");
  await shoot(page, "reader");
}

/** From what was read to the page that says the key is ready. */
export async function finishActivation(journey: Journey): Promise<void> {
  const { page, person, shoot } = journey;
  await expectPage(page, "activation-consent");
  assert.match(await page.locator("main").innerText(), new RegExp(person.name));
  await shoot(page, "consent");
  await press(page, "button[name=decision][value=authorise]");
  await expectPage(page, "activation-contact");
  await shoot(page, "contact");
  await page.fill("[name=phone]", person.phone);
  for (const name of ["pin_new", "pin_repeat"]) await page.fill(`[name=${name}]`, KEY_PIN);
  const code = await codeAfter(journey, () => press(page, submit));
  await expectPage(page, "activation-code");
  await shoot(page, "code");
  await page.fill("[name=code]", code);
  await press(page, submit);
  await expectPage(page, "activation-done");
  await shoot(page, "done");
}

/** The key is active when it opens a portal. */
export async function signInWithKey(journey: Journey): Promise<void> {
  const { page, country, person } = journey;
  await page.goto(country.demoPortal);
  await press(page, submit);
  await expectPage(page, "sign-in-identify");
  await page.fill("[name=phone]", person.phone);
  await page.fill("[name=pin]", KEY_PIN);
  const code = await codeAfter(journey, () => press(page, "main form:has([name=pin]) button:not([type=button])"));
  await page.fill("[name=code]", code);
  await press(page, submit);
  await expectPage(page, "sign-in-consent");
  await press(page, "button[name=decision][value=authorise]");
  await expectPage(page, "portal-signed-in");
  assert.match(await page.locator("main").innerText(), new RegExp(person.taxNumber));
}

/** At the virtual reader, which the page shows in a dialog. */
export const readerOf = (page: Page) => page.frameLocator("dialog iframe");

export async function typeAtReader(page: Page, { civilId }: Pick<Person, "civilId">, pin: string): Promise<void> {
  await readerOf(page).locator("#card").selectOption(civilId);
  await readerOf(page).locator("#pin").fill(pin);
  await readerOf(page).locator("button[value=sign]").click();
}

/** From the portal that asks the highest level to the page that reads the card. */
export async function goToSignInReader({ country, page, shoot }: Journey): Promise<void> {
  await page.goto(country.demoPortal);
  await shoot(page, "portal");
  await page.locator("main a[href*='level=4']").click();
  await expectPage(page, "sign-in-card");
  await shoot(page, "reader");
}

/** From what the portal asks about the card's holder to the portal that lets them in. */
export async function finishSignIn({ page, person, shoot }: Journey): Promise<void> {
  await expectPage(page, "sign-in-consent");
  assert.match(await page.locator("main").innerText(), new RegExp(person.name));
  await shoot(page, "consent");
  await press(page, "button[name=decision][value=authorise]");
  await expectPage(page, "portal-signed-in");
  const told = await page.locator("main").innerText();
  for (const expected of [person.taxNumber, "LoA/high"]) assert.ok(told.includes(expected), told);
  await shoot(page, "signed-in");
}
