import type { LetterView } from "#core/activation";
import { codeStepIn, codesOf, noMore, samples, statesOf, tooSoon, type State, type States } from "#sites/kit";
import type { Words } from "#words";
import { cardContact } from "./card-contact.ts";
import { cardConsentView, cardDoneView, readerView, replaceView } from "./citizen-card.view.ts";
import { codeFace } from "./code.view.ts";
import type { ContactForm } from "./contact.page.ts";
import { contactView, type ContactState, type ContactTyped } from "./contact.view.ts";
import { letterContact } from "./letter-contact.ts";
import { doneView } from "./done.view.ts";
import { endings } from "./channels.ts";
import { activationRefusedView } from "./refused.view.ts";
import { citizenCardView, deskView, taxAuthorityView, waysView } from "./ways.view.ts";

const { csrf, reference, reader, at } = samples;

function contactIn<Typed extends ContactTyped>(
  form: ContactForm<Typed>,
  state: (words: Words) => Partial<ContactState<Typed>> = () => ({}),
): State {
  return (words) => {
    const props = { csrf, givenNames: "Maria Inês", mistakes: {}, typed: form.untouched, understood: null, ...state(words) };
    return contactView(words, form.face(words, props), props);
  };
}
const learned = {
  name: samples.name,
  civilId: "99000001",
  birthDate: "1984-02-29",
  documentExpires: "2032-06-30",
  address: "Rua das Amostras, 12, 3.º Esq., 1000-001 Lisboa",
};
const letter: LetterView = {
  reference: "CH7K-29QX",
  maskedPhone: samples.sentCode.maskedPhone,
  requestedAt: at("14:30"),
  dueBy: new Date("2026-11-30T12:00:00Z"),
  expiresAt: new Date("2026-12-23T12:00:00Z"),
  state: "queued",
};
const letterCode = (words: Words) => codeFace(words, "tax-letter");

export const activationStates: States = {
  activate: waysView,
  "activate-citizen-card": (words) => citizenCardView(words, { csrf, isOpen: true }),
  "activate-citizen-card-closed": (words) => citizenCardView(words, { csrf, isOpen: false }),
  "activation-reader": (words) => readerView(words, { csrf, ...reader }),
  "activation-card-consent": (words) => cardConsentView(words, { csrf, learned }),
  "activation-replace": (words) => replaceView(words, { csrf }),
  "activation-card-contact": contactIn(cardContact),
  "activation-card-contact-mistakes": contactIn(cardContact, (words) => ({
    typed: { phone: "912 345", email: "maria@", signature: true },
    mistakes: {
      phone: words.fields.phone.notPhone,
      pin_new: words.fields.newPin.weakness["pin.run"],
      signature: words.citizenCard.signatureTooYoung,
      signature_pin_new: words.citizenCard.signaturePinWeak,
    },
  })),
  "activation-card-code": (words) => codeStepIn(words, codeFace(words, "citizen-card")),
  "activation-card-done": cardDoneView,
  "activate-desk": deskView,
  "activate-tax-authority": (words) => taxAuthorityView(words, { csrf }),
  "activation-contact": contactIn(letterContact),
  "activation-contact-mistakes": contactIn(letterContact, (words) => ({
    typed: { phone: "912 345", email: "maria@", consent: false },
    mistakes: {
      phone: words.fields.phone.notPhone,
      email: words.fields.email.notEmail,
      consent: words.fields.consent.missing,
    },
  })),
  "activation-contact-understood": contactIn(letterContact, (words) => ({
    typed: { phone: "00351912345678", email: "maria.ines@exemplo.pt", consent: false },
    understood: "+351 912 345 678",
    mistakes: { consent: words.fields.consent.missing },
  })),
  "activation-code": (words) => codeStepIn(words, letterCode(words)),
  "activation-code-mistake": (words) => codeStepIn(words, letterCode(words), { mistakes: { code: words.fields.code.notCode } }),
  "activation-code-too-soon": (words) => codeStepIn(words, letterCode(words), tooSoon(words)),
  "activation-code-no-more": (words) => codeStepIn(words, letterCode(words), noMore(words)),
  "activation-done": (words) => doneView(words, { letter }),
  "activation-done-printed": (words) => doneView(words, { letter: { ...letter, state: "printed" } }),
  "activation-done-delivered": (words) => doneView(words, { letter: { ...letter, state: "delivered" } }),
  "activation-done-returned": (words) => doneView(words, { letter: { ...letter, state: "returned" } }),
  ...statesOf("activation-refused-", codesOf(endings), (words, refusal) =>
    activationRefusedView(words, { refusal, reference }),
  ),
};
