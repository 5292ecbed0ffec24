import type { ChannelName } from "#core/activation";
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

/** Which step of how many, and what the right code does. */
const facesOf = ({ actions, taxAuthority, citizenCard }: Words) => ({
  "tax-letter": { step: actions.step(3, 4, taxAuthority.steps.code), confirm: taxAuthority.confirm },
  "citizen-card": { step: actions.step(4, 5, citizenCard.steps.code), confirm: citizenCard.confirm },
});

export interface CodeProps {
  readonly csrf: string;
  readonly channel: ChannelName;
  /** Of the channel's pages. */
  readonly start: string;
  readonly code: { readonly maskedPhone: string; readonly expiresAt: Date; readonly resendAt: Date | null };
  readonly mistakes: Mistakes;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

export function codeView(words: Words, { csrf, channel, start, code, mistakes, news }: CodeProps): Page {
  const { taxAuthority, actions } = words;
  const action = `${start}/code`;
  const face = facesOf(words)[channel];
  return {
    name: "activation-code",
    scripted: true,
    heading: taxAuthority.codeTitle,
    step: face.step,
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${taxAuthority.codeSent(unbroken(code.maskedPhone))} ${words.code.validUntil(words.dates.time(code.expiresAt))}</p>
${form(
  { action, csrf },
  html`${codeField({ name: "code", label: words.fields.code.label, hint: words.fields.code.hint, mistakes })}${primary(face.confirm)}`,
)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${
      code.resendAt
        ? html`<p>${words.code.resendFrom(words.dates.timeFrom(code.resendAt))}</p>${quietForm({ action: `${action}/resend`, csrf }, words.code.resend)}`
        : html`<p>${words.code.noResend}</p>`
    }
<p>${taxAuthority.wrongPhone}</p>${quietForm({ action: `${start}/cancel`, csrf }, actions.cancel)}</div>`,
  };
}
