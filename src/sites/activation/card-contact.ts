/** With the citizen card, the person chooses their PIN at once, and may have the signature too. */
import type { ContactMistake } from "#core/activation";
import { box, html, pinField, readContact, readNewPin, type Form, type Html, type Mistakes } from "#sites/kit";
import type { Words } from "#words";
import type { ContactForm } from "./contact.page.ts";
import type { ContactFace, ContactProps, ContactTyped } from "./contact.view.ts";
import { channelPaths } from "./channels.ts";

interface Typed extends ContactTyped {
  readonly signature: boolean;
}

export const cardContact: ContactForm<Typed> = {
  untouched: { phone: "", email: "", signature: false },
  face,
  read,
  correct,
};

function face(words: Words, props: ContactProps<Typed>): ContactFace {
  const { citizenCard, actions } = words;
  return {
    heading: citizenCard.contactTitle(props.givenNames),
    step: actions.step(3, 5, citizenCard.steps.contact),
    scripted: true,
    lead: citizenCard.contactLead,
    paths: channelPaths["citizen-card"],
    rest: choiceFields(words, props),
  };
}

function choiceFields(words: Words, { typed, mistakes }: ContactProps<Typed>): Html {
  const { citizenCard, fields, actions } = words;
  const { label, hint, repeatLabel } = fields.newPin;
  const { signaturePin, signaturePinHint, signaturePinRepeat, signatureLabel } = citizenCard;
  const own = { mistakes, optional: actions.optional };
  const ticked = { ticked: typed.signature, mistake: mistakes["signature"] };
  return html`${pinField(words, { name: "pin_new", label, hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: repeatLabel, mistakes }, "new-password")}
<fieldset><legend>${citizenCard.signatureLegend}</legend>
${box({ name: "signature", value: "yes", id: "signature", label: signatureLabel, ...ticked })}
${pinField(words, { name: "signature_pin_new", label: signaturePin, hint: signaturePinHint, ...own }, "new-password")}
${pinField(words, { name: "signature_pin_repeat", label: signaturePinRepeat, ...own }, "new-password")}</fieldset>`;
}

function read(words: Words, form: Form) {
  const { given, understood, ...contact } = readContact(words, form);
  const typed = { ...contact.typed, signature: form.text("signature") === "yes" };
  const chosen = readNewPin(words, form);
  // Without one of its own, the signature has the PIN of the key.
  const own = typed.signature && form.text("signature_pin_new") !== "" ? readNewPin(words, form, "signature_pin") : null;
  const mistakes: Mistakes = { ...contact.mistakes, ...chosen.mistakes, ...own?.mistakes };
  const choice = { pin: chosen.pin, signature: typed.signature ? { pin: own?.pin ?? null } : null };
  const isComplete = Object.keys(mistakes).length === 0;
  return { typed, mistakes, understood, contact: given && isComplete ? { ...given, consent: true as const, choice } : null };
}

function correct({ citizenCard, fields }: Words, mistake: ContactMistake): Mistakes {
  if (mistake === "signature.too-young") return { signature: citizenCard.signatureTooYoung };
  if (mistake === "signature-pin.weak") return { signature_pin_new: citizenCard.signaturePinWeak };
  return { pin_new: fields.newPin.weakness[mistake] };
}
