/** Through the tax authority, the person authorises here what we ask of the civil registry. */
import { box, html, readContact, type Form, type Mistakes } from "#sites/kit";
import type { Words } from "#words";
import type { ContactForm } from "./contact.page.ts";
import type { ContactFace, ContactProps, ContactTyped } from "./contact.view.ts";
import { channelPaths } from "./channels.ts";

interface Typed extends ContactTyped {
  readonly consent: boolean;
}

export const letterContact: ContactForm<Typed> = {
  untouched: { phone: "", email: "", consent: false },
  face,
  read,
  correct: null,
};

function face({ taxAuthority, actions }: Words, { givenNames, typed, mistakes }: ContactProps<Typed>): ContactFace {
  const { consentLegend, consentLabel: label } = taxAuthority;
  return {
    heading: taxAuthority.contactTitle(givenNames),
    step: actions.step(2, 4, taxAuthority.steps.contact),
    lead: taxAuthority.contactLead,
    paths: channelPaths["tax-letter"],
    rest: html`<fieldset><legend>${consentLegend}</legend>
${box({ name: "consent", value: "yes", id: "consent", label, ticked: typed.consent, mistake: mistakes["consent"] })}</fieldset>`,
  };
}

function read(words: Words, form: Form) {
  const { given, understood, ...contact } = readContact(words, form);
  const typed = { ...contact.typed, consent: form.text("consent") === "yes" };
  const mistakes: Mistakes = { ...contact.mistakes, ...(!typed.consent && { consent: words.fields.consent.missing }) };
  const isComplete = Object.keys(mistakes).length === 0;
  return { typed, mistakes, understood, contact: given && isComplete ? { ...given, consent: true as const } : null };
}
