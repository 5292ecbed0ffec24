import type { Context, Hono } from "hono";
import type { SignIn } from "#core/sign-in";
import { isPinWeakness, readNewPin, type Kit } from "#sites/kit";
import { idOf, path, urlOf, type SignInJourney } from "./journey.ts";
import { newPinView, type NewPinProps } from "./new-pin.view.ts";

export function newPinPages(app: Hono, kit: Kit, signIn: SignIn, { guarded, settle, proven }: SignInJourney): void {
  const show = (c: Context, status: number, state: Pick<NewPinProps, "mistakes" | "refusal">) =>
    guarded(c, "new-pin", ({ csrf }, { id }, asks) =>
      kit.show(c, (words) => newPinView(words, { csrf, id, asks, ...state }), { status, path: urlOf(c, "/new-pin") }),
    );

  app.get(path("/new-pin"), (c) => show(c, 200, { mistakes: {}, refusal: null }));

  app.post(
    path("/new-pin"),
    kit.posted(async (c, { visitor, words }, form) => {
      const { pin, mistakes } = readNewPin(words, form);
      if (Object.keys(mistakes).length > 0) return show(c, 400, { mistakes, refusal: null });
      const chosen = await signIn.choosePin(idOf(c), visitor, pin);
      if (chosen.ok) return proven(c, chosen.signedIn);
      const { refusal } = chosen;
      if (isPinWeakness(words, refusal))
        return show(c, 422, { mistakes: { pin_new: words.fields.newPin.weakness[refusal] }, refusal });
      return settle(c, refusal);
    }),
  );
}
