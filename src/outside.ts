/** Everything outside: the floor's engines and the others' systems, of which a process opens those that its roles call. */
import { join } from "node:path";
import type { TaxAuthority } from "#core/activation";
import type { CardAuthority } from "#core/citizen-cards";
import type { CivilRegistry } from "#core/citizens";
import type { EmailCarrier, PostalCarrier, SmsCarrier } from "#core/messages";
import { closedCardAuthority, createCardAuthority } from "#gateways/card-authority";
import { createCivilRegistry } from "#gateways/civil-registry";
import { createEmailCarrier } from "#gateways/email";
import { openKeys } from "#gateways/hsm";
import { createPostalCarrier } from "#gateways/post";
import { createSmsCarrier } from "#gateways/sms";
import { createTaxAuthority } from "#gateways/tax-authority";
import type { Closing } from "#platform/closing";
import type { MigratableDatabase } from "#platform/database";
import { migrate } from "#platform/database/migrate";
import { openDatabase } from "#platform/database/open-database";
import type { Floor } from "#platform/floor";
import { createJobs } from "#platform/jobs/job-queue";
import type { JobQueue } from "#platform/jobs/job-queue";
import { createLog } from "#platform/log";
import type { Log } from "#platform/log";
import type { Secrets, SigningKeys } from "#platform/secrets";
import type { Role } from "#platform/settings";
import type { Settings } from "#settings";
import { systemRandom } from "#platform/world";
import type { Clock } from "#platform/world";
import { letterWords } from "#words";

/** The others' systems, each behind the promise that core asks of it. */
export interface Gateways {
  readonly registry: CivilRegistry;
  readonly taxAuthority: TaxAuthority;
  readonly cardAuthority: CardAuthority;
  readonly sms: SmsCarrier;
  readonly email: EmailCarrier;
  readonly post: PostalCarrier;
}

export interface Outside extends Floor, Gateways {
  readonly db: MigratableDatabase;
  readonly secrets: Secrets & SigningKeys;
  readonly jobs: JobQueue;
  readonly log: Log;
}

export interface OutsideNeeds {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly sandbox: boolean;
}

export const migrations = join(import.meta.dirname, "..", "sql");

/** Opens the database, made to the form this version needs, the keys, and the gateways of the settings' roles. */
export async function openOutside(needs: OutsideNeeds, closing: Closing): Promise<Outside> {
  const { settings, clock } = needs;
  const log = createLog({ level: settings.logLevel });
  const random = systemRandom;
  const db = await openDatabase({
    url: settings.databaseUrl,
    folder: join(settings.data, "database"),
    poolSize: settings.databasePool,
    log,
  });
  closing.add(() => db.close());
  await migrate(db, migrations);
  const secrets = await openKeys({ setting: `file:${settings.keysFile ?? join(settings.data, "keys.json")}`, random });
  const jobs = createJobs({ db, clock, random, secrets, log });
  return { db, clock, random, secrets, jobs, log, ...openPublics(needs, log), ...openWorkers(needs, log, closing) };
}

export const plays = (settings: Settings, role: Role): boolean => settings.roles.includes(role);

/** What is asked while a person waits. */
function openPublics(
  { settings, clock }: OutsideNeeds,
  log: Log,
): Pick<Gateways, "registry" | "taxAuthority" | "cardAuthority"> {
  if (!plays(settings, "public")) return shut;
  const tools = { clock, random: systemRandom, log };
  return {
    registry: createCivilRegistry({
      url: needed(settings, "registryUrl"),
      credential: needed(settings, "registryCredential"),
      ...tools,
    }),
    taxAuthority: createTaxAuthority({
      issuer: needed(settings, "taxAuthorityIssuer"),
      clientId: needed(settings, "taxAuthorityClientId"),
      clientSecret: needed(settings, "taxAuthorityClientSecret"),
      redirectUri: `${settings.publicUrl}/activate/tax-authority/return`,
      ...{ clock, log },
    }),
    cardAuthority: openCardAuthority(settings, clock, log),
  };
}

function openCardAuthority(settings: Settings, clock: Clock, log: Log): CardAuthority {
  const { cardTrusted: trusted, cardPolicies = "", cardOcspNonce: nonce, publicUrl } = settings;
  if (trusted === undefined) return closedCardAuthority;
  const policies = cardPolicies.split(",").map((one) => one.trim());
  const origin = new URL(publicUrl).origin;
  return createCardAuthority({ trusted, policies: policies.filter(Boolean), origin, nonce, clock, random: systemRandom, log });
}

/** What is called by jobs alone. */
function openWorkers(
  { settings, clock, sandbox }: OutsideNeeds,
  log: Log,
  closing: Closing,
): Pick<Gateways, "sms" | "email" | "post"> {
  if (!plays(settings, "worker")) return shut;
  const sms = createSmsCarrier({ url: needed(settings, "smppUrl"), log });
  closing.add(() => sms.close());
  const email = createEmailCarrier({ url: needed(settings, "smtpUrl"), from: settings.mailFrom });
  closing.add(() => email.close());
  return {
    sms,
    email,
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

/** In the place of each gateway that no role of this process calls: whoever calls it is a bug, and is told so. */
const never = (): Promise<never> => Promise.reject(new Error("a gateway was called that no role of this process has"));
const shut: Gateways = {
  registry: { findByTaxNumber: never, findByCivilId: never, findByDocument: never },
  taxAuthority: { begin: never, finish: never },
  cardAuthority: { judgeCertificate: never, judgeWebEid: never },
  sms: { send: never },
  email: { send: never },
  post: { hand: never, news: never },
};
