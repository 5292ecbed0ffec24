/** To the reader and back from it, by either way. A card that identifies nobody ends nothing: the portal's request waits. */
import type { Context, Hono } from "hono";
import type { CardProof } from "#core/citizen-cards";
import type { SignIn } from "#core/sign-in";
import { cardEndings, cardReaderProps, isCardProblem, readWebEid, type CardProblem, type Kit, type Scene } from "#sites/kit";
import { cardClosedView, cardRefusedView, cardView } from "./card.view.ts";
import { idOf, path, urlOf, type SignInJourney } from "./journey.ts";

export function cardPages(app: Hono, kit: Kit, signIn: SignIn, { goTo, guarded, settle, proven }: SignInJourney): void {
  const door = kit.settings.cardDoorUrl;

  app.get(path("/card"), (c) =>
    guarded(c, "identify", async ({ csrf, visitor }, { id, cardOnly }, asks) => {
      if (door === null && !cardOnly) return goTo(c, "identify");
      if (door === null) return kit.show(c, (words) => cardClosedView(words, { csrf, id, asks }), { status: 422 });
      const asked = await signIn.by["citizen-card"].ask(id, visitor, urlOf(c, "/card/return"));
      if (!asked.ok) return settle(c, asked.refusal);
      const props = { csrf, id, asks, withKey: !cardOnly, ...cardReaderProps(door, asked.question) };
      return kit.show(c, (words) => cardView(words, props));
    }),
  );

  /** Not shown where it was met: that address holds a ticket, or was posted to. */
  const refuse = (c: Context, refusal: CardProblem) => c.redirect(urlOf(c, `/card/refused/${refusal}`), 303);

  async function identify(c: Context, { visitor }: Scene, proof: CardProof): Promise<Response> {
    const identified = await signIn.by["citizen-card"].show(idOf(c), visitor, proof);
    if (identified.ok) {
      kit.takeSlip(c, idOf(c));
      return proven(c, identified.signedIn);
    }
    const { refusal } = identified;
    return refusal === "sign-in.gone" || refusal === "sign-in.out-of-step" ? settle(c, refusal) : refuse(c, refusal);
  }

  app.get(path("/card/return"), async (c) =>
    identify(c, await kit.scene(c), { kind: "ticket", ticket: c.req.query("ticket") ?? "" }),
  );

  app.post(
    path("/card/web-eid"),
    kit.posted((c, scene, form) => {
      const read = readWebEid(form);
      return "proof" in read ? identify(c, scene, read.proof) : refuse(c, read.failure);
    }),
  );
  app.get(path("/card/web-eid"), (c) => goTo(c, null));

  app.get(path("/card/refused/:code"), (c) =>
    guarded(c, "identify", ({ csrf }, { id, cardOnly }, asks) => {
      const refusal = c.req.param("code") ?? "";
      if (!isCardProblem(refusal)) return kit.fail(c, "notFound");
      const props = { csrf, id, asks, withKey: !cardOnly, refusal, reference: kit.note({ refusal }) };
      return kit.show(c, (words) => cardRefusedView(words, props), { status: cardEndings[refusal].status });
    }),
  );
}
