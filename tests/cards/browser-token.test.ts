/** A real browser reaches a card of the office as a PKCS#11 token, its PIN typed in the browser's own dialog. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createCardOffice } from "../../src/sandbox/card-office/index.ts";
import { createSandboxClock } from "../../src/sandbox/clock/index.ts";
import { createPeople } from "../../src/sandbox/people/index.ts";
import { findProgram, type ProgramName } from "../programs.ts";
import { openCardDoor } from "./card-door.ts";
import { openSmartBrowser } from "./smart-browser.ts";

const NEEDED: readonly ProgramName[] = ["chromium", "softhsm", "opensc", "nss", "xvfb", "xdotool"];
const missing = NEEDED.filter((name) => findProgram(name) === undefined);
// A policy of the browser's is the machine's: only its administrator may write it.
const skip = missing.length > 0 ? `missing: ${missing.join(", ")}` : process.getuid?.() !== 0 && "not root";

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
  const browser = await openSmartBrowser({ ...token, origin, issuer: "EC de Autenticação do Cartão de Exemplo 0001" });
  after(() => browser.close());
  return { card, browser, origin };
}

for (const [kind, civilId, name] of [
  ["an elliptic", "10000101", "Leonor Exemplo Sereno"],
  ["an RSA", "10000202", "Tomás Exemplo Ribeira"],
] as const) {
  test(`with ${kind} card's PIN typed in the browser's dialog, the door knows who came`, { skip }, async () => {
    const { card, browser, origin } = await openToken(civilId);
    const page = await browser.context.newPage();
    const visit = page.goto(origin);
    await browser.typePin(card.pin);
    await visit;
    assert.equal(await page.locator("main").textContent(), name);
  });
}
