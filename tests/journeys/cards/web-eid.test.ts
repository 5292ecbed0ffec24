/** A card read through Web eID and the virtual reader that the page shows, and what is left of it without scripts. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContextOptions } from "playwright-core";
import type { Language } from "#core/vocabulary";
import { openBrowser, openCamera, press, type Browser, type Page } from "../browser.ts";
import { findPlace, hubJson, newPerson, startCountry, type RunningCountry } from "../country.ts";
import { lacking } from "../../world/programs.ts";
import * as journeys from "./journey.ts";
import type { CardHolder } from "./journey.ts";
import * as unblocking from "./unblocking.ts";

const skip = lacking(["chromium"]);
const place = await findPlace();
let country: RunningCountry;
let browser: Browser | undefined;

before(async () => {
  country = await startCountry(place);
  if (!skip) browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await country.stop();
  place.remove();
});

function openPage(language: Language, width: number, options: BrowserContextOptions = {}): Promise<Page> {
  assert.ok(browser);
  const locale = language === "pt" ? "pt-PT" : "en-GB";
  return browser.newPage({ locale, viewport: { width, height: 800 }, ...options });
}

type Approach = (journey: journeys.Journey) => Promise<void>;

async function openReader(civilId: string, language: Language, width: number, approach: Approach = journeys.goToReader) {
  const person = (await hubJson<CardHolder[]>(country, "/people")).find((one) => one.civilId === civilId);
  assert.ok(person);
  const page = await openPage(language, width);
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  const journey = { country, person, page, shoot: openCamera(`card-web-eid-${approach.name}-${language}-${width}`) };
  await approach(journey);
  await page.locator("form[data-web-eid] button").click();
  await journeys.readerOf(page).locator("button[value=sign]:enabled").waitFor();
  await journey.shoot(page, "virtual-reader");
  return { ...journey, complaints };
}

/** Also when the page is left while it happens: what comes after is a page of the product's. */
const left = (page: Page) => page.waitForEvent("load");

test("through Web eID and the virtual reader, a key is activated and opens a portal", { skip }, async () => {
  const { complaints, ...journey } = await openReader("10000101", "en", 1280);
  const { page, person } = journey;
  await Promise.all([left(page), journeys.typeAtReader(page, person, person.cardPin)]);
  await journeys.finishActivation(journey);
  await journeys.signInWithKey(journey);
  assert.deepEqual(complaints, [], "the browser complained");
});

test("three wrong PINs block the card and the page says so; unblocked, the card activates a key", { skip }, async () => {
  const journey = await openReader("10000202", "pt", 360);
  const { page, person, shoot } = journey;
  const says = (text: string) => journeys.readerOf(page).locator("[role=status]").filter({ hasText: text }).waitFor();
  for (const left of ["Tentativas que restam: 2", "Tentativas que restam: 1", "bloqueado"]) {
    await journeys.typeAtReader(page, person, "99999999");
    await says(left);
    await shoot(page, "wrong-pin");
  }
  await journeys.readerOf(page).locator("#card").selectOption("");
  await journeys.typeAtReader(page, person, person.cardPin);
  await says("bloqueado");
  await Promise.all([left(page), journeys.readerOf(page).locator("button[value=close]").click()]);
  assert.equal(await page.locator("[data-refusal]").getAttribute("data-refusal"), "card.pin-blocked");
  await shoot(page, "blocked");

  await hubJson(country, `/cards/${person.civilId}`, { pin: "unblock" });
  await journeys.goToReader(journey);
  await page.locator("form[data-web-eid] button").click();
  await Promise.all([left(page), journeys.typeAtReader(page, person, person.cardPin)]);
  await journeys.finishActivation(journey);
});

for (const [language, width] of [
  ["pt", 360],
  ["en", 1280],
] as const) {
  test(
    `through Web eID and the virtual reader, a cancelled reading keeps the portal waiting, and the card then signs in (${language}, ${width} px)`,
    { skip },
    async () => {
      const { complaints, ...journey } = await openReader("10000101", language, width, journeys.goToSignInReader);
      const { page, person, shoot } = journey;
      await Promise.all([left(page), journeys.readerOf(page).locator("button[value=cancel]").click()]);
      assert.equal(await page.locator("[data-refusal]").getAttribute("data-refusal"), "card.cancelled");
      await shoot(page, "cancelled");
      await press(page, "main a.button");
      await page.locator("form[data-web-eid] button").click();
      await Promise.all([left(page), journeys.typeAtReader(page, person, person.cardPin)]);
      await journeys.finishSignIn(journey);
      // The page that says what went wrong is answered as a refusal, which the browser's console notes.
      assert.deepEqual(
        complaints.filter((text) => !text.includes("422")),
        [],
        "the browser complained",
      );
    },
  );
}

for (const [language, width] of [
  ["pt", 360],
  ["en", 1280],
] as const) {
  test(
    `through Web eID and the virtual reader, a locked key is opened from its address alone (${language}, ${width} px)`,
    { skip },
    async () => {
      const page = await openPage(language, width);
      const person = (await newPerson(country)) as CardHolder;
      const journey = { country, person, page, shoot: openCamera(`unblock-web-eid-${language}-${width}`) };
      await unblocking.activateElsewhere(journey, place);
      await unblocking.lockByWrongCodes(journey);
      await page.goto(`${country.url}/reserved-area/unblock`);
      await journeys.expectPage(page, "sign-in-card");
      await journey.shoot(page, "card");
      await page.locator("form[data-web-eid] button").click();
      await journeys.readerOf(page).locator("button[value=sign]:enabled").waitFor();
      await Promise.all([left(page), journeys.typeAtReader(page, person, person.cardPin)]);
      await unblocking.finishUnblocking(journey);
      await press(page, "main a[href='/reserved-area']");
      await unblocking.signOut(journey);
      await unblocking.goToDoor(journey);
      await unblocking.enterWithKey(journey, unblocking.NEW_PIN);
    },
  );
}

test("without JavaScript the tabs lead from key to card and back, and Web eID is not offered", { skip }, async () => {
  const page = await openPage("pt", 360, { javaScriptEnabled: false });
  const shoot = openCamera("card-no-script");
  await page.goto(`${country.demoPortal}/sign-in`);
  await journeys.expectPage(page, "sign-in-identify");
  await shoot(page, "key");
  await page.locator("nav.tabs a:not([aria-current])").click();
  await journeys.expectPage(page, "sign-in-card");
  assert.equal(await page.locator("form[data-web-eid]").isVisible(), false);
  await shoot(page, "card");
  await page.locator("nav.tabs a:not([aria-current])").click();
  await journeys.expectPage(page, "sign-in-identify");
});

test("without JavaScript, the reserved area is entered with the key and left again", { skip }, async () => {
  const page = await openPage("pt", 360, { javaScriptEnabled: false });
  const person = (await newPerson(country)) as CardHolder;
  const journey = { country, person, page, shoot: openCamera("reserved-area-no-script") };
  await unblocking.activateElsewhere(journey, place);
  await unblocking.goToDoor(journey);
  await unblocking.enterWithKey(journey, journeys.KEY_PIN);
  await unblocking.signOut(journey);
});
