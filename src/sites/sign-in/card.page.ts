/** To the reader and back from it, by either way. A card that identifies nobody ends nothing: the portal's request waits. */
import type { Context, Hono } from "hono";
import type { CardProof } from "#core/citizen-cards";
import {
  cardEndings,
  cardReaderProps,
  isOneOf,
  readWebEid,
  seeOther,
  type CardProblem,
  type Form,
  type Scene,
} from "#sites/kit";
import { cardClosedView, cardRefusedView, cardView } from "./card.view.ts";
import { proven, type SignInPageView, type SignInSite } from "./journey.ts";
import { here, idOf, route } from "./paths.ts";
import { offeredIn } from "./proof-tabs.ts";

export function cardPages(app: Hono, site: SignInSite): void {
  const { kit, journey } = site;
  app.get(route("card"), (c) => journey.guarded(c, "identify", (scene, view) => showReader(site, c, scene, view)));
  app.get(route("cardBack"), async (c) => identify(site, c, await kit.scene(c), ticketOf(c)));
  app.post(
    route("webEid"),
    kit.posted((c, scene, form) => identifyByWebEid(site, c, scene, form)),
  );
  app.get(route("webEid"), (c) => seeOther(c, here(c, "start")));
  app.get(`${route("cardRefused")}/:code`, (c) => showRefused(site, c, c.req.param("code")));
}

function showReader(site: SignInSite, c: Context, scene: Scene, view: SignInPageView): Response | Promise<Response> {
  const { kit } = site;
  const { id, cardOnly, asks } = view;
  if (kit.settings.cardDoorUrl !== null) return askCard(site, c, scene, view);
  if (!cardOnly) return seeOther(c, here(c, "identify"));
  return kit.show(c, (words) => cardClosedView(words, { csrf: scene.csrf, id, asks }), { status: 422 });
}

async function askCard({ kit, signIn, journey }: SignInSite, c: Context, scene: Scene, view: SignInPageView) {
  const { id, cardOnly, asks } = view;
  const asked = await signIn.by["citizen-card"].ask(id, scene.visitor, here(c, "cardBack"));
  if (!asked.ok) return journey.settle(c, scene, asked.refusal);
  const question = cardReaderProps(kit.settings.cardDoorUrl ?? "", asked.question);
  return kit.show(c, (words) =>
    cardView(words, { csrf: scene.csrf, id, asks, offered: offeredIn({ cardOnly }, kit.settings), ...question }),
  );
}

const ticketOf = (c: Context): CardProof => ({ kind: "ticket", ticket: c.req.query("ticket") ?? "" });

async function identifyByWebEid(site: SignInSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const read = readWebEid(form);
  return "proof" in read ? identify(site, c, scene, read.proof) : refuse(c, read.failure);
}

async function identify(site: SignInSite, c: Context, scene: Scene, proof: CardProof): Promise<Response> {
  const identified = await site.signIn.by["citizen-card"].show(idOf(c), scene.visitor, proof);
  if (identified.ok) {
    site.kit.takeSlip(c, idOf(c));
    return proven(site, c, identified.signedIn);
  }
  const { refusal } = identified;
  return isOneOf(cardEndings, refusal) ? refuse(c, refusal) : site.journey.settle(c, scene, refusal);
}

/** Not shown where it was met: that address holds a ticket, or was posted to. */
function refuse(c: Context, refusal: CardProblem): Response {
  return seeOther(c, `${here(c, "cardRefused")}/${refusal}`);
}

function showRefused({ kit, journey }: SignInSite, c: Context, refusal: string): Promise<Response> {
  return journey.guarded(c, "identify", ({ csrf }, { id, cardOnly, asks }) => {
    if (!isOneOf(cardEndings, refusal)) return kit.fail(c, "notFound");
    const props = { csrf, id, asks, offered: offeredIn({ cardOnly }, kit.settings), refusal, reference: kit.note({ refusal }) };
    return kit.show(c, (words) => cardRefusedView(words, props), { status: cardEndings[refusal].status });
  });
}
