/** The pages that the way with the citizen card has alone: reader, what was read, replacing, done. */
import type { LearnedAttributes } from "#core/activation";
import {
  cardReader,
  form,
  html,
  icons,
  notice,
  places,
  quietForm,
  steps,
  type CardReaderProps,
  type Html,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { channelPaths } from "./channels.ts";

const { webEid, cancel, pages } = channelPaths["citizen-card"];

export function readerView(words: Words, props: Omit<CardReaderProps, "webEid">): Page {
  const { citizenCard, actions } = words;
  return {
    name: "activation-reader",
    heading: citizenCard.readerTitle,
    step: actions.step(1, 5, citizenCard.steps.card),
    readsCard: true,
    body: html`<p class="lead">${words.cardReader.lead}</p>
${cardReader(words, { ...props, webEid })}
<div class="way-out">${quietForm({ action: cancel, csrf: props.csrf }, actions.cancel)}</div>`,
  };
}

export function cardConsentView(words: Words, { csrf, learned }: { csrf: string; learned: LearnedAttributes }): Page {
  const { citizenCard, actions, dates } = words;
  const { name, civilId, birthDate, documentExpires, address } = learned;
  const labels = citizenCard.learned;
  return {
    name: "activation-consent",
    heading: citizenCard.consentTitle,
    step: actions.step(2, 5, citizenCard.steps.consent),
    body: html`<p class="lead">${citizenCard.consentLead}</p>
<dl class="receipt">
<dt>${labels.name}</dt><dd>${name}</dd>
<dt>${labels.civilId}</dt><dd class="number">${civilId}</dd>
<dt>${labels.birthDate}</dt><dd>${dates.plainDay(birthDate)}</dd>
<dt>${labels.documentExpires}</dt><dd>${dates.plainDay(documentExpires)}</dd>
${address && html`<dt>${labels.address}</dt><dd>${address}</dd>`}</dl>
${choice({ action: pages.consent, csrf }, actions.authorise, actions.refuse)}`,
  };
}

export function replaceView(words: Words, { csrf }: { csrf: string }): Page {
  const { citizenCard, actions } = words;
  return {
    name: "activation-replace",
    heading: citizenCard.replaceTitle,
    step: actions.step(2, 5, citizenCard.steps.consent),
    body: html`${notice(html`<p>${citizenCard.replaceLead}</p>`, "warning")}
${choice({ action: pages.replace, csrf }, citizenCard.replace, citizenCard.keep)}`,
  };
}

function choice(spec: { action: string; csrf: string }, authorise: string, refuse: string): Html {
  return form(
    spec,
    html`<div class="choices"><button type="submit" class="button" name="decision" value="authorise">${authorise}</button>
<button type="submit" class="button-quiet" name="decision" value="refuse">${refuse}</button></div>`,
  );
}

export function cardDoneView(words: Words): Page {
  const { citizenCard, actions } = words;
  return {
    name: "activation-done",
    heading: citizenCard.doneTitle,
    step: actions.step(5, 5, citizenCard.steps.done),
    sign: "check",
    body: html`<p class="lead">${citizenCard.doneLead}</p>
${steps(citizenCard.doneNext)}
<p>${citizenCard.doneWish}</p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<p><a href="${places.home}">${actions.home}</a></p>`,
  };
}
