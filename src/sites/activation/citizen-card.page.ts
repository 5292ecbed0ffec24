/** To the reader and back from it, by either way; what was read, and what becomes of a key there is. */
import type { Context, Hono } from "hono";
import type { CitizenCardSteps } from "#core/activation";
import type { CardProof } from "#core/citizen-cards";
import { cardReaderProps, readWebEid, seeOther, type Form, type Scene } from "#sites/kit";
import { cancelPage } from "./cancel.page.ts";
import { cardConsentView, cardDoneView, readerView, replaceView } from "./citizen-card.view.ts";
import { applicantOf, type ChannelSite } from "./journey.ts";
import { citizenCardView } from "./ways.view.ts";

export function citizenCardPages(app: Hono, site: ChannelSite): void {
  startPages(app, site);
  readerPages(app, site);
  decisionPages(app, site);
  cancelPage(app, site);
}

function startPages(app: Hono, site: ChannelSite): void {
  const { kit, journey, paths } = site;
  app.get(paths.start, (c) => showStart(site, c));
  app.post(
    paths.start,
    kit.posted((c, scene) => begin(site, c, scene)),
  );
  app.get(paths.pages.done, (c) => journey.guarded(c, "done", () => kit.show(c, cardDoneView)));
}

async function showStart({ kit }: ChannelSite, c: Context): Promise<Response> {
  const { csrf } = await kit.scene(c);
  return kit.show(c, (words) => citizenCardView(words, { csrf, isOpen: kit.settings.cardDoorUrl !== null }));
}

async function begin({ kit, activation, paths }: ChannelSite, c: Context, { visitor }: Scene): Promise<Response> {
  if (kit.settings.cardDoorUrl === null) return seeOther(c, paths.start);
  await activation.channels["citizen-card"].begin(visitor);
  return seeOther(c, paths.pages.identify);
}

function readerPages(app: Hono, site: ChannelSite): void {
  const { kit, journey, paths } = site;
  app.get(paths.pages.identify, (c) => journey.guarded(c, "identify", (scene) => showReader(site, c, scene)));
  app.get(paths.back, async (c) => identify(site, c, await kit.scene(c), ticketOf(c)));
  app.post(
    paths.webEid,
    kit.posted((c, scene, form) => identifyByWebEid(site, c, scene, form)),
  );
  app.get(paths.webEid, (c) => seeOther(c, paths.start));
}

async function showReader({ kit, activation, journey, paths }: ChannelSite, c: Context, scene: Scene): Promise<Response> {
  const asked = await activation.channels["citizen-card"].ask(scene.visitor, paths.back);
  if (!asked.ok) return journey.settle(c, scene, asked.refusal);
  const question = cardReaderProps(kit.settings.cardDoorUrl ?? "", asked.question);
  return kit.show(c, (words) => readerView(words, { csrf: scene.csrf, ...question }));
}

const ticketOf = (c: Context): CardProof => ({ kind: "ticket", ticket: c.req.query("ticket") ?? "" });

async function identify(site: ChannelSite, c: Context, scene: Scene, proof: CardProof): Promise<Response> {
  const identified = await site.activation.channels["citizen-card"].identify(scene.visitor, proof);
  return identified.ok ? seeOther(c, site.paths.pages.consent) : site.journey.settle(c, scene, identified.refusal);
}

async function identifyByWebEid(site: ChannelSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const read = readWebEid(form);
  if ("proof" in read) return identify(site, c, scene, read.proof);
  await site.activation.channels["citizen-card"].fail(applicantOf(scene), read.failure);
  return site.end(c, read.failure);
}

function decisionPages(app: Hono, site: ChannelSite): void {
  const { kit, activation, journey } = site;
  const { agree, replace: putInPlace } = activation.channels["citizen-card"];
  const { consent, replace } = site.paths.pages;
  app.get(consent, (c) =>
    journey.guarded(
      c,
      "consent",
      ({ csrf }, { shown: { learned } }) => learned && kit.show(c, (words) => cardConsentView(words, { csrf, learned })),
    ),
  );
  app.get(replace, (c) => journey.guarded(c, "replace", ({ csrf }) => kit.show(c, (words) => replaceView(words, { csrf }))));
  app.post(
    consent,
    kit.posted((c, scene, form) => decide(site, c, scene, form, agree)),
  );
  app.post(
    replace,
    kit.posted((c, scene, form) => decide(site, c, scene, form, putInPlace)),
  );
}

/** Where it leads depends on what was decided, and on the key there is: core knows. */
async function decide(
  { kit, journey }: ChannelSite,
  c: Context,
  scene: Scene,
  form: Form,
  tell: CitizenCardSteps["agree"],
): Promise<Response> {
  const decision = form.text("decision");
  if (decision !== "authorise" && decision !== "refuse") return kit.fail(c, "malformed");
  const told = await tell(applicantOf(scene), decision);
  return journey.settle(c, scene, told.ok ? "activation.out-of-step" : told.refusal);
}
