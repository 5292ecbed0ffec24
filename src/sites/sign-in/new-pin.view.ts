import type { PinWeakness } from "#core/mobile-keys";
import {
  errorSummary,
  form,
  html,
  list,
  pinField,
  primary,
  quietForm,
  type AskingPortal,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { cancelLabel } from "./asking.ts";
import { addressOf } from "./paths.ts";

export interface NewPinProps {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  readonly mistakes: Mistakes;
  readonly refusal: PinWeakness | null;
}

export function newPinView(words: Words, { csrf, id, asks, mistakes, refusal }: NewPinProps): Page {
  const { signIn, fields } = words;
  const { label, hint, repeatLabel } = fields.newPin;
  return {
    name: "sign-in-new-pin",
    heading: signIn.newPinTitle,
    step: signIn.onlyOnce,
    asks,
    scripted: true,
    mistaken: Object.keys(mistakes).length > 0,
    ...(refusal && { refusal }),
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${signIn.newPinLead}</p>
${list(signIn.newPinAdvice)}
${form(
  { action: addressOf(id, "new-pin"), csrf },
  html`${pinField(words, { name: "pin_new", label, hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: repeatLabel, mistakes }, "new-password")}
${primary(signIn.newPinAction)}`,
)}
<div class="way-out">${quietForm({ action: addressOf(id, "cancel"), csrf }, cancelLabel(words, asks))}</div>`,
  };
}
