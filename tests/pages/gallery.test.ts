import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { languages } from "#core/vocabulary";
import { desk, openGallery, unseen as skip, type OpenGallery } from "./gallery.ts";
import { states } from "../../src/sites/gallery/states.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** 1280 x 1024 at 400 % is 320 CSS px wide (WCAG 1.4.10); a small phone is as wide. */
const narrow = { width: 320, height: 256 };

let gallery: OpenGallery | undefined;

before(async () => {
  if (!skip) gallery = await openGallery();
});

after(async () => gallery?.close());

function opened(): OpenGallery {
  assert.ok(gallery, "the gallery has not opened");
  return gallery;
}

interface Findings {
  readonly light: string[];
  readonly dark: string[];
  readonly narrow: string[];
}

/** Looks at every state in every language, once for all the tests: loading a page costs more than looking at it. */
let looked: Promise<Findings> | undefined;
const lookEverywhere = () => (looked ??= lookAt([...states.keys()]));

async function lookAt(names: string[]): Promise<Findings> {
  const findings: Findings = { light: [], dark: [], narrow: [] };
  const walk = async () => {
    const page = await opened().browser.newPage({ viewport: desk, bypassCSP: true, reducedMotion: "reduce" });
    await page.addInitScript(axe);
    for (let name = names.pop(); name; name = names.pop()) {
      for (const language of languages) {
        const note = (list: string[], found: string[]) => list.push(...found.map((what) => `${name} (${language}): ${what}`));
        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize(desk);
        await page.goto(opened().url(name, language), { waitUntil: "load" });
        note(findings.light, await axeFindings(page, { type: "tag", values: tags }));
        await page.emulateMedia({ colorScheme: "dark" });
        note(findings.dark, await axeFindings(page, { type: "rule", values: ["color-contrast", "link-in-text-block"] }));
        await page.setViewportSize(narrow);
        note(findings.narrow, await narrowFindings(page));
      }
    }
    await page.close();
  };
  await Promise.all([walk(), walk()]);
  return findings;
}

/** What axe finds under the rules or tags named. */
async function axeFindings(page: Page, runOnly: { type: "tag" | "rule"; values: string[] }): Promise<string[]> {
  return page.evaluate(async (only) => {
    // @ts-expect-error -- axe is put into the page before it loads
    const { violations } = await window.axe.run(document, { runOnly: only, resultTypes: ["violations"], elementRef: false });
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
        `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
    );
  }, runOnly);
}

async function narrowFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // @ts-expect-error -- the types of a browser are not those of this project
    const { document, innerWidth } = globalThis;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} px wide`);
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
    if (document.title.length < 10) found.push("no title");
    if (!document.querySelector("main[data-page]")) found.push("no data-page");
    for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")) {
      const { width, height } = target.getBoundingClientRect();
      const seen = width > 0 && !target.classList.contains("skip");
      if (seen && (height < 43.9 || width < 24))
        found.push(`${Math.round(width)}x${Math.round(height)} ${target.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
}

test("axe finds nothing on any page, in any state and language, in the light", { skip }, async () => {
  assert.deepEqual((await lookEverywhere()).light, []);
});

test("colours contrast enough in the dark too", { skip }, async () => {
  assert.deepEqual((await lookEverywhere()).dark, []);
});

test(
  "at 320 px, which is also 400 % zoom, nothing scrolls sideways, targets are 44 px, and there is one heading and a title",
  { skip },
  async () => {
    assert.deepEqual((await lookEverywhere()).narrow, []);
  },
);

test("a page with its style and script stays under 30 kB of transfer, fonts apart", { skip }, async () => {
  const page = await opened().browser.newPage();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  const sizes = new Map<string, number>();
  const urls = new Map<string, string>();
  client.on("Network.responseReceived", ({ requestId, response }) => void urls.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => void sizes.set(requestId, encodedDataLength));
  for (const name of ["activate", "help", "sign-in-consent", "activation-contact-mistakes"]) {
    sizes.clear();
    await page.goto(opened().url(name, "pt"), { waitUntil: "networkidle" });
    const total = [...sizes]
      .filter(([request]) => !urls.get(request)?.endsWith(".woff2"))
      .reduce((sum, [, size]) => sum + size, 0);
    assert.ok(sizes.size >= 3, `${name} loaded only ${sizes.size} things`);
    assert.ok(total < 30_000, `${name} takes ${total} bytes`);
  }
  await page.close();
});

test("the script, allowed by our own policy, lets a PIN be looked at, and no page breaks the policy", { skip }, async () => {
  const page = await opened().browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void complaints.push(message.text()));
  await page.goto(opened().url("sign-in-identify", "pt"));
  await page.fill("#pin", "482913");
  assert.equal(await page.getAttribute("#pin", "type"), "password");
  await page.click("button[data-show]");
  assert.equal(await page.getAttribute("#pin", "type"), "text");
  assert.equal(await page.textContent("button[data-show]"), "Esconder");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the error summary has the focus when the page opens", { skip }, async () => {
  const page = await opened().browser.newPage();
  await page.goto(opened().url("sign-in-identify-mistakes", "pt"));
  assert.equal(await page.evaluate("document.activeElement.className"), "summary");
  assert.match(await page.title(), /^Erro: /);
  await page.close();
});
