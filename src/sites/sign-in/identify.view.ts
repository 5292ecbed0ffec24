import type { ProofKind } from "#core/vocabulary";
import {
  errorSummary,
  form,
  html,
  icons,
  textField,
  pinField,
  places,
  primary,
  quietForm,
  type AskingPortal,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { cancelLabel, stepOf } from "./asking.ts";
import { addressOf } from "./paths.ts";
import { proofTabs } from "./proof-tabs.ts";

export interface IdentifyProps {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  /** What would do as well: a tab beside. */
  readonly offered: readonly ProofKind[];
  readonly mistakes: Mistakes;
  readonly typedPhone: string;
  /** Nothing to correct in a field, yet it did not go: said the same way whatever the cause. */
  readonly refusal: "sign-in.refused" | "code.expired" | null;
}

export function identifyView(words: Words, { csrf, id, asks, offered, mistakes, typedPhone, refusal }: IdentifyProps): Page {
  const { signIn, fields, actions } = words;
  const general = { "sign-in.refused": signIn.refused, "code.expired": signIn.codeExpired };
  return {
    name: "sign-in-identify",
    heading: signIn.identifyTitle,
    step: stepOf(words, 1, signIn.steps.identify, asks),
    asks,
    scripted: true,
    mistaken: refusal !== null || Object.keys(mistakes).length > 0,
    ...(refusal && { refusal }),
    summary: errorSummary(words, mistakes, refusal ? general[refusal] : undefined),
    body: html`${proofTabs(words, id, "key-and-code", offered)}
<p class="lead">${signIn.identifyLead}</p>
${form(
  { action: addressOf(id, "identify"), csrf },
  html`${textField("phone", { name: "phone", label: fields.phone.label, hint: fields.phone.hint, value: typedPhone, mistakes })}
${pinField(words, { name: "pin", label: fields.pin.label, hint: fields.pin.hint, mistakes }, "current-password")}
${primary(actions.continue)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<details><summary>${signIn.forgotTitle}</summary><p>${signIn.forgot}</p><p><a href="${places.unblock}">${words.unblock.offer}</a></p></details>
<details><summary>${signIn.noKeyTitle}</summary><p><a href="${places.activate}">${signIn.noKey}</a></p></details>
<div class="way-out">${quietForm({ action: addressOf(id, "cancel"), csrf }, cancelLabel(words, asks))}</div>`,
  };
}
