/**
 * A browser that reaches a card: Chromium with a window, on a screen of its own, with the card's PKCS#11 module in its
 * certificate store. Without a window it would wait for ever: its PIN dialog has nowhere to appear.
 */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, type BrowserContext } from "playwright-core";
import { first, PATIENCE_MILLISECONDS } from "../../world/patience.ts";
import { browserProgram, patient } from "../browser.ts";

const run = promisify(execFile);

export interface SmartBrowser {
  readonly context: BrowserContext;
  /** Waits for the browser's own dialog and types the PIN there, as the person would. */
  typePin(pin: string): Promise<void>;
  close(): Promise<void>;
}

interface Needs {
  /** The PKCS#11 module through which the card is reached, and what it must find in its environment. */
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  /** At this origin the certificate of this issuer is presented without asking which. */
  readonly origin: string;
  readonly issuer: string;
}

const POLICIES = "/etc/chromium/policies/managed";

export async function openSmartBrowser({ module, environment, origin, issuer }: Needs): Promise<SmartBrowser> {
  const home = mkdtempSync(join(tmpdir(), "smart-browser-"));
  await addModule(home, module, environment);
  const policy = writePolicy(origin, issuer);
  const screen = await openScreen();
  const env = { ...process.env, ...environment, HOME: home, DISPLAY: screen.display };
  const context = await chromium.launchPersistentContext(join(home, "profile"), {
    executablePath: browserProgram,
    headless: false,
    timeout: PATIENCE_MILLISECONDS,
    ignoreHTTPSErrors: true,
    env,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
    ],
  });
  patient(context);
  return {
    context,
    typePin: (pin) => typePin(pin, screen.display),
    async close() {
      await context.close();
      screen.close();
      rmSync(policy, { force: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function addModule(home: string, module: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const store = join(home, ".pki", "nssdb");
  mkdirSync(store, { recursive: true });
  const env = { ...process.env, ...environment, HOME: home };
  await run("certutil", ["-N", "-d", `sql:${store}`, "--empty-password"], { env });
  const words = ["-dbdir", `sql:${store}`, "-add", "card", "-libfile", module, "-mechanisms", "FRIENDLY", "-force"];
  await run("modutil", words, { env });
}

function writePolicy(origin: string, issuer: string): string {
  mkdirSync(POLICIES, { recursive: true });
  const file = join(POLICIES, `chave-test-${process.pid}.json`);
  // Of several files the browser heeds one: without the port, whichever it is serves each run on this machine.
  const { protocol, hostname } = new URL(origin);
  const choice = { pattern: `${protocol}//${hostname}`, filter: { ISSUER: { CN: issuer } } };
  writeFileSync(file, JSON.stringify({ AutoSelectCertificateForUrls: [JSON.stringify(choice)] }));
  return file;
}

/** The number of the screen is what Xvfb says is free. */
async function openScreen(): Promise<{ readonly display: string; close(): void }> {
  const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const said = await new Promise<string>((done, fail) => {
    server.once("error", fail);
    server.once("exit", () => fail(new Error("Xvfb ended")));
    server.stdout.once("data", (chunk: Buffer) => done(chunk.toString().trim()));
  });
  return { display: `:${said}`, close: () => void server.kill() };
}

async function typePin(pin: string, display: string): Promise<void> {
  const env = { ...process.env, DISPLAY: display };
  const dialog = await findDialog(env);
  await run("xdotool", ["windowfocus", "--sync", dialog], { env }).catch(() => undefined);
  await run("xdotool", ["type", "--delay", "40", pin], { env });
  await run("xdotool", ["key", "Return"], { env });
}

/** Asked again and again: a screen tells nobody that a window has appeared. */
function findDialog(env: NodeJS.ProcessEnv): Promise<string> {
  return first("the browser's dialog for a PIN", async () => {
    const found = await run("xdotool", ["search", "--onlyvisible", "--name", "Security Device"], { env }).catch(
      () => undefined,
    );
    const [window = ""] = found?.stdout.trim().split("\n") ?? [];
    return window === "" ? undefined : window;
  });
}
