/** The reserved area's pages as a person goes through them in a browser: in with the key or the card, and a locked key opened. */
import assert from "node:assert/strict";
import { press, type Page } from "../browser.ts";
import { byWebEid, cardOf } from "../card-in-hand.ts";
import { codeIn, hubJson, nextSms, smsSeen, type Place } from "../country.ts";
import { createVisitor } from "../visitor.ts";
import { expectPage, KEY_PIN, type Journey } from "./journey.ts";

export const NEW_PIN = "840275";
const mainButton = "main form button:not([type=button]):not(.button-quiet)";

async function codeAfter({ country, person }: Journey, act: () => Promise<unknown>): Promise<string> {
  const seen = await smsSeen(country, person.phone);
  await act();
  return codeIn(await nextSms(country, person.phone, seen));
}

/** Gets the person a key, by a client without a browser. */
export async function activateElsewhere(journey: Journey, place: Place): Promise<void> {
  const { country, person } = journey;
  const visitor = createVisitor();
  await visitor.go(`${country.url}/activate/citizen-card`);
  await visitor.submit({});
  await byWebEid(visitor, country.url, await cardOf({ country, place }, person));
  await visitor.submit({ decision: "authorise" });
  const fields = { phone: person.phone, pin_new: KEY_PIN, pin_repeat: KEY_PIN };
  await visitor.submit({ code: await codeAfter(journey, () => visitor.submit(fields)) });
  assert.equal(visitor.page.name, "activation-done", visitor.page.text);
}

export async function goToDoor({ country, page, shoot }: Journey): Promise<void> {
  await page.goto(country.url);
  await shoot(page, "home");
  await press(page, "main a[href='/reserved-area']");
  await expectPage(page, "sign-in-identify");
}

async function typeIdentity({ page, person }: Journey, pin: string): Promise<void> {
  await page.fill("[name=phone]", person.phone);
  await page.fill("[name=pin]", pin);
  await press(page, mainButton);
}

/** From the door to the reserved area, with phone, PIN and code. */
export async function enterWithKey(journey: Journey, pin: string): Promise<void> {
  const { page, shoot } = journey;
  await shoot(page, "door");
  await page.fill("[name=code]", await codeAfter(journey, () => typeIdentity(journey, pin)));
  await shoot(page, "code");
  await press(page, mainButton);
  await expectPage(page, "reserved-area");
  await shoot(page, "reserved-area");
}

export async function signOut({ page, shoot }: Journey): Promise<void> {
  await press(page, "header form button");
  await expectPage(page, "signed-out");
  await shoot(page, "signed-out");
}

/** Ten wrong PINs in a browser that is known with the key, each wait waited for. */
export async function lockByWrongPins(journey: Journey): Promise<void> {
  const { country, page, person } = journey;
  const seen = await smsSeen(country, person.phone);
  const waits: Readonly<Record<number, string>> = { 3: "PT5M", 5: "PT30M", 7: "PT2H" };
  for (let failure = 1; failure <= 10; failure++) {
    await page.goto(`${country.url}/reserved-area`);
    await typeIdentity(journey, "628053");
    assert.equal(await refusalOn(page), "sign-in.refused");
    const wait = waits[failure];
    if (wait !== undefined) await hubJson(country, "/clock", { advance: wait });
  }
  await nextSms(country, person.phone, seen, /bloqueada/);
}

/** Three wrong codes after a right PIN, and out of that sign-in. */
export async function lockByWrongCodes(journey: Journey): Promise<void> {
  const { country, page } = journey;
  await page.goto(`${country.url}/reserved-area`);
  const code = await codeAfter(journey, () => typeIdentity(journey, KEY_PIN));
  for (const _ of [1, 2, 3]) {
    await page.fill("[name=code]", code === "000000" ? "000001" : "000000");
    await press(page, mainButton);
  }
  assert.equal(await refusalOn(page), "code.used-up");
}

export const refusalOn = (page: Page) => page.locator("[data-refusal]").getAttribute("data-refusal");

/** From the reserved area, where the key is locked, to the page that says it is open. */
export async function unblock(journey: Journey): Promise<void> {
  const { page, shoot } = journey;
  await expectPage(page, "reserved-area");
  await shoot(page, "locked");
  await press(page, "main a[href='/reserved-area/unblock']");
  await finishUnblocking(journey);
}

export async function finishUnblocking(journey: Journey): Promise<void> {
  const { page, shoot } = journey;
  await expectPage(page, "unblock-pin");
  await page.fill("[name=pin_new]", "1234");
  await page.fill("[name=pin_repeat]", "1234");
  await press(page, mainButton);
  assert.equal(await refusalOn(page), "pin.run");
  await shoot(page, "weak-pin");
  for (const name of ["pin_new", "pin_repeat"]) await page.fill(`[name=${name}]`, NEW_PIN);
  const code = await codeAfter(journey, () => press(page, mainButton));
  await expectPage(page, "unblock-code");
  await shoot(page, "unblock-code");
  await page.fill("[name=code]", code);
  await press(page, mainButton);
  await expectPage(page, "unblock-done");
  await shoot(page, "unblock-done");
}
