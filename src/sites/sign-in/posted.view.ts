import type { Return } from "#core/sign-in";
import { html, primary, type Page } from "#sites/kit";
import type { Words } from "#words";

export type PostedForm = Extract<Return, { form: object }>["form"];

/** Takes the answer back to the portal, as fields of a form: no address holds it, and no log of addresses. */
export function postedView({ signIn, actions }: Words, { action, fields }: PostedForm): Page {
  const hidden = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return {
    name: "sign-in-posted",
    scripted: true,
    heading: signIn.postedTitle,
    body: html`<p class="lead">${signIn.postedLead}</p>
<form method="post" action="${action}" data-posted>${hidden}${primary(actions.continue)}</form>`,
  };
}
