import type { ActivationRefusal } from "#core/activation";
import { cardEndings, html, referenceLine, type Ended, type Page } from "#sites/kit";
import type { Words } from "#words";
import { paths } from "./paths.ts";

interface Ending {
  readonly status: 403 | 409 | 410 | 422 | 429 | 503;
  /** What can be done, besides starting again. */
  readonly advice: "desk" | "wait" | "none";
}

/** Every refusal ends the activation; this says with what status, and what the person can do. */
export const endings: Readonly<Record<ActivationRefusal, Ending>> = {
  ...cardEndings,
  "consent.refused": { status: 403, advice: "none" },
  "key.changed": { status: 409, advice: "none" },
  "key.kept": { status: 409, advice: "none" },
  "activation.gone": { status: 410, advice: "none" },
  "activation.out-of-step": { status: 409, advice: "none" },
  "tax-authority.refused": { status: 403, advice: "none" },
  "tax-authority.failed": { status: 403, advice: "none" },
  "tax-authority.unavailable": { status: 503, advice: "wait" },
  "document.identity-document": { status: 422, advice: "desk" },
  "address.unknown": { status: 422, advice: "desk" },
  "address.recently-changed": { status: 422, advice: "desk" },
  "key.exists": { status: 409, advice: "desk" },
  "letter.pending": { status: 409, advice: "desk" },
  "letter.returned": { status: 409, advice: "desk" },
  "letter.too-soon": { status: 429, advice: "wait" },
  "letter.too-many": { status: 429, advice: "desk" },
  "phone.taken": { status: 409, advice: "none" },
  "sms.too-many": { status: 429, advice: "wait" },
  "code.wrong": { status: 422, advice: "none" },
  "code.expired": { status: 422, advice: "none" },
};

export function activationRefusedView(words: Words, { refusal, reference }: Ended<ActivationRefusal>): Page {
  const { reasons, nothingKept, start } = words.activationRefused;
  const { advice } = words;
  const { title, why } = reasons[refusal];
  const also = endings[refusal].advice;
  return {
    name: "activation-refused",
    heading: title,
    refusal,
    sign: "stop",
    body: html`<p class="lead">${why}</p>
${advice[also] && html`<p>${advice[also]}</p>`}
${also === "desk" && html`<p><a href="${paths.desk}">${advice.deskLink}</a></p>`}
<p>${nothingKept}</p>
<p><a class="button" href="${paths.ways}">${start}</a></p>
${referenceLine(words, reference)}`,
  };
}
