import {
  box,
  emailField,
  errorSummary,
  form,
  html,
  phoneField,
  pinField,
  primary,
  quietForm,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { channelPaths } from "./paths.ts";

const { pages, cancel } = channelPaths["citizen-card"];

export interface CardContactProps {
  readonly csrf: string;
  readonly givenNames: string;
  readonly mistakes: Mistakes;
  readonly typed: { readonly phone: string; readonly email: string; readonly signature: boolean };
  /** The phone as we read it, when it could be read. */
  readonly understood: string | null;
}

export function cardContactView(words: Words, { csrf, givenNames, mistakes, typed, understood }: CardContactProps): Page {
  const { citizenCard, fields, actions, taxAuthority } = words;
  const { phone, email, newPin } = fields;
  return {
    name: "activation-contact",
    heading: citizenCard.contactTitle(givenNames),
    step: actions.step(3, 5, citizenCard.steps.contact),
    scripted: true,
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${citizenCard.contactLead}</p>
${form(
  { action: pages.contact, csrf },
  html`${phoneField({
    name: "phone",
    label: phone.label,
    hint: phone.hint,
    value: typed.phone,
    mistakes,
    ...(understood && { note: phone.understood(understood) }),
  })}
${emailField({ name: "email", label: email.label, hint: email.hint, value: typed.email, mistakes, optional: actions.optional })}
${pinField(words, { name: "pin_new", label: newPin.label, hint: newPin.hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: newPin.repeatLabel, mistakes }, "new-password")}
<fieldset><legend>${citizenCard.signatureLegend}</legend>
${box({ name: "signature", value: "yes", id: "signature", label: citizenCard.signatureLabel, ticked: typed.signature, mistake: mistakes["signature"] })}
${pinField(words, { name: "signature_pin_new", label: citizenCard.signaturePin, hint: citizenCard.signaturePinHint, mistakes, optional: actions.optional }, "new-password")}
${pinField(words, { name: "signature_pin_repeat", label: citizenCard.signaturePinRepeat, mistakes, optional: actions.optional }, "new-password")}</fieldset>
${primary(taxAuthority.sendCode)}`,
)}
<div class="way-out">${quietForm({ action: cancel, csrf }, actions.cancel)}</div>`,
  };
}
