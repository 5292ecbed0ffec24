import { html, icons, places, steps, type Page } from "#sites/kit";
import type { Words } from "#words";

export function homeView(words: Words): Page {
  const { home } = words;
  return {
    name: "home",
    heading: home.title,
    width: "wide",
    body: html`<p class="lead">${home.lead}</p>
<nav class="cards cards-menu" aria-label="${home.menuLabel}">
<section class="card"><h2>${icons.key}<span>${home.keyTitle}</span></h2><p>${home.keyText}</p><p><a class="button" href="${places.activate}">${home.keyAction}</a></p></section>
<section class="card"><h2>${icons.person}<span>${home.areaTitle}</span></h2><p>${home.areaText}</p><p><a class="button-quiet" href="${places.reservedArea}">${home.areaAction}</a></p></section>
<section class="card"><h2>${icons.help}<span>${home.helpTitle}</span></h2><p>${home.helpText}</p><p><a class="button-quiet" href="${places.help}">${home.helpAction}</a></p></section>
</nav>
<section class="after"><h2>${home.howTitle}</h2>${steps(home.how)}</section>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`,
  };
}
