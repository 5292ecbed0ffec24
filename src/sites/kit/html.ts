/** The typed template: escapes whatever it is given, and does not compile when given what cannot be shown. */
import { html as template } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString;
export type Child = Html | string | number | false | null | undefined | readonly Child[];

export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  // A Promise only comes out when one went in, and Child admits none.
  return template(strings, ...values) as Html;
}

export function list(items: readonly Child[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

export function steps(items: readonly Child[]): Html {
  return html`<ol class="steps">${items.map((item) => html`<li>${item}</li>`)}</ol>`;
}

export function paragraphs(texts: readonly string[]): Html[] {
  return texts.map((text) => html`<p>${text}</p>`);
}
