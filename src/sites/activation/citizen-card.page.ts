/** To the reader and back from it, by either way; what was read, and what becomes of a key there is. */
import type { Context, Hono } from "hono";
import type { Activation, CitizenCardSteps } from "#core/activation";
import type { CardProof } from "#core/citizen-cards";
import { cardReaderProps, readWebEid, type Kit, type Scene } from "#sites/kit";
import { cardConsentView, cardDoneView, readerView, replaceView } from "./citizen-card.view.ts";
import { applicantOf, type ActivationJourney } from "./journey.ts";
import { citizenCardView } from "./ways.view.ts";

export function citizenCardPages(app: Hono, kit: Kit, activation: Activation, journey: ActivationJourney): void {
  const { start, pages, end, settle, guarded } = journey;
  const door = kit.settings.cardDoorUrl;

  app.get(start, async (c) => {
    const { csrf } = await kit.scene(c);
    return kit.show(c, (words) => citizenCardView(words, { csrf, isOpen: door !== null }));
  });

  app.post(
    start,
    kit.posted(async (c, { visitor }) => {
      if (door === null) return c.redirect(start, 303);
      await activation.channels["citizen-card"].begin(visitor);
      return c.redirect(pages.identify, 303);
    }),
  );

  app.get(pages.identify, (c) =>
    guarded(c, "identify", async (scene) => {
      const asked = await activation.channels["citizen-card"].ask(scene.visitor, `${start}/return`);
      if (!asked.ok) return settle(c, scene, asked.refusal);
      const question = cardReaderProps(door ?? "", asked.question);
      return kit.show(c, (words) => readerView(words, { csrf: scene.csrf, ...question }));
    }),
  );

  async function identify(c: Context, scene: Scene, proof: CardProof): Promise<Response> {
    const identified = await activation.channels["citizen-card"].identify(scene.visitor, proof);
    return identified.ok ? c.redirect(pages.consent, 303) : settle(c, scene, identified.refusal);
  }

  app.get(`${start}/return`, async (c) =>
    identify(c, await kit.scene(c), { kind: "ticket", ticket: c.req.query("ticket") ?? "" }),
  );

  app.post(
    `${start}/web-eid`,
    kit.posted(async (c, scene, form) => {
      const read = readWebEid(form);
      if ("proof" in read) return identify(c, scene, read.proof);
      await activation.channels["citizen-card"].fail(applicantOf(scene), read.failure);
      return end(c, read.failure);
    }),
  );
  app.get(`${start}/web-eid`, (c) => c.redirect(start, 303));

  decisionPages(app, kit, activation, journey);

  app.get(pages.done, (c) => guarded(c, "done", () => kit.show(c, cardDoneView)));

  app.post(
    `${start}/cancel`,
    kit.posted(async (c, { visitor }) => {
      await activation.cancel(visitor);
      return c.redirect("/activate", 303);
    }),
  );
  app.get(`${start}/cancel`, (c) => c.redirect("/activate", 303));
}

function decisionPages(app: Hono, kit: Kit, activation: Activation, { start, pages, settle, guarded }: ActivationJourney) {
  app.get(pages.consent, (c) =>
    guarded(c, "consent", ({ csrf }, { shown: { learned } }) =>
      learned ? kit.show(c, (words) => cardConsentView(words, { csrf, learned })) : c.redirect(start, 303),
    ),
  );
  app.get(pages.replace, (c) => guarded(c, "replace", ({ csrf }) => kit.show(c, (words) => replaceView(words, { csrf }))));

  const decided = (page: string, decide: CitizenCardSteps["agree"]) => {
    app.post(
      page,
      kit.posted(async (c, scene, form) => {
        const decision = form.text("decision");
        if (decision !== "authorise" && decision !== "refuse") return kit.fail(c, "malformed");
        const outcome = await decide(applicantOf(scene), decision);
        return outcome.ok ? settle(c, scene, "activation.out-of-step") : settle(c, scene, outcome.refusal);
      }),
    );
  };
  decided(pages.consent, activation.channels["citizen-card"].agree);
  decided(pages.replace, activation.channels["citizen-card"].replace);
}
