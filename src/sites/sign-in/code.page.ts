import type { Context, Hono } from "hono";
import type { SignIn } from "#core/sign-in";
import { readCode, tooSoon, type Kit } from "#sites/kit";
import { codeView, type SignInCodeProps } from "./code.view.ts";
import type { ShowIdentify } from "./identify.page.ts";
import { idOf, path, urlOf, type SignInJourney } from "./journey.ts";

type State = Pick<SignInCodeProps, "mistakes" | "refusal" | "news">;
const untouched: State = { mistakes: {}, refusal: null, news: null };

export function codePages(app: Hono, kit: Kit, signIn: SignIn, journey: SignInJourney, showIdentify: ShowIdentify): void {
  const { goTo, gone, ended, guarded, settle, proven } = journey;
  const show = (c: Context, status: number, state: Partial<State>) =>
    guarded(c, "code", ({ csrf }, { id, code }, asks) => {
      if (!code) return gone(c);
      return kit.show(c, (words) => codeView(words, { csrf, id, asks, code, ...untouched, ...state }), {
        status,
        path: urlOf(c, "/code"),
      });
    });

  app.get(path("/code"), (c) => show(c, 200, {}));

  app.post(
    path("/code"),
    kit.posted(async (c, scene, form) => {
      const { words, visitor } = scene;
      const read = readCode(words, form);
      if (read.mistake !== null) return show(c, 400, { mistakes: { code: read.mistake } });
      const confirmed = await signIn.confirm(idOf(c), visitor, read.code);
      if (confirmed.ok) return proven(c, confirmed.signedIn);
      const { refusal, triesLeft = null } = confirmed;
      if (refusal === "code.wrong") return show(c, 422, { mistakes: { code: words.code.wrong(triesLeft) }, refusal });
      if (refusal === "code.expired") return showIdentify(c, 422, { mistakes: {}, typedPhone: "", refusal });
      return refusal === "code.used-up" ? ended(c, scene, refusal) : settle(c, refusal);
    }),
  );

  app.post(
    path("/code/resend"),
    kit.posted(async (c, scene) => {
      const { words, visitor } = scene;
      const resent = await signIn.resend(idOf(c), visitor);
      if (resent.ok) return goTo(c, "code");
      const { refusal, until } = resent;
      if (refusal === "code.too-soon") return show(c, 422, { refusal, news: tooSoon(words, until) });
      if (refusal === "code.no-more") return show(c, 422, { refusal, news: words.code.noMore });
      return refusal === "sms.too-many" ? ended(c, scene, refusal) : settle(c, refusal);
    }),
  );
  app.get(path("/code/resend"), (c) => goTo(c, null));
}
