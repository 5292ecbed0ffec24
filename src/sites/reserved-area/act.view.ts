/** The pages that look alike whatever the act: its code, its button, its end. */
import { form, html, icons, quietForm, type CodeFace, type Page } from "#sites/kit";
import type { Words } from "#words";
import type { ActLook } from "./act-site.ts";
import { actPaths, paths } from "./paths.ts";

export function codeFaceOf(words: Words, look: ActLook, csrf: string): CodeFace {
  const { steps, codeTitle, codeSent, codeCheck, noCode, again, confirm } = look.words(words);
  const { pages, ...out } = actPaths(look.path);
  return {
    name: `${look.name}-code`,
    heading: codeTitle,
    step: words.actions.step(2, 3, steps.code),
    signedIn: { csrf },
    action: pages.code,
    sentTo: codeSent,
    check: codeCheck,
    confirm,
    otherPhone: noCode,
    ...(again !== undefined && { again: { action: out.again, label: again } }),
    cancel: { action: out.cancel, label: words.actions.cancel },
  };
}

/** Nothing leads there in an act that has no such page. */
export function actConfirmView(words: Words, look: ActLook, { csrf, email }: { csrf: string; email: string | null }): Page {
  const { steps, confirmation } = look.words(words);
  const { pages, cancel } = actPaths(look.path);
  return {
    name: `${look.name}-confirm`,
    heading: confirmation?.title ?? steps.form,
    step: words.actions.step(2, 3, steps.code),
    signedIn: { csrf },
    body: html`<p class="lead">${confirmation?.lead(email ?? "")}</p>
${form(
  { action: pages.confirm, csrf },
  html`<button type="submit" class="button" name="decision" value="authorise">${confirmation?.button ?? words.actions.continue}</button>`,
)}
<div class="way-out">${quietForm({ action: cancel, csrf }, words.actions.cancel)}</div>`,
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
<p><a class="button" href="${paths.home}">${words.acts.backToArea}</a></p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}
