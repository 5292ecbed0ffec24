import type { Context, Hono } from "hono";
import type { SignIn } from "#core/sign-in";
import { readPhone, type Form, type Kit, type Mistakes } from "#sites/kit";
import type { Words } from "#words";
import { identifyView, type IdentifyProps } from "./identify.view.ts";
import { idOf, path, urlOf, type SignInJourney } from "./journey.ts";

type State = Pick<IdentifyProps, "mistakes" | "typedPhone" | "refusal">;
export type ShowIdentify = (c: Context, status: number, state: State) => Promise<Response>;

export function identifyPages(
  app: Hono,
  kit: Kit,
  signIn: SignIn,
  { goTo, ended, guarded, settle }: SignInJourney,
): ShowIdentify {
  const show: ShowIdentify = (c, status, state) =>
    guarded(c, "identify", ({ csrf }, { id, cardOnly }, asks) => {
      if (cardOnly) return c.redirect(urlOf(c, "/card"), 303);
      const props = { csrf, id, asks, withCard: kit.settings.cardDoorUrl !== null, ...state };
      return kit.show(c, (words) => identifyView(words, props), { status, path: urlOf(c, "/identify") });
    });

  app.get(path("/identify"), (c) => show(c, 200, { mistakes: {}, typedPhone: "", refusal: null }));

  app.post(
    path("/identify"),
    kit.posted(async (c, scene, form) => {
      const { given, ...again } = readIdentity(scene.words, form);
      if (!given) return show(c, 400, { ...again, refusal: null });
      const identified = await signIn.identify(idOf(c), scene.visitor, given);
      if (identified.ok) {
        kit.takeSlip(c, idOf(c));
        return goTo(c, "code");
      }
      const { refusal } = identified;
      if (refusal === "sign-in.refused") return show(c, 422, { ...again, refusal });
      if (refusal === "sms.too-many" || refusal === "address.too-many") return ended(c, scene, refusal);
      return settle(c, refusal);
    }),
  );

  return show;
}

function readIdentity({ fields }: Words, form: Form) {
  const [typedPhone, pin] = [form.text("phone"), form.text("pin")];
  const phone = readPhone(typedPhone);
  const mistakes: Mistakes = {
    ...("mistake" in phone && { phone: fields.phone[phone.mistake] }),
    ...(!/^\d{4,8}$/.test(pin) && { pin: pin === "" ? fields.pin.missing : fields.pin.notPin }),
  };
  return { typedPhone, mistakes, given: "e164" in phone && !mistakes.pin ? { phone: phone.e164, pin } : null };
}
