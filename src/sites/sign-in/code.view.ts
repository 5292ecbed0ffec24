import type { CodeView } from "#core/sign-in";
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
  type AskingPortal,
  type Mistakes,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { cancelLabel, stepOf } from "./asking.ts";

export interface SignInCodeProps {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  readonly code: CodeView;
  readonly mistakes: Mistakes;
  readonly refusal: "code.wrong" | "code.too-soon" | "code.no-more" | null;
  readonly news: string | null;
}

export function codeView(words: Words, { csrf, id, asks, code, mistakes, refusal, news }: SignInCodeProps): Page {
  const { signIn, dates } = words;
  return {
    name: "sign-in-code",
    scripted: true,
    heading: signIn.codeTitle,
    step: stepOf(words, 2, signIn.steps.code, asks),
    asks,
    mistaken: Object.keys(mistakes).length > 0,
    ...(refusal && { refusal }),
    summary: errorSummary(words, mistakes),
    body: html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${signIn.codeSent(unbroken(code.maskedPhone))} ${words.code.validUntil(dates.time(code.expiresAt))}</p>
<p>${signIn.codeCheck(asks.name)}</p>
${form(
  { action: `/sign-in/${id}/code`, csrf },
  html`${codeField({ name: "code", label: words.fields.code.label, hint: words.fields.code.hint, mistakes })}${primary(signIn.confirm)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${
      code.resendAt
        ? html`<p>${words.code.resendFrom(dates.timeFrom(code.resendAt))}</p>${quietForm({ action: `/sign-in/${id}/code/resend`, csrf }, words.code.resend)}`
        : html`<p>${words.code.noResend}</p>`
    }
${quietForm({ action: `/sign-in/${id}/cancel`, csrf }, cancelLabel(words, asks))}</div>`,
  };
}
