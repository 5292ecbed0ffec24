/** The typed template: escapes whatever it is given, and does not compile when given what cannot be shown. */

const markup = Symbol("markup");

/** Markup that is safe as it is: only `html` makes it. */
export interface Html {
  readonly [markup]: string;
  toString(): string;
}

function said(this: Html): string {
  return this[markup];
}

export type Child = Html | string | number | false | null | undefined | readonly Child[];

export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  let text = strings[0] ?? "";
  for (let place = 0; place < values.length; place++) text += textOf(values[place]) + (strings[place + 1] ?? "");
  return { [markup]: text, toString: said };
}

function textOf(child: Child): string {
  if (typeof child === "string") return special.test(child) ? child.replaceAll(every, (sign) => escapes[sign] ?? "") : child;
  if (child === null || child === undefined || child === false) return "";
  if (typeof child === "number") return String(child);
  if (markup in child) return child[markup];
  let text = "";
  for (const each of child) text += textOf(each);
  return text;
}

/** In elements and in quoted attributes alike (HTML 13.1.2.3). */
const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const special = /[&<>"']/;
const every = /[&<>"']/g;

export function list(items: readonly Child[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

export function steps(items: readonly Child[]): Html {
  return html`<ol class="steps">${items.map((item) => html`<li>${item}</li>`)}</ol>`;
}

export function paragraphs(texts: readonly string[]): Html[] {
  return texts.map((text) => html`<p>${text}</p>`);
}
