import type { Context, Hono } from "hono";
import { readPhone, readPin, seeOther, type Form, type Mistakes, type Scene } from "#sites/kit";
import type { Words } from "#words";
import { identifyView, type IdentifyProps } from "./identify.view.ts";
import type { SignInSite } from "./journey.ts";
import { here, idOf, route } from "./paths.ts";
import { offeredIn } from "./proof-tabs.ts";

type State = Pick<IdentifyProps, "mistakes" | "typedPhone" | "refusal">;
const untouched: State = { mistakes: {}, typedPhone: "", refusal: null };

export function identifyPages(app: Hono, site: SignInSite): void {
  app.get(route("identify"), (c) => showIdentify(site, c, 200, untouched));
  app.post(
    route("identify"),
    site.kit.posted((c, scene, form) => identify(site, c, scene, form)),
  );
}

export function showIdentify({ kit, journey }: SignInSite, c: Context, status: number, state: State): Promise<Response> {
  return journey.guarded(c, "identify", ({ csrf }, { id, cardOnly, asks }) => {
    if (cardOnly) return seeOther(c, here(c, "card"));
    const props = { csrf, id, asks, offered: offeredIn({ cardOnly }, kit.settings), ...state };
    return kit.show(c, (words) => identifyView(words, props), { status, path: here(c, "identify") });
  });
}

async function identify(site: SignInSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const { kit, signIn, journey } = site;
  const { given, ...again } = readIdentity(scene.words, form);
  if (!given) return showIdentify(site, c, 400, { ...again, refusal: null });
  const identified = await signIn.identify(idOf(c), scene.visitor, given);
  if (identified.ok) {
    kit.takeSlip(c, idOf(c));
    return seeOther(c, here(c, "code"));
  }
  const { refusal } = identified;
  return refusal === "sign-in.refused" ? showIdentify(site, c, 422, { ...again, refusal }) : journey.settle(c, scene, refusal);
}

function readIdentity(words: Words, form: Form) {
  const typedPhone = form.text("phone");
  const phone = readPhone(typedPhone);
  const { pin, mistakes: ofPin } = readPin(words, form);
  const mistakes: Mistakes = { ...("mistake" in phone && { phone: words.fields.phone[phone.mistake] }), ...ofPin };
  return { typedPhone, mistakes, given: "e164" in phone && !mistakes.pin ? { phone: phone.e164, pin } : null };
}
