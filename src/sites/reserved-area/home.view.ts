import type { LastSignIn, OwnKeyView, ReservedAreaView } from "#core/reserved-area";
import { html, icons, notice, places, showPhone, unbroken, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import { acts } from "./acts.ts";
import { paths } from "./paths.ts";

export interface ReservedAreaProps {
  readonly csrf: string;
  readonly area: ReservedAreaView;
  /** Where the last sign-in was, in the language of the page; null for a portal that is no longer there. */
  readonly portalName: string | null;
}

export function reservedAreaView(words: Words, { csrf, area, portalName }: ReservedAreaProps): Page {
  const { reservedArea } = words;
  const { key } = area;
  return {
    name: "reserved-area",
    heading: reservedArea.title,
    step: reservedArea.greeting(area.givenNames),
    width: "text",
    signedIn: { csrf },
    body: html`${condition(words, key)}${action(words, area)}
<h2>${reservedArea.keyTitle}</h2>
<dl class="receipt">${key && html`<dt>${reservedArea.validUntil}</dt><dd>${words.dates.day(key.validUntil)}</dd>`}
<dt>${reservedArea.lastSignIn}</dt><dd>${lastSignIn(words, area.lastSignIn, portalName)}</dd></dl>
${area.lastSignIn && html`<p class="hint">${reservedArea.notYou}</p>`}
<h2>${reservedArea.dataTitle}</h2>
${data(words, area)}
${offers(words, area)}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}

/** What wants doing stands out; that all is well does not. */
function condition({ reservedArea, dates }: Words, key: OwnKeyView | null): Html {
  const text = key ? reservedArea.conditions[key.condition](dates.day(key.validUntil)) : reservedArea.noKey;
  return key?.condition === "active" || key?.condition === "temporary"
    ? html`<p class="lead">${text}</p>`
    : notice(html`<p>${text}</p>`, key ? "warning" : "info");
}

/** What stands in the way of everything else is offered first. */
function action(words: Words, { key, acts: possible }: ReservedAreaView): Html | null {
  const { path, words: said } = acts.unblock;
  if (possible.includes("unblock")) return html`<p><a class="button" href="${path}">${said(words).offer}</a></p>`;
  if (key === null || key.condition === "temporary-over")
    return html`<p><a class="button" href="${places.activate}">${words.reservedArea.activate}</a></p>`;
  return null;
}

function offers(words: Words, { acts: possible }: ReservedAreaView): Html | null {
  const rest = possible.filter((name) => name !== "unblock").map((name) => acts[name]);
  if (rest.length === 0) return null;
  return html`<h2>${words.acts.title}</h2>
${rest.map(({ path, words: said }) => html`<p><a href="${path}">${said(words).offer}</a></p>`)}`;
}

function lastSignIn({ reservedArea, dates }: Words, last: LastSignIn | null, portalName: string | null): string {
  if (last === null) return reservedArea.noSignIn;
  const how = last.byCard ? reservedArea.byCard : reservedArea.byKey;
  return reservedArea.lastSignInAt(portalName ?? reservedArea.gonePortal, dates.day(last.at), dates.time(last.at), how);
}

function data({ reservedArea, attributes, documentKinds, dates }: Words, area: ReservedAreaView): Html {
  const { key, document } = area;
  return html`<dl class="receipt">
<dt>${attributes.name.label}</dt><dd>${area.name}</dd>
<dt>${attributes.civil_id.label}</dt><dd class="number">${area.civilId}</dd>
${area.taxNumber && html`<dt>${attributes.tax_number.label}</dt><dd class="number">${area.taxNumber}</dd>`}
<dt>${reservedArea.document}</dt><dd>${documentKinds[document.kind]} ${unbroken(document.number)}</dd>
<dt>${attributes.document_expires.label}</dt><dd>${dates.plainDay(document.expires)}</dd>
${
  key &&
  html`<dt>${attributes.phone.label}</dt><dd class="number">${unbroken(showPhone(key.phone))}</dd>
<dt>${attributes.email.label}</dt><dd>${key.email ?? reservedArea.noEmail}</dd>`
}</dl>
<p class="hint">${key ? reservedArea.dataNote : reservedArea.dataNoteNoKey}</p>`;
}

export function signedOutView({ reservedArea: { signedOut }, actions }: Words): Page {
  return {
    name: "signed-out",
    heading: signedOut.title,
    sign: "check",
    body: html`<p class="lead">${signedOut.text}</p>
<p><a class="button" href="${places.home}">${actions.home}</a></p>
<p><a href="${paths.home}">${signedOut.again}</a></p>`,
  };
}
