import {
  box,
  emailField,
  errorSummary,
  form,
  html,
  phoneField,
  primary,
  quietForm,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { channelPaths } from "./paths.ts";

const { pages, cancel } = channelPaths["tax-letter"];

export interface ContactProps {
  readonly csrf: string;
  readonly givenNames: string;
  readonly mistakes: Mistakes;
  readonly typed: { readonly phone: string; readonly email: string; readonly consent: boolean };
  /** The phone as we read it, when it could be read. */
  readonly understood: string | null;
}

export function contactView(words: Words, { csrf, givenNames, mistakes, typed, understood }: ContactProps): Page {
  const { taxAuthority, fields, actions } = words;
  return {
    name: "activation-contact",
    heading: taxAuthority.contactTitle(givenNames),
    step: actions.step(2, 4, taxAuthority.steps.contact),
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${taxAuthority.contactLead}</p>
${form(
  { action: pages.contact, csrf },
  html`${phoneField({
    name: "phone",
    label: fields.phone.label,
    hint: fields.phone.hint,
    value: typed.phone,
    mistakes,
    ...(understood && { note: fields.phone.understood(understood) }),
  })}
${emailField({ name: "email", label: fields.email.label, hint: fields.email.hint, value: typed.email, mistakes, optional: actions.optional })}
<fieldset><legend>${taxAuthority.consentLegend}</legend>
${box({ name: "consent", value: "yes", id: "consent", label: taxAuthority.consentLabel, ticked: typed.consent, mistake: mistakes.consent })}</fieldset>
${primary(taxAuthority.sendCode)}`,
)}
<div class="way-out">${quietForm({ action: cancel, csrf }, actions.cancel)}</div>`,
  };
}
