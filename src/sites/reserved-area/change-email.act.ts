/** Changing the key's e-mail, as its pages: a new address, or none. */
import { textField, errorSummary, form, html, primary, readEmail, type Page } from "#sites/kit";
import type { Words } from "#words";
import type { ActFormProps, ActSite } from "./act-site.ts";
import { paths } from "./paths.ts";

interface Given {
  readonly email: string;
}
type Mistake = keyof Words["changeEmail"]["mistakes"];

const path = `${paths.home}/email`;

export const changeEmail: ActSite<Given, Mistake> = {
  name: "email",
  path,
  words: (words) => words.changeEmail,
  read({ changeEmail: { mistakes } }, typed) {
    const text = typed.text("email");
    const email = text === "" ? text : readEmail(text);
    return { given: { email: email ?? text }, mistakes: { ...(email === null && { email: mistakes["email.malformed"] }) } };
  },
  mistaken: ({ changeEmail: { mistakes } }, mistake) => ({ email: mistakes[mistake] }),
  formView,
};

function formView(words: Words, { csrf, mistakes, mistake, given, email }: ActFormProps<Given, Mistake>): Page {
  const { acts, actions, changeEmail: said } = words;
  const hint = email === null ? said.hint : said.hintRemove;
  return {
    name: "email",
    heading: said.title,
    step: actions.step(1, 3, said.steps.form),
    signedIn: { csrf },
    mistaken: Object.keys(mistakes).length > 0,
    ...(mistake && { refusal: mistake }),
    summary: errorSummary(words, mistakes),
    body: html`<p class="lead">${email === null ? said.leadNone : said.lead(email)}</p>
<p>${said.how}</p>
${form(
  { action: path, csrf },
  html`${textField("email", { name: "email", label: said.label, hint, mistakes, value: given?.email ?? "" })}${primary(actions.continue)}`,
)}
<div class="way-out"><p><a href="${paths.home}">${acts.backToArea}</a></p></div>`,
  };
}
