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
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";

export interface CodeProps {
  readonly csrf: string;
  readonly code: { readonly maskedPhone: string; readonly expiresAt: Date; readonly resendAt: Date | null };
  readonly mistakes: Mistakes;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

export function codeView(words: Words, { csrf, code, mistakes, news }: CodeProps): Page {
  const { taxAuthority, actions } = words;
  const action = "/activate/tax-authority/code";
  return {
    name: "activation-code",
    heading: taxAuthority.codeTitle,
    step: actions.step(3, 4, taxAuthority.steps.code),
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${taxAuthority.codeSent(unbroken(code.maskedPhone))} ${words.code.validUntil(words.dates.time(code.expiresAt))}</p>
${form(
  { action, csrf },
  html`${codeField({ name: "code", label: words.fields.code.label, hint: words.fields.code.hint, mistakes })}${primary(taxAuthority.confirm)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${
      code.resendAt
        ? html`<p>${words.code.resendFrom(words.dates.time(code.resendAt))}</p>${quietForm({ action: `${action}/resend`, csrf }, words.code.resend)}`
        : html`<p>${words.code.noResend}</p>`
    }
<p>${taxAuthority.wrongPhone}</p>${quietForm({ action: "/activate/tax-authority/cancel", csrf }, actions.cancel)}</div>`,
  };
}
