/** The page on which a code is typed: where it went, until when it holds, another one, a way out. */
import type { CodeStanding } from "#core/one-time-codes";
import type { Words } from "#words";
import { textField, errorSummary, form, notice, primary, quietForm, type Mistakes } from "./fields.ts";
import { html, type Html } from "./html.ts";
import { icons } from "./icons.ts";
import type { Page } from "./layout.ts";
import { unbroken } from "./phone.ts";

/** What the code is for: the rest of its page is the same wherever one is asked for. */
export interface CodeFace extends Pick<Page, "name" | "heading" | "asks" | "signedIn"> {
  readonly step: string;
  /** Address of the page; another code is asked for at `/resend` under it. */
  readonly action: string;
  readonly sentTo: (maskedPhone: string) => string;
  /** What to make sure of before typing it. */
  readonly check?: string;
  readonly confirm: string;
  /** What to do without that phone. */
  readonly otherPhone?: string;
  /** A way to have it sent elsewhere instead. */
  readonly again?: { readonly action: string; readonly label: string };
  readonly cancel: { readonly action: string; readonly label: string };
}

export interface CodeState {
  readonly mistakes: Mistakes;
  readonly refusal: "code.wrong" | "code.too-soon" | "code.no-more" | null;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

export const untouched: CodeState = { mistakes: {}, refusal: null, news: null };

export interface CodeStepProps extends CodeState {
  readonly csrf: string;
  readonly code: CodeStanding;
}

export function codeStepView(words: Words, face: CodeFace, props: CodeStepProps): Page {
  const { name, heading, step, asks, signedIn } = face;
  const { mistakes, refusal } = props;
  return {
    ...{ name, heading, step, scripted: true },
    ...(asks && { asks }),
    ...(signedIn && { signedIn }),
    ...(refusal && { refusal }),
    mistaken: Object.keys(mistakes).length > 0,
    summary: errorSummary(words, mistakes),
    body: body(words, face, props),
  };
}

function body(words: Words, face: CodeFace, { csrf, code, mistakes, news }: CodeStepProps): Html {
  const { label, hint } = words.fields.code;
  return html`${news && notice(html`<p role="status">${news}</p>`)}
<p class="lead">${face.sentTo(unbroken(code.maskedPhone))} ${words.code.validUntil(words.dates.time(code.expiresAt))}</p>
${face.check && html`<p>${face.check}</p>\n`}${form(
    { action: face.action, csrf },
    html`${textField("code", { name: "code", label, hint, mistakes })}${primary(face.confirm)}`,
  )}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<div class="way-out">${another(words, face, { csrf, code })}
${face.otherPhone && html`<p>${face.otherPhone}</p>`}${face.again && quietForm({ action: face.again.action, csrf }, face.again.label)}${quietForm({ action: face.cancel.action, csrf }, face.cancel.label)}</div>`;
}

function another(words: Words, { action }: CodeFace, { csrf, code }: Pick<CodeStepProps, "csrf" | "code">): Html {
  const { resend, resendFrom, noResend } = words.code;
  if (code.resendAt === null) return html`<p>${noResend}</p>`;
  return html`<p>${resendFrom(words.dates.timeFrom(code.resendAt))}</p>${quietForm({ action: `${action}/resend`, csrf }, resend)}`;
}
