/** A real browser, with the flags that keep it from speaking to anybody but us; each step leaves a picture in shots/. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { PATIENCE_MILLISECONDS } from "../world/patience.ts";
import { projectRoot } from "../world/world.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where it is; `CHROMIUM` says where else. */
export const browserProgram = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: browserProgram, args: flags, timeout: PATIENCE_MILLISECONDS });
  return browser.on("context", patient);
}

/** Playwright would give up after half a minute. */
export function patient(context: BrowserContext): void {
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
}

export type Camera = (page: Page, name: string) => Promise<void>;

/** Pictures numbered in the order they were taken. */
export function openCamera(story: string): Camera {
  const folder = join(projectRoot, "shots", story);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let taken = 0;
  return async (page, name) => {
    taken++;
    await page.screenshot({ path: join(folder, `${String(taken).padStart(2, "0")}-${name}.png`), fullPage: true });
  };
}

export const pageName = (page: Page) => page.locator("main").getAttribute("data-page");

/** Presses the button and waits for the page that comes after all redirects. */
export async function press(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.locator(button).first().click()]);
}

export type { Browser, BrowserContext, Page };
