import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import { readEmail, readPhone, type Form, type Kit, type Mistakes } from "#sites/kit";
import type { Words } from "#words";
import { contactView } from "./contact.view.ts";
import { isActivationRefusal } from "./refused.view.ts";
import { applicantOf, type ActivationJourney } from "./journey.ts";

const untouched = { mistakes: {}, typed: { phone: "", email: "", consent: false }, understood: null };

export function contactPages(app: Hono, kit: Kit, activation: Activation, { pages, settle, guarded }: ActivationJourney): void {
  app.get(pages.contact, (c) =>
    guarded(c, "contact", ({ csrf }, { givenNames }) =>
      kit.show(c, (words) => contactView(words, { csrf, givenNames, ...untouched })),
    ),
  );

  app.post(
    pages.contact,
    kit.posted(async (c, scene, form) => {
      const { contact, ...again } = readContact(scene.words, form);
      if (!contact) {
        return guarded(c, "contact", ({ csrf }, { givenNames }) =>
          kit.show(c, (words) => contactView(words, { csrf, givenNames, ...again }), { status: 400 }),
        );
      }
      const given = await activation.giveContact(applicantOf(scene), contact);
      if (given.ok) return c.redirect(pages.code, 303);
      const { refusal } = given;
      // This way lets nothing be chosen that could be mistaken.
      return settle(c, scene, isActivationRefusal(refusal) ? refusal : "activation.out-of-step");
    }),
  );
}

/** Reads the form: either everything that core needs, or what to show again. */
function readContact({ fields }: Words, form: Form) {
  const typed = { phone: form.text("phone"), email: form.text("email"), consent: form.text("consent") === "yes" };
  const phone = readPhone(typed.phone);
  const email = typed.email === "" ? null : readEmail(typed.email);
  const mistakes: Mistakes = {
    ...("mistake" in phone && { phone: fields.phone[phone.mistake] }),
    ...(typed.email !== "" && email === null && { email: fields.email.notEmail }),
    ...(!typed.consent && { consent: fields.consent.missing }),
  };
  const complete = "e164" in phone && Object.keys(mistakes).length === 0;
  const contact = complete ? { phone: phone.e164, email, consent: true as const } : null;
  return { typed, mistakes, understood: "shown" in phone ? phone.shown : null, contact };
}
