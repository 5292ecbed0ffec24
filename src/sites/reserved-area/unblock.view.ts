import type { PinWeakness } from "#core/mobile-keys";
import type { UnblockingView } from "#core/unblocking";
import {
  codeField,
  errorSummary,
  form,
  html,
  icons,
  list,
  notice,
  pinField,
  primary,
  quietForm,
  unbroken,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { pages } from "./door.ts";

export interface UnblockPinProps {
  readonly csrf: string;
  readonly mistakes: Mistakes;
  readonly refusal: PinWeakness | null;
}

const cancel = `${pages.unblock}/cancel`;

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
  { action: pages.unblock, csrf },
  html`${pinField(words, { name: "pin_new", label, hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: repeatLabel, mistakes }, "new-password")}
${primary(unblock.send)}`,
)}
<div class="way-out"><p><a href="${pages.home}">${unblock.backToArea}</a></p></div>`,
  };
}

export interface UnblockCodeProps {
  readonly csrf: string;
  readonly code: NonNullable<UnblockingView["code"]>;
  readonly mistakes: Mistakes;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

export function unblockCodeView(words: Words, { csrf, code, mistakes, news }: UnblockCodeProps): Page {
  const { unblock, actions, dates } = words;
  return {
    name: "unblock-code",
    scripted: true,
    heading: unblock.codeTitle,
    step: actions.step(2, 3, unblock.steps.code),
    signedIn: { csrf },
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${unblock.codeSent(unbroken(code.maskedPhone))} ${words.code.validUntil(dates.time(code.expiresAt))}</p>
<p>${unblock.codeCheck}</p>
${form(
  { action: pages.code, csrf },
  html`${codeField({ name: "code", label: words.fields.code.label, hint: words.fields.code.hint, mistakes })}${primary(unblock.confirm)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${
      code.resendAt
        ? html`<p>${words.code.resendFrom(dates.timeFrom(code.resendAt))}</p>${quietForm({ action: `${pages.code}/resend`, csrf }, words.code.resend)}`
        : html`<p>${words.code.noResend}</p>`
    }
<p>${unblock.noPhone}</p>${quietForm({ action: cancel, csrf }, actions.cancel)}</div>`,
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
<p><a class="button" href="${pages.home}">${unblock.backToArea}</a></p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}
