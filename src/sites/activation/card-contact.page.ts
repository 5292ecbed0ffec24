import type { Context, Hono } from "hono";
import type { Activation, ContactMistake } from "#core/activation";
import { isPinWeakness, readEmail, readPhone, type Form, type Kit, type Mistakes } from "#sites/kit";
import type { Words } from "#words";
import { cardContactView, type CardContactProps } from "./card-contact.view.ts";
import { applicantOf, type ActivationJourney } from "./journey.ts";

type State = Pick<CardContactProps, "mistakes" | "typed" | "understood">;
const untouched: State = { mistakes: {}, typed: { phone: "", email: "", signature: false }, understood: null };

export function cardContactPages(
  app: Hono,
  kit: Kit,
  activation: Activation,
  { pages, settle, guarded }: ActivationJourney,
): void {
  const show = (c: Context, status: number, state: State) =>
    guarded(c, "contact", ({ csrf }, { givenNames }) =>
      kit.show(c, (words) => cardContactView(words, { csrf, givenNames, ...state }), { status }),
    );

  app.get(pages.contact, (c) => show(c, 200, untouched));

  app.post(
    pages.contact,
    kit.posted(async (c, scene, form) => {
      const { words } = scene;
      const { contact, ...again } = readContact(words, form);
      if (!contact) return show(c, 400, again);
      const given = await activation.giveContact(applicantOf(scene), contact);
      if (given.ok) return c.redirect(pages.code, 303);
      const { refusal } = given;
      if (isMistake(words, refusal)) return show(c, 422, { ...again, mistakes: mistakesOf(words, refusal) });
      return settle(c, scene, refusal);
    }),
  );
}

function isMistake(words: Words, refusal: string): refusal is ContactMistake {
  return isPinWeakness(words, refusal) || refusal === "signature-pin.weak" || refusal === "signature.too-young";
}

function mistakesOf({ citizenCard, fields }: Words, refusal: ContactMistake): Mistakes {
  if (refusal === "signature.too-young") return { signature: citizenCard.signatureTooYoung };
  if (refusal === "signature-pin.weak") return { signature_pin_new: citizenCard.signaturePinWeak };
  return { pin_new: fields.newPin.weakness[refusal] };
}

function readContact(words: Words, form: Form) {
  const { fields } = words;
  const typed = { phone: form.text("phone"), email: form.text("email"), signature: form.text("signature") === "yes" };
  const phone = readPhone(typed.phone);
  const email = typed.email === "" ? null : readEmail(typed.email);
  const pin = form.text("pin_new");
  const ownPin = typed.signature ? form.text("signature_pin_new") : "";
  const mistakes: Mistakes = {
    ...("mistake" in phone && { phone: fields.phone[phone.mistake] }),
    ...(typed.email !== "" && email === null && { email: fields.email.notEmail }),
    ...pinMistakes(words, "pin", pin, form.text("pin_repeat")),
    ...(ownPin !== "" && pinMistakes(words, "signature_pin", ownPin, form.text("signature_pin_repeat"))),
  };
  const signature = typed.signature ? { pin: ownPin === "" ? null : ownPin } : null;
  const complete = "e164" in phone && Object.keys(mistakes).length === 0;
  const contact = complete ? { phone: phone.e164, email, consent: true as const, choice: { pin, signature } } : null;
  return { typed, mistakes, understood: "shown" in phone ? phone.shown : null, contact };
}

function pinMistakes({ fields: { newPin } }: Words, name: string, pin: string, repeat: string): Mistakes {
  if (pin === "") return { [`${name}_new`]: newPin.missing };
  if (!/^\d{4,8}$/.test(pin)) return { [`${name}_new`]: newPin.weakness["pin.length"] };
  return repeat === pin ? {} : { [`${name}_repeat`]: repeat === "" ? newPin.repeatMissing : newPin.different };
}
