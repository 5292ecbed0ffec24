import type { ActivationRefusal } from "#core/activation";
import { html, referenceLine, type Ended, type Page } from "#sites/kit";
import type { Words } from "#words";
import { endings } from "./channels.ts";
import { paths } from "./paths.ts";

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
