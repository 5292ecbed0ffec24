import type { PinWeakness } from "#core/mobile-keys";
import { errorSummary, form, html, icons, list, pinField, primary, type CodeFace, type Mistakes, type Page } from "#sites/kit";
import type { Words } from "#words";
import { paths, unblockPaths } from "./paths.ts";

const { pages, cancel } = unblockPaths;

export interface UnblockPinProps {
  readonly csrf: string;
  readonly mistakes: Mistakes;
  readonly refusal: PinWeakness | null;
}

export function unblockPinView(words: Words, { csrf, mistakes, refusal }: UnblockPinProps): Page {
  const { unblock, fields, actions } = words;
  const { label, hint, repeatLabel } = fields.newPin;
  return {
    name: "unblock-pin",
    heading: unblock.title,
    step: actions.step(1, 3, unblock.steps.pin),
    scripted: true,
    signedIn: { csrf },
    mistaken: Object.keys(mistakes).length > 0,
    ...(refusal && { refusal }),
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${unblock.lead}</p>
${list(unblock.advice)}
${form(
  { action: pages.pin, csrf },
  html`${pinField(words, { name: "pin_new", label, hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: repeatLabel, mistakes }, "new-password")}
${primary(unblock.send)}`,
)}
<div class="way-out"><p><a href="${paths.home}">${unblock.backToArea}</a></p></div>`,
  };
}

export function unblockCodeFace({ unblock, actions }: Words, csrf: string): CodeFace {
  return {
    name: "unblock-code",
    heading: unblock.codeTitle,
    step: actions.step(2, 3, unblock.steps.code),
    signedIn: { csrf },
    action: pages.code,
    sentTo: unblock.codeSent,
    check: unblock.codeCheck,
    confirm: unblock.confirm,
    otherPhone: unblock.noPhone,
    cancel: { action: cancel, label: actions.cancel },
  };
}

export function unblockDoneView(words: Words, { csrf }: { csrf: string }): Page {
  const { unblock, actions } = words;
  return {
    name: "unblock-done",
    heading: unblock.doneTitle,
    step: actions.step(3, 3, unblock.steps.done),
    sign: "check",
    signedIn: { csrf },
    body: html`<p class="lead">${unblock.doneLead}</p>
<p>${unblock.doneNote}</p>
<p><a class="button" href="${paths.home}">${unblock.backToArea}</a></p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}
