/** The doors for the public: the pages and the portals' protocols at one address, the citizen card's handshake at another. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { trustedPems } from "#gateways/card-authority";
import type { Closing } from "#platform/closing";
import { listen } from "#platform/http";
import { createAdmission } from "#platform/http/admission";
import type { Metrics } from "#platform/metrics";
import type { Settings } from "#settings";
import { cardTls, createCardDoor } from "#protocols/card-door";
import { createOidc } from "#protocols/oidc";
import type { Oidc } from "#protocols/oidc";
import { createBusyPage, createVisitors } from "#sites/kit";
import type { SiteSettings } from "#sites/kit";
import { createProtocolPages } from "#sites/sign-in";
import type { Outside } from "../outside.ts";
import { precedenceOf } from "../precedence.ts";
import { createSites } from "../sites/index.ts";
import type { Core } from "./core.ts";

/** Where the product runs: among real people, or in the sandbox, whose virtual card reader (an origin) its pages may show. */
export interface Surroundings {
  readonly sandbox: boolean;
  readonly virtualReader?: string | undefined;
}

export interface PublicNeeds {
  readonly core: Core;
  readonly outside: Outside;
  readonly settings: Settings;
  readonly surroundings: Surroundings;
  readonly metrics: Metrics;
}

/** Milliseconds until a changed signing key is in use here. Each process looks for itself: the jobs are done by one of them. */
const KEYS_LOOKED_AT_EVERY = 60_000;

/** Opens them; what was opened before a fault is in `closing` too. */
export async function openPublic(needs: PublicNeeds, closing: Closing): Promise<void> {
  const { outside, settings, metrics } = needs;
  const { db, log } = outside;
  const site = siteOf(needs);
  const oidc = await openOidc(needs, site, closing);
  const pages = createSites({ ...needs.core, ...outside, settings: site });
  pages.route("/", oidc.routes);

  const admission = createAdmission({ precedenceOf, busyPage: createBusyPage(site), db, log });
  closing.add(() => {
    admission.stop();
  });
  metrics.watchAdmission(admission);
  const place = { log, ...(settings.host !== undefined && { host: settings.host }) };
  const handle = withOidc(oidc, getRequestListener(pages.fetch));
  const observe = metrics.observeDoor("public");
  const door = await listen({ ...place, port: settings.portBase, handle, observe, admission });
  closing.add(() => door.close());

  const tls = cardDoorTls(settings);
  if (!tls) return;
  const cardDoor = createCardDoor({ cards: needs.core.cards, publicUrl: settings.publicUrl });
  const observeCards = metrics.observeDoor("card");
  const card = await listen({ ...place, port: settings.portBase + 3, handle: cardDoor, observe: observeCards, tls });
  closing.add(() => card.close());
}

function siteOf({ settings, surroundings: { sandbox, virtualReader } }: PublicNeeds): SiteSettings {
  const { publicUrl, installationName, proxies, taxAuthorityIssuer, cardTrusted, cardUrl } = settings;
  return {
    ...{ publicUrl, installationName, proxies, sandbox, gallery: sandbox },
    taxAuthorityOrigins: [new URL(taxAuthorityIssuer ?? publicUrl).origin],
    cardDoorUrl: cardTrusted === undefined ? null : cardUrl,
    ...(virtualReader !== undefined && { virtualReader }),
  };
}

async function openOidc({ core, outside }: PublicNeeds, site: SiteSettings, closing: Closing): Promise<Oidc> {
  const { db, secrets, clock, random, log } = outside;
  const { visitorOf, giveSlip, forgetSignedIn } = createVisitors({ random, settings: site });
  const oidc = await createOidc({
    ...createProtocolPages(site),
    ...{ db, secrets, signingKeys: secrets, clock, random, log },
    ...{ visitorOf, giveSlip, forgetSignedIn },
    portals: core.portals,
    signIn: core.signIn,
    sessions: core.sessions,
    issuer: site.publicUrl,
    highestLevel: site.cardDoorUrl === null ? 3 : 4,
    sandbox: site.sandbox,
  });
  const looking = setInterval(() => {
    oidc.takeUpKeys().catch((error: unknown) => {
      log.error({ err: error }, "the signing keys could not be looked at");
    });
  }, KEYS_LOOKED_AT_EVERY).unref();
  closing.add(() => {
    clearInterval(looking);
  });
  return oidc;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** The OpenID engine wants node's own request; everything else is a page. */
function withOidc(oidc: Oidc, answerPage: Handle): Handle {
  return (request, response) =>
    oidc.owns(pathOf(request.url ?? "/")) ? oidc.handle(request, response) : answerPage(request, response);
}

/** A request line may hold anything: what is no address at all goes to the pages, which know it neither. */
function pathOf(url: string): string {
  const plain = /^(?:\/[\w-]+)+(?=\?|$)/.exec(url)?.[0];
  return plain ?? URL.parse(url, "http://path.only")?.pathname ?? "/";
}

function cardDoorTls({ cardTrusted, cardTlsKey, cardTlsCertificate }: Settings) {
  if (cardTrusted === undefined || cardTlsKey === undefined || cardTlsCertificate === undefined) return null;
  const [key, certificate] = [readFileSync(cardTlsKey), readFileSync(cardTlsCertificate)];
  return cardTls({ key, certificate, authorities: trustedPems(cardTrusted) });
}
