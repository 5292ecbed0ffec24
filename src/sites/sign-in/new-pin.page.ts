import type { Context, Hono } from "hono";
import { isPinWeakness, readNewPin, type Form, type Scene } from "#sites/kit";
import { proven, type SignInSite } from "./journey.ts";
import { newPinView, type NewPinProps } from "./new-pin.view.ts";
import { here, idOf, route } from "./paths.ts";

type State = Pick<NewPinProps, "mistakes" | "refusal">;

export function newPinPages(app: Hono, site: SignInSite): void {
  app.get(route("new-pin"), (c) => showNewPin(site, c, 200, { mistakes: {}, refusal: null }));
  app.post(
    route("new-pin"),
    site.kit.posted((c, scene, form) => choosePin(site, c, scene, form)),
  );
}

function showNewPin({ kit, journey }: SignInSite, c: Context, status: number, state: State): Promise<Response> {
  return journey.guarded(c, "new-pin", ({ csrf }, { id, asks }) =>
    kit.show(c, (words) => newPinView(words, { csrf, id, asks, ...state }), { status, path: here(c, "new-pin") }),
  );
}

async function choosePin(site: SignInSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const { words, visitor } = scene;
  const { pin, mistakes } = readNewPin(words, form);
  if (Object.keys(mistakes).length > 0) return showNewPin(site, c, 400, { mistakes, refusal: null });
  const chosen = await site.signIn.choosePin(idOf(c), visitor, pin);
  if (chosen.ok) return proven(site, c, chosen.signedIn);
  const { refusal } = chosen;
  return isPinWeakness(words, refusal)
    ? showNewPin(site, c, 422, { mistakes: { pin_new: words.fields.newPin.weakness[refusal] }, refusal })
    : site.journey.settle(c, scene, refusal);
}
