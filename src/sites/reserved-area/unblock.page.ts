import type { Context, Hono } from "hono";
import type { PinWeakness } from "#core/mobile-keys";
import type { CardWanted, Unblocker, Unblocking, UnblockingRefusal, UnblockingStep, UnblockingView } from "#core/unblocking";
import {
  elsewhere,
  isPinWeakness,
  marked,
  readCode,
  readNewPin,
  tooSoon,
  type Journey,
  type Kit,
  type Mistakes,
  type Scene,
} from "#sites/kit";
import { pages, type Door } from "./door.ts";
import { endings, isUnblockingRefusal, unblockRefusedView } from "./unblock-refused.view.ts";
import { unblockCodeView, unblockDoneView, unblockPinView } from "./unblock.view.ts";

const journey: Journey<UnblockingStep> = { pin: pages.unblock, code: pages.code, done: pages.done };

const unblockerOf = ({ visitor, about }: Scene): Unblocker => (about === null ? visitor : { ...visitor, shownIn: about });

export function unblockPages(app: Hono, kit: Kit, unblocking: Unblocking, door: Door): void {
  /** The seed's rule: any error ends it, wipes what was typed (core did), and offers only to start again. */
  function end(c: Context, refusal: UnblockingRefusal, reference = kit.note({ refusal })): Response {
    return kit.show(c, (words) => unblockRefusedView(words, { refusal, reference }), {
      status: endings[refusal].status,
      path: `${pages.unblock}/refused/${refusal}`,
    });
  }

  /** The card first; or to where it stands, after the back button, a double click or in a second window; or the end. */
  async function settle(c: Context, scene: Scene, refusal: CardWanted | UnblockingRefusal): Promise<Response> {
    if (refusal === "card.wanted") return door(c, scene, pages.unblock, "card");
    const found = refusal === "unblocking.out-of-step" ? await unblocking.view(scene.visitor) : null;
    return found?.ok ? c.redirect(journey[found.view.step], 303) : end(c, refusal);
  }

  async function guarded(c: Context, step: UnblockingStep, show: (scene: Scene, view: UnblockingView) => Response) {
    const scene = await kit.scene(c);
    const found = await unblocking.view(scene.visitor);
    if (!found.ok) return settle(c, scene, found.refusal);
    const { view } = found;
    const other = elsewhere(journey, view.step, journey[step]);
    return other === null ? show({ ...scene, csrf: marked(scene.csrf, view.session) }, view) : c.redirect(other, 303);
  }

  const showPin = (c: Context, status: number, mistakes: Mistakes, refusal: PinWeakness | null) =>
    guarded(c, "pin", ({ csrf }) => kit.show(c, (words) => unblockPinView(words, { csrf, mistakes, refusal }), { status }));

  const showCode = (c: Context, status: number, mistakes: Mistakes, news: string | null) =>
    guarded(c, "code", ({ csrf }, { code }) => {
      if (!code) return c.redirect(pages.unblock, 303);
      return kit.show(c, (words) => unblockCodeView(words, { csrf, code, mistakes, news }), { status, path: pages.code });
    });

  app.get(pages.unblock, (c) => showPin(c, 200, {}, null));
  app.post(
    pages.unblock,
    kit.posted(async (c, scene, form) => {
      const { words } = scene;
      const { pin, mistakes } = readNewPin(words, form);
      if (Object.keys(mistakes).length > 0) return showPin(c, 400, mistakes, null);
      const chosen = await unblocking.choosePin(unblockerOf(scene), pin);
      if (chosen.ok) return c.redirect(pages.code, 303);
      const { refusal } = chosen;
      return isPinWeakness(words, refusal)
        ? showPin(c, 422, { pin_new: words.fields.newPin.weakness[refusal] }, refusal)
        : settle(c, scene, refusal);
    }),
  );

  app.get(pages.code, (c) => showCode(c, 200, {}, null));
  app.post(
    pages.code,
    kit.posted(async (c, scene, form) => {
      const read = readCode(scene.words, form);
      if (read.mistake !== null) return showCode(c, 400, { code: read.mistake }, null);
      const confirmed = await unblocking.confirm(unblockerOf(scene), read.code);
      return confirmed.ok ? c.redirect(pages.done, 303) : settle(c, scene, confirmed.refusal);
    }),
  );

  app.post(
    `${pages.code}/resend`,
    kit.posted(async (c, scene) => {
      const resent = await unblocking.resend(unblockerOf(scene));
      if (resent.ok) return c.redirect(pages.code, 303);
      const { refusal, until } = resent;
      if (refusal === "code.too-soon") return showCode(c, 422, {}, tooSoon(scene.words, until));
      return refusal === "code.no-more" ? showCode(c, 422, {}, scene.words.code.noMore) : settle(c, scene, refusal);
    }),
  );
  app.get(`${pages.code}/resend`, (c) => c.redirect(pages.code, 303));

  app.get(pages.done, (c) => guarded(c, "done", ({ csrf }) => kit.show(c, (words) => unblockDoneView(words, { csrf }))));

  app.post(
    `${pages.unblock}/cancel`,
    kit.posted(async (c, scene) => {
      await unblocking.cancel(unblockerOf(scene));
      return c.redirect(pages.home, 303);
    }),
  );
  app.get(`${pages.unblock}/cancel`, (c) => c.redirect(pages.home, 303));

  /** Only the language switch of a refusal page leads here: the explanation alone, about nobody. */
  app.get(`${pages.unblock}/refused/:code`, (c) => {
    const code = c.req.param("code");
    return isUnblockingRefusal(code) ? end(c, code, kit.reference()) : kit.fail(c, "notFound");
  });
}
