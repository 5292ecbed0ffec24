/** Phone and e-mail, whatever else its channel asks on the same page, and the way to the code. */
import { textField, errorSummary, form, html, primary, quietForm, type Html, type Mistakes, type Page } from "#sites/kit";
import type { Words } from "#words";
import type { ChannelPaths } from "./channels.ts";

export interface ContactTyped {
  readonly phone: string;
  readonly email: string;
}

export interface ContactState<Typed extends ContactTyped> {
  readonly mistakes: Mistakes;
  readonly typed: Typed;
  /** The phone as we read it, when it could be read. */
  readonly understood: string | null;
}

export interface ContactProps<Typed extends ContactTyped> extends ContactState<Typed> {
  readonly csrf: string;
  readonly givenNames: string;
}

/** What a channel's page says, and asks besides phone and e-mail. */
export interface ContactFace extends Pick<Page, "heading" | "scripted"> {
  readonly step: string;
  readonly lead: string;
  readonly rest: Html;
  readonly paths: ChannelPaths;
}

export function contactView<Typed extends ContactTyped>(words: Words, face: ContactFace, props: ContactProps<Typed>): Page {
  const { lead, rest, paths, ...said } = face;
  const { csrf, mistakes } = props;
  return {
    name: "activation-contact",
    ...said,
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${lead}</p>
${form(
  { action: paths.pages.contact, csrf },
  html`${contactFields(words, props)}
${rest}
${primary(words.activate.sendCode)}`,
)}
<div class="way-out">${quietForm({ action: paths.cancel, csrf }, words.actions.cancel)}</div>`,
  };
}

function contactFields({ fields, actions }: Words, { typed, mistakes, understood }: ContactState<ContactTyped>): Html {
  const { phone, email } = fields;
  const note = understood && { note: phone.understood(understood) };
  return html`${textField("phone", { name: "phone", label: phone.label, hint: phone.hint, value: typed.phone, mistakes, ...note })}
${textField("email", { name: "email", label: email.label, hint: email.hint, value: typed.email, mistakes, optional: actions.optional })}`;
}
