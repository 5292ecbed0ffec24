/**
 * A real browser reaches a card of the office, its PIN typed in the browser's own dialog: as a PKCS#11 token, and at the level
 * of its commands through the system's smart card service; and so goes through the product. One file: the browser's policy and
 * the virtual reader are the machine's.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { createCardOffice } from "../../../src/sandbox/card-office/index.ts";
import { createSandboxClock } from "../../../src/sandbox/clock/index.ts";
import { createPeople } from "../../../src/sandbox/people/index.ts";
import { openCamera, press } from "../browser.ts";
import { findPlace, hubJson, newPerson, startCountry, type RunningCountry } from "../country.ts";
import { until } from "../../world/patience.ts";
import { lacking, type ProgramName } from "../../world/programs.ts";
import { openCardDoor } from "./card-door.ts";
import * as journeys from "./journey.ts";
import type { CardHolder } from "./journey.ts";
import { insertCard } from "./piv-applet.ts";
import { openSmartBrowser } from "./smart-browser.ts";
import { cardIsThere, openSmartCardService } from "./smart-card-service.ts";
import * as unblocking from "./unblocking.ts";

const BROWSER = ["chromium", "opensc", "nss", "xvfb", "xdotool"] as const;
const TOKEN: readonly ProgramName[] = [...BROWSER, "softhsm"];
const VIRTUAL: readonly ProgramName[] = [...BROWSER, "pcscd", "vpcd"];

/** A policy of the browser's is the machine's: only its administrator may write it. */
function skipFor(needed: readonly ProgramName[]): string | false {
  return lacking(needed) || (process.getuid?.() !== 0 && "not root");
}

const ISSUER = "EC de Autenticação do Cartão de Exemplo 0001";

async function openToken(civilId: string) {
  const shelfFolder = mkdtempSync(join(tmpdir(), "browser-token-"));
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const hubUrl = "http://localhost:9";
  const office = await createCardOffice({ clock, shelfFolder, people, current: (person) => person, hubUrl });
  const card = await office.cardOf(civilId);
  assert.ok(card);
  const token = await office.tokens.tokenOf(card);
  assert.ok(token);
  const door = await openCardDoor(readFileSync(office.authorities.bundleFile, "utf8"));
  after(() => door.close());
  const origin = `https://localhost:${door.port}`;
  const browser = await openSmartBrowser({ ...token, origin, issuer: ISSUER });
  after(() => browser.close());
  return { card, browser, origin };
}

for (const [kind, civilId, name] of [
  ["an elliptic", "10000101", "Leonor Exemplo Sereno"],
  ["an RSA", "10000202", "Tomás Exemplo Ribeira"],
] as const) {
  test(`with ${kind} card's PIN typed in the browser's dialog, the door knows who came`, { skip: skipFor(TOKEN) }, async () => {
    const { card, browser, origin } = await openToken(civilId);
    const page = await browser.context.newPage();
    const visit = page.goto(origin);
    await browser.typePin(card.pin);
    await visit;
    assert.equal(await page.locator("main").textContent(), name);
  });
}

const run = promisify(execFile);
const MODULE = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

interface Shelf {
  readonly shelfFolder: string;
  readonly hubUrl: string;
}

/** Puts the card of the office that keeps this shelf into the system's virtual reader. */
async function openCard({ shelfFolder, hubUrl }: Shelf, civilId: string) {
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const office = await createCardOffice({ clock, shelfFolder, people, current: (person) => person, hubUrl });
  const card = await office.cardOf(civilId);
  assert.ok(card);
  const service = await openSmartCardService();
  after(() => service.close());
  const takeOut = await insertCard(card, office);
  after(takeOut);
  await cardIsThere();
  return { office, card };
}

test(
  "OpenSC signs with the card, blocks it after three wrong PINs, and once unblocked a browser signs in with it",
  { skip: skipFor(VIRTUAL) },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "virtual-card-"));
    const { office, card } = await openCard({ shelfFolder: folder, hubUrl: "http://localhost:9" }, "10000101");
    const digest = join(folder, "digest");
    writeFileSync(digest, Buffer.alloc(32, 7));
    const sign = (pin: string) => {
      const files = ["--input-file", digest, "--output-file", `${digest}.signature`, "--signature-format", "openssl"];
      return run("pkcs11-tool", [
        "--module",
        MODULE,
        "--login",
        "--pin",
        pin,
        "--sign",
        "--id",
        "01",
        "--mechanism",
        "ECDSA",
        ...files,
      ]);
    };
    await sign(card.pin);
    const key = join(folder, "key.pem");
    writeFileSync(key, card.authentication.certificate.publicKey.export({ type: "spki", format: "pem" }));
    await run("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-in", digest, "-sigfile", `${digest}.signature`]);

    for (const _ of [1, 2, 3]) await assert.rejects(sign("99999999"), /CKR_PIN_(INCORRECT|LOCKED)/);
    await assert.rejects(sign(card.pin), /CKR_PIN_LOCKED/);
    office.standings.unblock(card);

    const door = await openCardDoor(readFileSync(office.authorities.bundleFile, "utf8"));
    after(() => door.close());
    const origin = `https://localhost:${door.port}`;
    const browser = await openSmartBrowser({
      module: MODULE,
      environment: {},
      origin,
      issuer: ISSUER,
    });
    after(() => browser.close());
    const page = await browser.context.newPage();
    const visit = page.goto(origin);
    await browser.typePin(card.pin);
    await visit;
    assert.equal(await page.locator("main").textContent(), "Leonor Exemplo Sereno");
  },
);

let country: RunningCountry;
const place = await findPlace();
before(async () => {
  country = await startCountry(place);
});
after(async () => {
  await country.stop();
  place.remove();
});

interface DescribedCard {
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly pin: string;
}

/** Somebody with a card as a token, in a browser that reaches it. */
async function withToken(story: string) {
  const person = (await newPerson(country)) as CardHolder;
  const { module, environment, pin } = await hubJson<DescribedCard>(country, `/cards/${person.civilId}`);
  const browser = await openSmartBrowser({ module, environment, origin: cardDoorOf(country), issuer: ISSUER });
  after(() => browser.close());
  const page = await browser.context.newPage();
  const showCard = async () => {
    const read = press(page, `main a[href^='${cardDoorOf(country)}']`);
    await browser.typePin(pin);
    await read;
  };
  return { showCard, page, journey: { country, person, page, shoot: openCamera(story) } };
}

const cardDoorOf = ({ url }: RunningCountry) => `https://localhost:${Number(new URL(url).port) + 3}`;

test(
  "with the card's PIN typed in the browser's dialog, a key is activated and opens a portal",
  { skip: skipFor(TOKEN) },
  async () => {
    const { journey, showCard } = await withToken("card-tls");
    await journeys.goToReader(journey);
    await showCard();
    await journeys.finishActivation(journey);
    await journeys.signInWithKey(journey);
  },
);

test(
  "a key locked by wrong PINs is opened with the card, its PIN typed in the browser's dialog, and signs in with the new PIN",
  { skip: skipFor(TOKEN) },
  async () => {
    const { journey, page, showCard } = await withToken("unblock-tls");
    await unblocking.activateElsewhere(journey, place);
    await unblocking.goToDoor(journey);
    await unblocking.enterWithKey(journey, journeys.KEY_PIN);
    await unblocking.signOut(journey);
    await unblocking.lockByWrongPins(journey);
    await page.goto(`${country.url}/reserved-area`);
    await press(page, "nav.tabs a:not([aria-current])");
    await showCard();
    await unblocking.unblock(journey);
    await press(page, "main a[href='/reserved-area']");
    await journey.shoot(page, "reserved-area-again");
    await unblocking.signOut(journey);
    await unblocking.goToDoor(journey);
    await unblocking.enterWithKey(journey, unblocking.NEW_PIN);
  },
);

test(
  "a card at the level of its commands, blocked by three wrong PINs in the browser's dialog, activates a key once unblocked",
  { skip: skipFor(VIRTUAL) },
  async () => {
    const person = (await newPerson(country)) as CardHolder;
    await hubJson(country, `/cards/${person.civilId}`);
    const shelf = { shelfFolder: join(place.folder, "data", "sandbox"), hubUrl: country.hub };
    const { card, office } = await openCard(shelf, person.civilId);
    const open = async (story: string) => {
      const browser = await openSmartBrowser({ module: MODULE, environment: {}, origin: cardDoorOf(country), issuer: ISSUER });
      after(() => browser.close());
      const page = await browser.context.newPage();
      const journey = { country, person, page, shoot: openCamera(story) };
      await journeys.goToReader(journey);
      return { browser, journey, page, read: press(page, `main a[href^='${cardDoorOf(country)}']`) };
    };
    const { browser, journey, page, read } = await open("card-apdu-blocked");
    for (const left of [2, 1, 0]) {
      await browser.typePin("99999999");
      await until("the card is asked", () => office.standings.triesLeft(card) === left);
    }
    await read;
    // Nobody tells the door why no card came, so that its page names this reason among others.
    assert.equal(await page.locator("[data-refusal]").getAttribute("data-refusal"), "card.absent");
    assert.match(await page.locator("main").innerText(), /wrong three times/);
    await journey.shoot(page, "blocked");

    // A browser that was refused a card does not ask for it again at that address before it is opened anew.
    await browser.close();
    office.standings.unblock(card);
    const again = await open("card-apdu");
    await again.browser.typePin(card.pin);
    await again.read;
    await journeys.finishActivation(again.journey);
  },
);

test(
  "with the card's PIN typed in the browser's dialog, somebody without a key signs in at the portal that asks the highest level",
  { skip: skipFor(TOKEN) },
  async () => {
    const { journey, showCard } = await withToken("card-tls-sign-in");
    await journeys.goToSignInReader(journey);
    await showCard();
    await journeys.finishSignIn(journey);
  },
);

test("a card at the level of its commands signs in at a portal", { skip: skipFor(VIRTUAL) }, async () => {
  const person = (await newPerson(country)) as CardHolder;
  await hubJson(country, `/cards/${person.civilId}`);
  const shelf = { shelfFolder: join(place.folder, "data", "sandbox"), hubUrl: country.hub };
  const { card } = await openCard(shelf, person.civilId);
  const browser = await openSmartBrowser({ module: MODULE, environment: {}, origin: cardDoorOf(country), issuer: ISSUER });
  after(() => browser.close());
  const page = await browser.context.newPage();
  const journey = { country, person, page, shoot: openCamera("card-apdu-sign-in") };
  await journeys.goToSignInReader(journey);
  const read = press(page, `main a[href^='${cardDoorOf(country)}']`);
  await browser.typePin(card.pin);
  await read;
  await journeys.finishSignIn(journey);
});
