/** The pages that look alike whatever the act: its code, its button, its end. */
import type { ActCode } from "#core/acts";
import {
  codeField,
  errorSummary,
  form,
  html,
  icons,
  notice,
  primary,
  quietForm,
  unbroken,
  type Html,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import type { ActLook } from "./act-site.ts";
import { pages } from "./door.ts";

export interface ActCodeProps {
  readonly csrf: string;
  readonly code: ActCode;
  readonly mistakes: Mistakes;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

export function actCodeView(words: Words, look: ActLook, { csrf, code, mistakes, news }: ActCodeProps): Page {
  const { fields, dates } = words;
  const { steps, codeTitle, codeSent, codeCheck, confirm } = look.words(words);
  const action = `${look.path}/code`;
  return {
    name: `${look.name}-code`,
    scripted: true,
    heading: codeTitle,
    step: words.actions.step(2, 3, steps.code),
    signedIn: { csrf },
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${codeSent(unbroken(code.sentTo))} ${words.code.validUntil(dates.time(code.expiresAt))}</p>
<p>${codeCheck}</p>
${form(
  { action, csrf },
  html`${codeField({ name: "code", label: fields.code.label, hint: fields.code.hint, mistakes })}${primary(confirm)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${
      code.resendAt
        ? html`<p>${words.code.resendFrom(dates.timeFrom(code.resendAt))}</p>${quietForm({ action: `${action}/resend`, csrf }, words.code.resend)}`
        : html`<p>${words.code.noResend}</p>`
    }
${waysOut(words, look, csrf)}</div>`,
  };
}

function waysOut(words: Words, { path, ...look }: ActLook, csrf: string): Html {
  const { noCode, again } = look.words(words);
  return html`<p>${noCode}</p>${again !== undefined && quietForm({ action: `${path}/again`, csrf }, again)}
${quietForm({ action: `${path}/cancel`, csrf }, words.actions.cancel)}`;
}

/** Nothing where the act has no such page: none leads there. */
export function actConfirmView(words: Words, look: ActLook, { csrf, email }: { csrf: string; email: string | null }): Page {
  const { steps, confirmation } = look.words(words);
  return {
    name: `${look.name}-confirm`,
    heading: confirmation?.title ?? steps.form,
    step: words.actions.step(2, 3, steps.code),
    signedIn: { csrf },
    body: html`<p class="lead">${confirmation?.lead(email ?? "")}</p>
${form(
  { action: `${look.path}/confirm`, csrf },
  html`<button type="submit" class="button" name="decision" value="authorise">${confirmation?.button ?? words.actions.continue}</button>`,
)}
<div class="way-out">${quietForm({ action: `${look.path}/cancel`, csrf }, words.actions.cancel)}</div>`,
  };
}

export function actDoneView(words: Words, look: ActLook, { csrf }: { csrf: string }): Page {
  const { steps, doneTitle, doneLead, doneNote } = look.words(words);
  return {
    name: `${look.name}-done`,
    heading: doneTitle,
    step: words.actions.step(3, 3, steps.done),
    sign: "check",
    signedIn: { csrf },
    body: html`<p class="lead">${doneLead}</p>
<p>${doneNote}</p>
<p><a class="button" href="${pages.home}">${words.acts.backToArea}</a></p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}
