import { html, paragraphs, type Page } from "#sites/kit";
import type { Words } from "#words";

export function helpView(words: Words, { contact }: { contact: string | null }): Page {
  const { help } = words;
  return {
    name: "help",
    heading: help.title,
    width: "text",
    body: html`<p class="lead">${help.lead}</p>
<nav class="contents" aria-label="${help.title}"><ul>${help.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${help.sections.map(({ id, title, text }) => html`<section id="${id}"><h2>${title}</h2>${paragraphs(text)}</section>`)}
${contact && html`<section id="contact"><h2>${help.contactTitle}</h2><p>${contact}</p></section>`}`,
  };
}
