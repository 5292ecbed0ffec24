/** What the portal would receive, each with what it is for: nothing is sent that this page does not show. */
import type { ConsentAttribute, SignInView } from "#core/sign-in";
import { box, form, html, showPhone, type AskingPortal, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import { addressOf } from "./paths.ts";

export interface ConsentProps {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  readonly by: SignInView["by"];
  readonly name: string;
  readonly attributes: readonly ConsentAttribute[];
}

export function consentView(words: Words, { csrf, id, asks, by, name, attributes }: ConsentProps): Page {
  const { signIn, actions } = words;
  const required = attributes.filter((attribute) => attribute.required);
  const optional = attributes.filter((attribute) => !attribute.required);
  const lead = attributes.length > 0 ? signIn.consentLead(name) : signIn.consentNothing(name);
  return {
    name: "sign-in-consent",
    scripted: true,
    heading: signIn.consentTitle(asks.name),
    step: by === "key-and-code" ? actions.step(3, 3, signIn.steps.consent) : actions.step(2, 2, signIn.steps.consent),
    asks,
    body: html`<p class="lead">${lead}</p>
${form(
  { action: addressOf(id, "consent"), csrf },
  html`${required.length > 0 && html`<section class="attributes"><h2>${signIn.required}</h2><ul>${required.map((each) => html`<li>${attributeText(words, each)}</li>`)}</ul></section>`}
${optional.length > 0 && html`<fieldset class="attributes"><legend>${signIn.optional}</legend>${optional.map((each) => optionalBox(words, each))}</fieldset>`}
<div class="choices"><button type="submit" class="button" name="decision" value="authorise">${words.actions.authorise}</button>
<button type="submit" class="button-quiet" name="decision" value="refuse">${words.actions.refuse}</button></div>`,
)}
<p class="hint">${signIn.refuseNote(asks.name)}</p>`,
  };
}

function optionalBox(words: Words, attribute: ConsentAttribute): Html {
  const { name, value } = attribute;
  if (value === null) return html`<div class="box">${attributeText(words, attribute)}</div>`;
  return box({ name: "attribute", value: name, id: `attribute-${name}`, label: attributeText(words, attribute), ticked: true });
}

function attributeText(words: Words, attribute: ConsentAttribute): Html {
  const { label, why } = words.attributes[attribute.name];
  return html`<span class="attribute-label">${label}</span> <span class="attribute-value">${shown(words, attribute)}</span> <span class="hint">${why}</span>`;
}

type Read = (words: Words, value: string) => string;

const day: Read = ({ dates }, value) => dates.plainDay(value);

/** Values that people write otherwise than machines do; what stands for something is read by its name, where it has one. */
const reading: Readonly<Partial<Record<ConsentAttribute["name"], Read>>> = {
  birth_date: day,
  document_expires: day,
  phone: (_words, value) => showPhone(value),
  document_kind: ({ documentKinds }, value) => new Map(Object.entries(documentKinds)).get(value) ?? value,
};

/** The portal gets the bare value; the person reads it as people write it. */
function shown(words: Words, { name, value }: ConsentAttribute): Html {
  if (value === null) return html`<em>${words.signIn.noValue}</em>`;
  return html`<data value="${value}">${reading[name]?.(words, value) ?? value}</data>`;
}
