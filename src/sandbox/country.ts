/** The whole small country: every actor made once, by hand, in reading order, and what the product must be told to find them. */
import type { Hono } from "hono";
import { join } from "node:path";
import type { PortalRegistration } from "#core/portals";
import type { Settings } from "#settings";
import { openDoorCertificate } from "./card-office/card-door-certificate.ts";
import { createCardOffice, POLICY, type CardOffice } from "./card-office/index.ts";
import { createCivilRegistrySandbox } from "./civil-registry/index.ts";
import { createSandboxClock, type SandboxClock } from "./clock/index.ts";
import { openCredentials } from "./kit/credentials.ts";
import { createDemoPortal } from "./demo-portal/index.ts";
import { createHub } from "./hub/index.ts";
import { createMailServer } from "./mail-server/index.ts";
import { createMobileNetwork, SANDBOX_SMSC_LOGIN } from "./mobile-network/index.ts";
import { createPostOffice, openPrinterKeyPair } from "./post-office/index.ts";
import { createPeople, fullName, type People, type Person } from "./people/index.ts";
import { createTaxAuthoritySandbox } from "./tax-authority/index.ts";

export const PORTS = { hub: 10, taxAuthority: 11, demoPortal: 12, smpp: 14, smtp: 15 } as const;

/** Where the tax authority sends people back to, at the product's public address. */
const TAX_RETURN_PATH = "/activate/tax-authority/return";

export interface Country {
  readonly clock: SandboxClock;
  readonly people: People;
  readonly cardOffice: CardOffice;
  /** The given settings, pointed at the sandbox. */
  readonly settings: Settings;
  /** Origin of the virtual card reader, for the pages that read a card. */
  readonly virtualReader: string;
  readonly portals: readonly PortalRegistration[];
  readonly places: readonly { readonly label: string; readonly url: string }[];
  /** How to wait until the product has handed over all it promised; called before time or the post moves on. */
  settleWith(settled: () => Promise<void>): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Something with `routes` for the hub, that starts and stops. */
interface Actor {
  readonly routes: Hono;
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
}

export async function createCountry(given: Settings): Promise<Country> {
  const shelfFolder = join(given.data, "sandbox");
  const at = (place: keyof typeof PORTS) => given.portBase + PORTS[place];
  const { secretFor } = openCredentials(shelfFolder);

  let productSettled = () => Promise.resolve();
  const settled = () => productSettled();
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const registry = createCivilRegistrySandbox({ people, clock, credential: secretFor("civil-registry"), shelfFolder });
  const hubUrl = `http://localhost:${at("hub")}`;
  const cardOffice = await createCardOffice({ clock, shelfFolder, people, current: registry.current, hubUrl });
  const mobileNetwork = createMobileNetwork({
    port: at("smpp"),
    clock,
    shelfFolder,
    nameOf: (phone) => nameOf(people.findByPhone(phone)),
  });
  const mailServer = createMailServer({ port: at("smtp"), clock, shelfFolder });
  const printerKeyPair = openPrinterKeyPair(shelfFolder);
  const postOffice = createPostOffice({
    clock,
    shelfFolder,
    credential: secretFor("post-office"),
    printerKeyPair,
    settled,
    nameOf: (civilId) => nameOf(people.findByCivilId(civilId)),
  });
  const taxAuthority = createTaxAuthoritySandbox({
    port: at("taxAuthority"),
    people,
    client: { id: "chave", secret: secretFor("tax-authority"), redirectUri: given.publicUrl + TAX_RETURN_PATH },
    keyIssuer: given.publicUrl,
    portalSecret: secretFor("my-taxes"),
  });
  const demoPortal = await createDemoPortal({ port: at("demoPortal"), keyIssuer: given.publicUrl, shelfFolder });
  const actors: readonly Actor[] = [mobileNetwork, mailServer, postOffice, cardOffice];

  const places = placesOf(given, { hub: hubUrl, taxAuthority: taxAuthority.url, demoPortal: demoPortal.url });
  const hub = createHub({
    port: at("hub"),
    people,
    registry,
    clock,
    settled,
    actors,
    places: places.filter(({ url }) => url !== hubUrl),
  });

  const settings: Settings = {
    ...given,
    registryUrl: `${hubUrl}/registry-api`,
    registryCredential: secretFor("civil-registry"),
    taxAuthorityIssuer: taxAuthority.url,
    taxAuthorityClientId: "chave",
    taxAuthorityClientSecret: secretFor("tax-authority"),
    cardTrusted: cardOffice.authorities.bundleFile,
    cardPolicies: POLICY.authentication,
    ...(await openDoorCertificate(join(shelfFolder, "card-door"), clock)),
    smppUrl: `smpp://${SANDBOX_SMSC_LOGIN.systemId}:${SANDBOX_SMSC_LOGIN.password}@127.0.0.1:${at("smpp")}`,
    // May be given: a test stands between the product and its post office.
    postUrl: given.postUrl ?? `${hubUrl}/post-office`,
    postCredential: secretFor("post-office"),
    postPrinterKey: printerKeyPair.publicKeyFile,
    smtpUrl: `smtp://127.0.0.1:${at("smtp")}`,
  };
  return {
    clock,
    people,
    cardOffice,
    settings,
    virtualReader: hubUrl,
    portals: [demoPortal.portal, taxAuthority.portal],
    places,
    settleWith(wait) {
      productSettled = wait;
    },
    ...lifeOf(actors, [hub, taxAuthority, demoPortal]),
  };
}

const nameOf = (person: Person | undefined) => (person ? fullName(person) : null);

interface Opens {
  start(): Promise<{ close(): Promise<void> }>;
}

/** What was opened is closed, also when something else could not be. */
function lifeOf(actors: readonly Actor[], doors: readonly Opens[]): Pick<Country, "start" | "stop"> {
  const stops: (() => Promise<unknown>)[] = [];
  async function start(): Promise<void> {
    for (const actor of actors) {
      await actor.start();
      stops.push(() => actor.stop());
    }
    for (const door of doors) {
      const opened = await door.start();
      stops.push(() => opened.close());
    }
  }
  async function stop(): Promise<void> {
    await Promise.allSettled(stops.splice(0).map((close) => close()));
  }
  return { start, stop };
}

function placesOf(
  { publicUrl }: Settings,
  urls: Readonly<Record<"hub" | "taxAuthority" | "demoPortal", string>>,
): Country["places"] {
  return [
    { label: "Chave: the Authentication Portal", url: publicUrl },
    { label: "Activate a key", url: `${publicUrl}/activate` },
    { label: "Reserved area: look at a key, unblock a locked one", url: `${publicUrl}/reserved-area` },
    { label: "Sandbox hub: people, phones, letterboxes, mailboxes, clock", url: urls.hub },
    { label: "Vila Exemplo Town Hall, a portal that accepts the key", url: urls.demoPortal },
    { label: "My taxes, a portal of the tax authority that accepts the key", url: urls.taxAuthority },
  ];
}
