/** The short pages every footer leads to, and one that the card's door does. */
import { html, list, paragraphs, places, type Page } from "#sites/kit";
import type { Words } from "#words";

export function accessibilityView({ accessibility }: Words): Page {
  return { name: "accessibility", heading: accessibility.title, width: "text", body: html`${paragraphs(accessibility.text)}` };
}

export function privacyView({ privacy }: Words): Page {
  return {
    name: "privacy",
    heading: privacy.title,
    width: "text",
    body: html`${paragraphs(privacy.text)}<h2>${privacy.cookiesTitle}</h2>${list(privacy.cookies)}`,
  };
}

export function termsView({ terms }: Words): Page {
  return { name: "terms", heading: terms.title, width: "text", body: html`${paragraphs(terms.text)}` };
}

export function cardGoneView({ cardGone, actions }: Words): Page {
  return {
    name: "card-gone",
    heading: cardGone.title,
    refusal: "card.gone",
    sign: "stop",
    body: html`<p class="lead">${cardGone.text}</p><p><a class="button" href="${places.home}">${actions.home}</a></p>`,
  };
}
