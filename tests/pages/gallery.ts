/** The gallery: every page in every state and language without a database, and a browser to look at it. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Language } from "#core/vocabulary";
import { states } from "../../src/sites/gallery/states.ts";
import { browserProgram, openBrowser } from "../journeys/browser.ts";
import { sites } from "./page-fakes.ts";

/** Why the gallery cannot be looked at here, or false: what `skip` of a test is given. */
export const unseen = existsSync(browserProgram) ? false : `${browserProgram} is missing`;

/** 1180 x 800 is a small desk. */
export const desk = { width: 1180, height: 800 };

/** A page of the gallery, as it is sent. */
export interface Shown {
  readonly state: string;
  readonly language: Language;
  readonly markup: string;
}

const app = sites();
const addressOf = (state: string, language: Language) => `/gallery/${state}?lang=${language}`;

/** Every state in that language. */
export function pagesIn(language: Language): Promise<Shown[]> {
  const show = async (state: string) => ({
    state,
    language,
    markup: await (await app.request(addressOf(state, language))).text(),
  });
  return Promise.all([...states.keys()].map(show));
}

/**
 * Those that differ by more than words and addresses, and the others: rules that read elements and style say the same of two
 * pages of the same elements. More than half are others, such as a refusal for each of twenty causes, or another language.
 */
export function byElements(pages: readonly Shown[]): { readonly distinct: Shown[]; readonly others: Shown[] } {
  const seen = new Set<string>();
  const [distinct, others]: [Shown[], Shown[]] = [[], []];
  for (const page of pages) {
    const elements = elementsOf(page.markup);
    (seen.has(elements) ? others : distinct).push(page);
    seen.add(elements);
  }
  return { distinct, others };
}

/** The tags of a page, with the attributes they have, but the values only of those that are not words, names or addresses. */
const elementsOf = (markup: string) =>
  markup
    .replaceAll(/>[^<]+</g, "><")
    .replaceAll(/ (?!class|type|role|autocomplete|aria-(?!label|describedby|controls))([a-z-]+)="[^"]*"/g, " $1");

/** A page of the browser, in which one after the other is looked at. */
export interface Tab {
  readonly page: Page;
  show(shown: Pick<Shown, "markup">): Promise<void>;
}

export interface OpenGallery {
  readonly browser: Browser;
  /** Where the page of a state is. */
  url(state: string, language: Language): string;
  /** With this script in it, past our own policy, which lets in none but ours. */
  openTab(script: string, options?: BrowserContextOptions): Promise<Tab>;
  close(): Promise<void>;
}

const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=600" };

/**
 * @param scripts served beside the pages, by path: what a test wants to run in them. Loaded from an address, and so
 * compiled once for all pages, which is twice as fast as put in as text.
 */
export async function openGallery(scripts: Readonly<Record<string, string>> = {}): Promise<OpenGallery> {
  const server = createAdaptorServer({
    fetch: (request) => {
      const script = scripts[new URL(request.url).pathname];
      return script === undefined ? app.fetch(request) : new Response(script, { headers });
    },
  });
  server.listen(0);
  await once(server, "listening");
  const origin = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const browser = await openBrowser();
  return {
    browser,
    url: (state, language) => origin + addressOf(state, language),
    openTab: (script, options = {}) => openTab(browser, origin, script, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

/**
 * The content is put in rather than loaded: what the window holds stays, the script too, and style sheets come from its memory.
 * That is three times as fast, for scripts that keep nothing between two pages.
 */
async function openTab(browser: Browser, origin: string, script: string, options: BrowserContextOptions): Promise<Tab> {
  const page = await browser.newPage({ viewport: desk, bypassCSP: true, reducedMotion: "reduce", ...options });
  await page.goto(origin + addressOf("home", "pt"), { waitUntil: "load" });
  await page.addScriptTag({ content: script });
  return { page, show: ({ markup }) => page.setContent(markup, { waitUntil: "load" }) };
}

/** In parts of so many, as even as can be. */
export function inParts<One>(all: readonly One[], most: number): One[][] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, part) => all.filter((_one, index) => index % count === part));
}
