import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { languages } from "#core/vocabulary";
import { byElements, inParts, openGallery, pagesIn, unseen as skip, type OpenGallery, type Shown } from "./gallery.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const colourRules = ["color-contrast", "link-in-text-block"];
/** Rules that read what two pages of the same elements may differ in: words, languages, names, addresses, and the room they take. */
const wordRules = [
  ...["document-title", "html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang", "meta-viewport"],
  ...["button-name", "link-name", "image-alt", "image-redundant-alt", "role-img-alt", "svg-img-alt", "summary-name"],
  ...["label", "label-title-only", "label-content-name-mismatch", "form-field-multiple-labels", "input-button-name"],
  ...["aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-toggle-field-name", "select-name"],
  ...["aria-valid-attr-value", "empty-heading", "landmark-unique", "frame-title", "bypass", "skip-link", "tabindex"],
  ...["accesskeys", "scope-attr-valid", "td-headers-attr", "empty-table-header", "avoid-inline-spacing", "target-size"],
];
/** 1280 x 1024 at 400 % is 320 CSS px wide (WCAG 1.4.10); a small phone is as wide. */
const narrow = { width: 320, height: 256 };

const everywhere = skip ? [] : (await Promise.all(languages.map(pagesIn))).flat();
const { distinct, others } = byElements(everywhere);

let gallery: OpenGallery | undefined;

before(async () => {
  if (!skip) gallery = await openGallery();
});

after(async () => gallery?.close());

function opened(): OpenGallery {
  assert.ok(gallery, "the gallery has not opened");
  return gallery;
}

type Examine = (page: Page) => Promise<string[]>;

/** In parts that do not wait for each other, two at a time, as there are seldom fewer processors: each is heard of when it ends. */
function examineAll(title: string, pages: readonly Shown[], examine: Examine, options: BrowserContextOptions = {}): void {
  suite(title, { skip, concurrency: 2 }, () => {
    for (const [index, part] of inParts(pages, 25).entries())
      test(`part ${String(index + 1)}: ${String(part.length)} pages`, async () => {
        assert.deepEqual(await findingsOn(part, examine, options), []);
      });
  });
}

async function findingsOn(pages: readonly Shown[], examine: Examine, options: BrowserContextOptions): Promise<string[]> {
  const tab = await opened().openTab(axe, options);
  const findings: string[] = [];
  for (const shown of pages) {
    await tab.show(shown);
    const found = await examine(tab.page);
    findings.push(...found.map((what) => `${shown.state} (${shown.language}): ${what}`));
  }
  await tab.page.close();
  return findings;
}

/** What axe finds under the rules or tags named. */
async function axeFindings(page: Page, runOnly: { type: "tag" | "rule"; values: string[] }): Promise<string[]> {
  return page.evaluate(async (only) => {
    // @ts-expect-error -- axe was put into the page
    const { violations } = await window.axe.run(document, { runOnly: only, resultTypes: ["violations"], elementRef: false });
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
        `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
    );
  }, runOnly);
}

const everyRule: Examine = (page) => axeFindings(page, { type: "tag", values: tags });
const words: Examine = (page) => axeFindings(page, { type: "rule", values: wordRules });
const colours: Examine = (page) => axeFindings(page, { type: "rule", values: colourRules });

const narrowFindings: Examine = (page) =>
  page.evaluate(async () => {
    // @ts-expect-error -- the types of a browser are not those of this project
    const { document, innerWidth } = globalThis;
    await document.fonts.ready;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} px wide`);
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
    if (document.title.length < 10) found.push("no title");
    if (!document.querySelector("main[data-page]")) found.push("no data-page");
    if (![...document.styleSheets].some((sheet) => sheet.cssRules.length > 50)) found.push("no style sheet");
    for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")) {
      const { width, height } = target.getBoundingClientRect();
      const seen = width > 0 && !target.classList.contains("skip");
      if (seen && (height < 43.9 || width < 24))
        found.push(`${Math.round(width)}x${Math.round(height)} ${target.outerHTML.slice(0, 120)}`);
    }
    return found;
  });

examineAll("axe finds nothing on any page, in any state, in the light", distinct, everyRule);
examineAll("axe finds nothing where only words differ: in other states, and in the other language", others, words);
examineAll("colours contrast enough in the dark too", distinct, colours, { colorScheme: "dark" });
examineAll(
  "at 320 px, which is also 400 % zoom, nothing scrolls sideways, targets are 44 px, and there is one heading and a title",
  everywhere,
  narrowFindings,
  { viewport: narrow },
);

test("every page of the gallery was looked at", { skip }, () => {
  assert.equal(distinct.length + others.length, everywhere.length);
  assert.ok(distinct.length >= 60, `only ${String(distinct.length)} pages differ`);
  for (const { state, language, markup } of everywhere) assert.ok(markup.includes(`lang="${language}"`), state);
});

test("what is wrong with a page is found", { skip }, async () => {
  const body = `<h1>A</h1><p style="color: #999; background: #aaa">Pale</p><input><a href="/">x</a><p style="width: 400px">Wide</p>`;
  const shown = { state: "wrong", language: "pt", markup: `<html><body>${body}</body></html>` } as const;
  const findings = async (examine: Examine, options: BrowserContextOptions = {}) =>
    (await findingsOn([shown], examine, options)).join("\n");
  assert.match(await findings(everyRule), /color-contrast[^]*document-title[^]*html-has-lang[^]*label/);
  assert.match(await findings(words), /document-title[^]*html-has-lang[^]*label/);
  assert.match(await findings(colours, { colorScheme: "dark" }), /color-contrast/);
  const found = await findings(narrowFindings, { viewport: narrow });
  for (const what of ["px wide", "no title", "no data-page", "no style sheet", "<input>"])
    assert.ok(found.includes(what), found);
});

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
