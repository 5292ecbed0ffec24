/** Unblocking, as its pages: a new PIN, typed twice. */
import type { PinWeakness } from "#core/mobile-keys";
import { errorSummary, form, html, list, pinField, places, primary, readNewPin, type Page } from "#sites/kit";
import type { Words } from "#words";
import type { ActFormProps, ActSite } from "./act-site.ts";
import { paths } from "./paths.ts";

interface Given {
  readonly pin: string;
}

export const unblock: ActSite<Given, PinWeakness> = {
  name: "unblock",
  path: places.unblock,
  words: (words) => words.unblock,
  read(words, typed) {
    const { pin, mistakes } = readNewPin(words, typed);
    return { given: { pin }, mistakes };
  },
  mistaken: ({ fields }, weakness) => ({ pin_new: fields.newPin.weakness[weakness] }),
  formView,
};

function formView(words: Words, { csrf, mistakes, mistake }: ActFormProps<Given, PinWeakness>): Page {
  const { acts, actions, fields, unblock: said } = words;
  const { label, hint, repeatLabel } = fields.newPin;
  return {
    name: "unblock-pin",
    heading: said.title,
    step: actions.step(1, 3, said.steps.form),
    scripted: true,
    signedIn: { csrf },
    mistaken: Object.keys(mistakes).length > 0,
    ...(mistake && { refusal: mistake }),
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${said.lead}</p>
${list(said.advice)}
${form(
  { action: places.unblock, csrf },
  html`${pinField(words, { name: "pin_new", label, hint, mistakes }, "new-password")}
${pinField(words, { name: "pin_repeat", label: repeatLabel, mistakes }, "new-password")}
${primary(said.send)}`,
)}
<div class="way-out"><p><a href="${paths.home}">${acts.backToArea}</a></p></div>`,
  };
}
