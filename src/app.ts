/** The composition: every part made once, by hand, in reading order. */
import { createActivation } from "#core/activation";
import { createActs } from "#core/acts";
import { createActivity } from "#core/activity";
import { createCitizenCards } from "#core/citizen-cards";
import type { CardAuthority } from "#core/citizen-cards";
import { createCardDoor } from "#protocols/card-door";
import { createCitizens } from "#core/citizens";
import { createMessages } from "#core/messages";
import type { EmailCarrier, PostalCarrier, SmsCarrier } from "#core/messages";
import type { CivilRegistry } from "#core/citizens";
import type { TaxAuthority } from "#core/activation";
import { createMobileKeys } from "#core/mobile-keys";
import { createOneTimeCodes } from "#core/one-time-codes";
import { createPortals, withOurselves } from "#core/portals";
import { createReservedArea } from "#core/reserved-area";
import { createSignIn } from "#core/sign-in";
import { createOidc } from "#protocols/oidc";
import type { Database } from "#platform/database";
import type { Floor } from "#platform/floor";
import type { JobKinds, Jobs } from "#platform/jobs";
import type { Log } from "#platform/log";
import type { Secrets, SigningKeys } from "#platform/secrets";
import type { Settings } from "#platform/settings";
import { argon2id } from "#platform/stretch";
import type { Clock, Random } from "#platform/world";
import { messageCatalogue, ourName } from "#words";
import { createBusyPage, createVisitors } from "#sites/kit";
import { createProtocolPages } from "#sites/sign-in";
import { createSites } from "./sites/index.ts";

/** Everything outside: the floor's engines and the others' systems, each behind the promise core asks of it. */
export interface Outside {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Secrets & SigningKeys;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly registry: CivilRegistry;
  readonly taxAuthority: TaxAuthority;
  readonly cardAuthority: CardAuthority;
  readonly sms: SmsCarrier;
  readonly email: EmailCarrier;
  readonly post: PostalCarrier;
}

/** Where the product runs: among real people, or in the sandbox, whose virtual card reader (an origin) its pages may show. */
export interface Surroundings {
  readonly sandbox: boolean;
  readonly virtualReader?: string | undefined;
}

export type App = Awaited<ReturnType<typeof createApp>>;

export async function createApp(outside: Outside, settings: Settings, { sandbox, virtualReader }: Surroundings) {
  const { db, clock, random, jobs, log, keys: secrets } = outside;
  const floor: Floor = { db, clock, random, jobs, secrets };
  const host = new URL(settings.publicUrl).hostname;

  const citizens = createCitizens(floor);
  const portals = await createPortals(floor);
  const activity = createActivity(floor);
  const codes = createOneTimeCodes(floor);
  const messages = createMessages({ floor, words: messageCatalogue, sms: outside.sms, email: outside.email, host });
  const keys = createMobileKeys({ floor, stretch: argon2id, pinMode: settings.pinMode });

  const cards = createCitizenCards({ floor, registry: outside.registry, authority: outside.cardAuthority });
  const people = { citizens, cards, registry: outside.registry, taxAuthority: outside.taxAuthority };
  const activation = createActivation({ floor, people, keys, codes, messages, activity, post: outside.post });
  const portalsAndOurselves = withOurselves(portals, ourName, `${settings.publicUrl}/reserved-area`);
  const signIn = createSignIn({
    floor,
    portals: portalsAndOurselves,
    people: { citizens, keys, cards },
    codes,
    messages,
    activity,
  });
  const acts = createActs({ floor, signIn, people: { citizens, keys }, codes, messages, activity });
  const reservedArea = createReservedArea({
    random,
    portals: portalsAndOurselves,
    people: { citizens, keys },
    signIn,
    activity,
  });

  const { publicUrl, installationName, proxies } = settings;
  const taxAuthorityOrigins = [new URL(settings.taxAuthorityIssuer ?? publicUrl).origin];
  const cardDoorUrl = settings.cardTrusted === undefined ? null : settings.cardUrl;
  const cardDoor = createCardDoor({ cards, publicUrl });
  const site = {
    ...{ cardDoorUrl, publicUrl, installationName, proxies, sandbox, gallery: sandbox, taxAuthorityOrigins },
    ...(virtualReader !== undefined && { virtualReader }),
  };
  const pages = createSites({ activation, signIn, reservedArea, acts, secrets, random, clock, log, settings: site });
  const { visitorOf, giveSlip, forgetSignedIn } = createVisitors({ random, settings: site });
  const rendered = createProtocolPages(site);
  const oidc = await createOidc({
    ...rendered,
    db,
    portals,
    signIn,
    signingKeys: secrets,
    secrets,
    clock,
    random,
    log,
    issuer: publicUrl,
    highestLevel: cardDoorUrl === null ? 3 : 4,
    sandbox,
    visitorOf,
    giveSlip,
    forgetSignedIn,
  });
  pages.route("/", oidc.routes);

  const housekeeping: JobKinds = {
    "letters-end": { handle: activation.endSpent, every: "PT10M", attempts: 3 },
    "audit-seal": { handle: async () => void (await activity.seal()), every: "PT1M", attempts: 3 },
    purge: {
      async handle() {
        for (const part of [cards, activation, signIn, acts, codes, messages, oidc]) await part.purge();
      },
      every: "PT1M",
      attempts: 3,
    },
  };
  const jobKinds: JobKinds = { ...messages.jobKinds, ...activation.jobKinds, ...signIn.jobKinds, ...housekeeping };

  const core = { citizens, keys, transaction: db.transaction };
  const busyPage = createBusyPage(site);
  return { core, cardDoor, portals, activity, pages, oidc, busyPage, jobKinds, close: () => portals.close() };
}
