/** The virtual reader in a real browser, before a page of the same policy as the product's, by the messages of the Web eID extension. */
import assert from "node:assert/strict";
import { createHash, verify, X509Certificate } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Hono } from "hono";
import { openBrowser, type Page } from "../../../../tests/journeys/browser.ts";
import { findProgram } from "../../../../tests/world/programs.ts";
import { createSandboxClock } from "../../clock/index.ts";
import { openDoor } from "../../kit/door.ts";
import { findFreePort } from "../../kit/free-port.ts";
import { createPeople } from "../../people/index.ts";
import { createCardOffice } from "../index.ts";
import type { WebEidToken } from "./web-eid.ts";

const ELLIPTIC = "10000101";
const RSA = "10000202";
const NONCE = "q3J0Vt9kq3J0Vt9kq3J0Vt9kq3J0Vt9kq3J0Vt9kq3I=";

async function openPlaces() {
  const [port, sitePort] = [await findFreePort(), await findFreePort()];
  const shelfFolder = mkdtempSync(join(tmpdir(), "reader-"));
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const hubUrl = `http://localhost:${port}`;
  const office = await createCardOffice({ clock, shelfFolder, people, current: (person) => person, hubUrl });
  const hub = await openDoor(office.routes.fetch, port);
  const policy = `default-src 'none'; style-src 'self'; script-src ${hubUrl}; frame-src ${hubUrl}; frame-ancestors 'none'; base-uri 'none'`;
  const headers = { "content-security-policy": policy, "cross-origin-opener-policy": "same-origin" };
  const page = `<!doctype html><title>site</title><body><script src="${hubUrl}/card-reader/bridge.js"></script>`;
  const site = await openDoor(new Hono().get("/", (c) => c.html(page, 200, headers)).fetch, sitePort);
  after(() => Promise.all([hub.close(), site.close()]));
  return { office, hubUrl, siteUrl: `http://localhost:${sitePort}` };
}

interface Heard extends Partial<WebEidToken> {
  readonly action: string;
  readonly error?: { readonly code: string };
}

/** Posts as the product's page does, and hears what comes after the acknowledgement. */
function ask(page: Page, action: string): Promise<Heard[]> {
  return page.evaluate(
    ([asked, challengeNonce]) =>
      new Promise<Heard[]>((done) => {
        // What runs here is in the browser.
        const here = globalThis as unknown as {
          addEventListener(name: string, hear: (event: { data: Heard }) => void): void;
          postMessage(message: unknown, origin: string): void;
          location: { origin: string };
        };
        const heard: Heard[] = [];
        here.addEventListener("message", ({ data }) => {
          if (!data.action.startsWith("web-eid:") || data.action === asked) return;
          heard.push(data);
          if (!data.action.endsWith("-ack")) done(heard);
        });
        here.postMessage(
          { action: asked, libraryVersion: "2.0.2", challengeNonce, options: { lang: "en" } },
          here.location.origin,
        );
      }),
    [action, NONCE] as const,
  );
}

const reader = (page: Page) => page.frameLocator("dialog iframe");

async function type(page: Page, card: string, pin: string): Promise<void> {
  await reader(page).locator("#card").selectOption(card);
  await reader(page).locator("#pin").fill(pin);
  await reader(page).locator("button[value=sign]").click();
}

const skip = findProgram("chromium") === undefined && "chromium is missing";

test(
  "a page asks, the person picks a card and types its PIN, and the page gets a token good at its origin for its nonce",
  { skip },
  async () => {
    const { siteUrl } = await openPlaces();
    const browser = await openBrowser();
    after(() => browser.close());
    for (const [civilId, algorithm] of [
      [ELLIPTIC, "ES256"],
      [RSA, "RS256"],
    ] as const) {
      const page = await browser.newPage();
      await page.goto(siteUrl);
      const answered = ask(page, "web-eid:authenticate");
      await type(page, civilId, civilId.slice(4));
      const [ack, token] = await answered;
      assert.equal(ack?.action, "web-eid:authenticate-ack");
      assert.deepEqual(
        [token?.action, token?.format, token?.algorithm],
        ["web-eid:authenticate-success", "web-eid:1.0", algorithm],
      );
      const { publicKey, subject } = new X509Certificate(Buffer.from(token?.unverifiedCertificate ?? "", "base64"));
      assert.ok(subject.includes(`serialNumber=BI${civilId}`));
      const hash = (text: string) => createHash("sha256").update(text).digest();
      const signed = Buffer.concat([hash(siteUrl), hash(NONCE)]);
      const signature = Buffer.from(token?.signature ?? "", "base64");
      assert.ok(verify("sha256", signed, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature));
      await page.close();
    }
  },
);

test(
  "three wrong PINs block the card, the reader says so, and cancelling tells the page that the person did",
  { skip },
  async () => {
    const { siteUrl, office } = await openPlaces();
    const browser = await openBrowser();
    after(() => browser.close());
    const page = await browser.newPage();
    await page.goto(siteUrl);
    assert.equal((await ask(page, "web-eid:status"))[1]?.action, "web-eid:status-success");
    const answered = ask(page, "web-eid:authenticate");
    const says = (text: string) => reader(page).locator("[role=status]").filter({ hasText: text }).waitFor();
    await type(page, ELLIPTIC, "9999");
    await says("Tries left: 2");
    assert.equal(await reader(page).locator("button[value=unblock]").isVisible(), false);
    await type(page, ELLIPTIC, "9999");
    await says("Tries left: 1");
    await type(page, ELLIPTIC, "9999");
    await says("blocked");
    await reader(page).locator("button[value=unblock]").click();
    await says("unblocked");
    assert.equal(await reader(page).locator("button[value=unblock]").isVisible(), false);
    const card = await office.cardOf(ELLIPTIC);
    assert.ok(card);
    assert.equal(office.standings.triesLeft(card), 3);
    await reader(page).locator("button[value=cancel]").click();
    assert.equal((await answered)[1]?.error?.code, "ERR_WEBEID_USER_CANCELLED");
    assert.equal(await page.locator("dialog").count(), 0);
  },
);

test("no other site can make a browser type PINs at the reader, and nonsense signs nothing", async () => {
  const { hubUrl } = await openPlaces();
  const body = { card: ELLIPTIC, pin: "0101", origin: "https://portal.example", challengeNonce: NONCE };
  const sign = (changed: object, headers: Record<string, string> = {}) =>
    fetch(`${hubUrl}/card-reader/sign`, { method: "POST", headers, body: JSON.stringify({ ...body, ...changed }) });
  assert.equal((await sign({}, { origin: "https://evil.example" })).status, 403);
  assert.equal((await sign({ challengeNonce: "short" })).status, 400);
  assert.equal((await sign({ origin: "nowhere" })).status, 400);
  assert.equal((await sign({ card: "90000505" })).status, 404);
  assert.equal((await sign({ pin: "9999" })).status, 403);
  assert.equal((await sign({})).status, 200);
});
