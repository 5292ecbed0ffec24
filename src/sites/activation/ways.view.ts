/** The three ways to a key, and what each needs, said before anybody starts. */
import { form, html, icons, list, notice, primary, steps, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import { channelPaths } from "./channels.ts";
import { paths } from "./paths.ts";

interface Way {
  readonly title: string;
  readonly text: string;
  readonly needs: readonly string[];
  readonly takes: string;
  readonly allows: string;
  readonly action: string;
}

export function waysView(words: Words): Page {
  const { activate } = words;
  const { taxAuthority, citizenCard, desk } = activate.ways;
  return {
    name: "activate",
    heading: activate.title,
    width: "wide",
    body: html`<p class="lead">${activate.lead}</p>
${notice(html`<h2>${activate.beforeTitle}</h2>${list(activate.before)}`, "warning")}
<div class="cards cards-ways">
${wayCard(words, taxAuthority, icons.letter, channelPaths["tax-letter"].start, "button")}
${wayCard(words, citizenCard, icons.card, channelPaths["citizen-card"].start, "button-quiet")}
${wayCard(words, desk, icons.desk, paths.desk, "button-quiet")}
</div>`,
  };
}

function wayCard({ activate }: Words, way: Way, icon: Html, href: string, look: "button" | "button-quiet"): Html {
  return html`<section class="card"><h2>${icon}<span>${way.title}</span></h2><p>${way.text}</p>
<dl><dt>${activate.needs}</dt><dd>${list(way.needs)}</dd>
<dt>${activate.takes}</dt><dd>${way.takes}</dd>
<dt>${activate.costs}</dt><dd>${activate.free}</dd>
<dt>${activate.allows}</dt><dd>${way.allows}</dd></dl>
<p class="card-action"><a class="${look}" href="${href}">${way.action}</a></p></section>`;
}

/** `isOpen`: whether cards are asked for here at all. */
export function citizenCardView({ citizenCard, activate }: Words, { csrf, isOpen }: { csrf: string; isOpen: boolean }): Page {
  return {
    name: "activate-citizen-card",
    heading: citizenCard.title,
    width: "text",
    body: html`<p class="lead">${citizenCard.lead}</p>
<h2>${citizenCard.bringTitle}</h2>${list(citizenCard.bring)}
${isOpen ? form({ action: channelPaths["citizen-card"].start, csrf }, primary(citizenCard.start)) : notice(html`<p>${citizenCard.closed}</p>`, "warning")}
<h2>${citizenCard.allowsTitle}</h2>${list(citizenCard.allows)}
<h2>${citizenCard.otherTitle}</h2><p>${citizenCard.other}</p>
<p><a href="${paths.ways}">${activate.otherWays}</a></p>`,
  };
}

export function deskView({ desk, activate }: Words): Page {
  return {
    name: "activate-desk",
    heading: desk.title,
    width: "text",
    body: html`<p class="lead">${desk.lead}</p>
<h2>${desk.bringTitle}</h2>${list(desk.bring)}<p>${desk.taxNumber}</p>
<h2>${desk.whereTitle}</h2>${list(desk.where)}<p>${desk.whereNote}</p><p>${desk.pickUp}</p>
<h2>${desk.allowsTitle}</h2>${list(desk.allows)}
<p><a href="${paths.ways}">${activate.otherWays}</a></p>`,
  };
}

export function taxAuthorityView(words: Words, { csrf }: { csrf: string }): Page {
  const { taxAuthority, activate } = words;
  return {
    name: "activate-tax-authority",
    heading: taxAuthority.title,
    step: words.actions.step(1, 4, taxAuthority.steps.identify),
    body: html`<p class="lead">${taxAuthority.lead}</p>
<h2>${taxAuthority.whatTitle}</h2>${steps(taxAuthority.what)}
${notice(html`<h2>${taxAuthority.warningTitle}</h2>${list(taxAuthority.warnings)}`, "warning")}
${form({ action: channelPaths["tax-letter"].start, csrf }, primary(taxAuthority.start))}
<p class="way-out"><a href="${paths.ways}">${activate.otherWays}</a></p>`,
  };
}
