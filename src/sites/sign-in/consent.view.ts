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
    step: by === "citizen-card" ? actions.step(2, 2, signIn.steps.consent) : actions.step(3, 3, signIn.steps.consent),
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

/** The portal gets the bare value; the person reads it as people write it. */
function shown(words: Words, { name, value }: ConsentAttribute): Html {
  if (value === null) return html`<em>${words.signIn.noValue}</em>`;
  const read: Partial<Record<ConsentAttribute["name"], (value: string) => string>> = {
    birth_date: words.dates.plainDay,
    document_expires: words.dates.plainDay,
    phone: showPhone,
    document_kind: (kind) => (isDocumentKind(words, kind) ? words.documentKinds[kind] : kind),
  };
  return html`<data value="${value}">${read[name]?.(value) ?? value}</data>`;
}

function isDocumentKind({ documentKinds }: Words, kind: string): kind is keyof Words["documentKinds"] {
  return Object.hasOwn(documentKinds, kind);
}
