/** The gallery on a port of its own, and a browser to look at it: every page in every state, without a database. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { sites } from "./page-fakes.ts";
import { browserProgram, openBrowser } from "../journeys/browser.ts";

/** Why the gallery cannot be looked at here, or false: what `skip` of a test is given. */
export const unseen = existsSync(browserProgram) ? false : `${browserProgram} is missing`;

/** 1180 x 800 is a small desk. */
export const desk = { width: 1180, height: 800 };

export interface OpenGallery {
  readonly browser: Browser;
  /** Where the page of a state is, in a language. */
  url(state: string, language: string): string;
  close(): Promise<void>;
}

/**
 * @param scripts served beside the pages, by path: what a test wants to run in them. Loaded from an address, and so
 * compiled once for all pages, which is twice as fast as put in as text.
 */
export async function openGallery(scripts: Readonly<Record<string, string>> = {}): Promise<OpenGallery> {
  const app = sites();
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
    url: (state, language) => `${origin}/gallery/${state}?lang=${language}`,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=600" };
