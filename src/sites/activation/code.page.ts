import type { Context, Hono } from "hono";
import type { Activation } from "#core/activation";
import { readCode, tooSoon, type Kit, type Mistakes } from "#sites/kit";
import { codeView } from "./code.view.ts";
import { applicantOf, type ActivationJourney } from "./journey.ts";

export function codePages(
  app: Hono,
  kit: Kit,
  activation: Activation,
  { channel, start, pages, settle, guarded }: ActivationJourney,
): void {
  const show = (c: Context, status: number, mistakes: Mistakes, news: string | null) =>
    guarded(c, "code", ({ csrf }, { code }) => {
      if (!code) return c.redirect(start, 303);
      return kit.show(c, (words) => codeView(words, { csrf, channel, start, code, mistakes, news }), {
        status,
        path: pages.code,
      });
    });

  app.get(pages.code, (c) => show(c, 200, {}, null));

  app.post(
    pages.code,
    kit.posted(async (c, scene, form) => {
      const { words } = scene;
      const read = readCode(words, form);
      if (read.mistake !== null) return show(c, 400, { code: read.mistake }, null);
      const confirmed = await activation.confirm(applicantOf(scene), read.code);
      if (confirmed.ok) return c.redirect(pages.done, 303);
      const { refusal, triesLeft = 0 } = confirmed;
      if (refusal === "code.wrong" && triesLeft > 0) return show(c, 422, { code: words.code.wrong(triesLeft) }, null);
      return settle(c, scene, refusal);
    }),
  );

  app.post(
    `${pages.code}/resend`,
    kit.posted(async (c, scene) => {
      const { words } = scene;
      const resent = await activation.resend(applicantOf(scene));
      if (resent.ok) return c.redirect(pages.code, 303);
      const { refusal, until } = resent;
      if (refusal === "code.too-soon") return show(c, 422, {}, tooSoon(words, until));
      if (refusal === "code.no-more") return show(c, 422, {}, words.code.noMore);
      return settle(c, scene, refusal);
    }),
  );
  app.get(`${pages.code}/resend`, (c) => c.redirect(pages.code, 303));
}
