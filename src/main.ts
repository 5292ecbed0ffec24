/** Settings -> world -> the roles asked for. */
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { CardAuthority } from "#core/citizen-cards";
import type { CompletePortal } from "./protocols/portals.ts";
import { readFileSync } from "node:fs";
import { closedCardAuthority, createCardAuthority, trustedPems } from "#gateways/card-authority";
import { createCivilRegistry } from "#gateways/civil-registry";
import { createEmailCarrier } from "#gateways/email";
import { openKeys } from "#gateways/hsm";
import { createPostalCarrier } from "#gateways/post";
import { createSmsCarrier } from "#gateways/sms";
import { createTaxAuthority } from "#gateways/tax-authority";
import { cardTls } from "#protocols/card-door";
import { createAdmission } from "#platform/http/admission";
import { listen } from "#platform/http";
import { createJobs } from "#platform/jobs/job-queue";
import { createLog } from "#platform/log";
import type { Log } from "#platform/log";
import { createMetrics } from "#platform/metrics";
import { migrate } from "#platform/database/migrate";
import { openDatabase } from "#platform/database/open-database";
import { openOperations } from "#platform/http/operations";
import { checkProduction, readSettings } from "#platform/settings";
import type { Settings } from "#platform/settings";
import { letterWords } from "#words";
import { systemClock, systemRandom } from "#platform/world";
import type { Clock } from "#platform/world";
import { createApp } from "./app.ts";
import type { App, Surroundings } from "./app.ts";
import { precedenceOf } from "./precedence.ts";
import { plays } from "./roles.ts";

export interface Start extends Surroundings {
  readonly settings: Settings;
  readonly clock: Clock;
}

export interface Running {
  /** For the sandbox, whose people may hold keys from the first day. */
  readonly core: App["core"];
  registerPortal(portal: CompletePortal): Promise<void>;
  /** Ends when every job due now has been done: what was promised to a person has reached whoever carries it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const migrations = join(import.meta.dirname, "..", "sql");

/** Opens everything the settings' roles need. What was opened is closed again when something else cannot be. */
export async function startChave({ settings, clock, ...surroundings }: Start): Promise<Running> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const log = createLog({ level: settings.logLevel });
    const random = systemRandom;
    const db = await openDatabase({
      url: settings.databaseUrl,
      folder: join(settings.data, "database"),
      poolSize: settings.databasePool,
      log,
    });
    closing.push(() => db.close());
    await migrate(db, migrations);
    const keys = await openKeys({ setting: `file:${settings.keysFile ?? join(settings.data, "keys.json")}`, random });
    const jobs = createJobs({ db, clock, random, secrets: keys, log });
    const gateways = openGateways(settings, clock, surroundings.sandbox, log);
    closing.push(() => gateways.sms.close());
    const app = await createApp({ db, clock, random, keys, jobs, log, ...gateways }, settings, surroundings);
    closing.push(() => app.close());

    const metrics = createMetrics({ db, jobs, clock });
    const operations = await openOperations({ port: settings.portBase + 2, db, migrations, metrics, log });
    closing.push(() => operations.close());
    if (plays(settings, "worker")) {
      const worker = jobs.startWorker(app.jobKinds);
      closing.push(() => worker.stop());
    }
    if (plays(settings, "public")) {
      const handle = publicDoor(app);
      const observe = metrics.observeDoor("public");
      const host = settings.host === undefined ? {} : { host: settings.host };
      const admission = createAdmission({ precedenceOf, busyPage: app.busyPage, db, log });
      closing.push(() => Promise.resolve(admission.stop()));
      metrics.watchAdmission(admission);
      const door = await listen({ port: settings.portBase, handle, log, observe, admission, ...host });
      closing.push(() => door.close());
      const tls = doorTls(settings);
      if (tls) {
        const seen = metrics.observeDoor("card");
        const card = await listen({ port: settings.portBase + 3, handle: app.cardDoor, log, observe: seen, tls, ...host });
        closing.push(() => card.close());
      }
    }
    closing.push(() => Promise.resolve(operations.drain()));
    return {
      core: app.core,
      registerPortal: app.registerPortal,
      settled: () => jobs.runDue(app.jobKinds).then(() => undefined),
      stop,
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** The OpenID engine wants node's own request; everything else is a page. */
function publicDoor({ oidc, pages }: App) {
  const answerPage = getRequestListener(pages.fetch);
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request.url ?? "/");
    return oidc.owns(path) ? oidc.handle(request, response) : answerPage(request, response);
  };
}

/** A request line may hold anything: what is no address at all goes to the pages, which know it neither. */
function pathOf(url: string): string {
  const plain = /^(?:\/[\w-]+)+(?=\?|$)/.exec(url)?.[0];
  return plain ?? URL.parse(url, "http://path.only")?.pathname ?? "/";
}

function doorTls({ cardTrusted, cardTlsKey, cardTlsCertificate }: Settings) {
  if (cardTrusted === undefined || cardTlsKey === undefined || cardTlsCertificate === undefined) return null;
  const [key, certificate] = [readFileSync(cardTlsKey), readFileSync(cardTlsCertificate)];
  return cardTls({ key, certificate, authorities: trustedPems(cardTrusted) });
}

function openCardAuthority(settings: Settings, clock: Clock, log: Log): CardAuthority {
  const { cardTrusted: trusted, cardPolicies = "", cardOcspNonce: nonce, publicUrl } = settings;
  if (trusted === undefined) return closedCardAuthority;
  const policies = cardPolicies.split(",").map((one) => one.trim());
  const origin = new URL(publicUrl).origin;
  return createCardAuthority({ trusted, policies: policies.filter(Boolean), origin, nonce, clock, random: systemRandom, log });
}

function openGateways(settings: Settings, clock: Clock, sandbox: boolean, log: Log) {
  const random = systemRandom;
  const redirectUri = `${settings.publicUrl}/activate/tax-authority/return`;
  return {
    registry: createCivilRegistry({
      url: needed(settings, "registryUrl"),
      credential: needed(settings, "registryCredential"),
      clock,
      random,
      log,
    }),
    taxAuthority: createTaxAuthority({
      issuer: needed(settings, "taxAuthorityIssuer"),
      clientId: needed(settings, "taxAuthorityClientId"),
      clientSecret: needed(settings, "taxAuthorityClientSecret"),
      redirectUri,
      clock,
      log,
    }),
    cardAuthority: openCardAuthority(settings, clock, log),
    sms: createSmsCarrier({ url: needed(settings, "smppUrl"), log }),
    email: createEmailCarrier({ url: needed(settings, "smtpUrl"), from: settings.mailFrom }),
    post: createPostalCarrier({
      url: needed(settings, "postUrl"),
      credential: needed(settings, "postCredential"),
      printerKey: needed(settings, "postPrinterKey"),
      words: letterWords,
      clock,
      sandbox,
    }),
  };
}

function needed(settings: Settings, name: keyof Settings): string {
  const value = settings[name];
  if (typeof value !== "string") throw new Error(`the setting ${name} is missing`);
  return value;
}

async function serve(): Promise<void> {
  const settings = readSettings();
  checkProduction(settings);
  const running = await startChave({ settings, clock: systemClock, sandbox: false });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
  }
  process.stdout.write(`ready ${settings.publicUrl}\n`);
}

if (import.meta.main) {
  serve().catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  });
}
