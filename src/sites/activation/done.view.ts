/** The letter on its way: a line of days. */
import type { LetterView } from "#core/activation";
import { html, icons, notice, places, steps, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";

/** How far along the line each state is; a letter that left the line shows words instead. */
const reached: Readonly<Record<LetterView["state"], number | null>> = {
  queued: 0,
  printed: 1,
  delivered: 2,
  used: null,
  returned: null,
  cancelled: null,
  expired: null,
};

export function doneView(words: Words, { letter }: { letter: LetterView }): Page {
  const { taxAuthority, dates } = words;
  const { state } = letter;
  const offLine = state === "queued" || state === "printed" || state === "delivered" ? null : taxAuthority.letterStates[state];
  return {
    name: "activation-done",
    heading: taxAuthority.doneTitle,
    step: words.actions.step(4, 4, taxAuthority.steps.done),
    ...(!offLine && { sign: "check" as const }),
    body: html`<p class="lead">${taxAuthority.doneLead(dates.day(letter.dueBy))}</p>
${offLine ? notice(html`<p>${offLine}</p>`, "warning") : daysLine(words, letter)}
<dl class="receipt">
<dt>${taxAuthority.referenceLabel}</dt><dd class="number">${letter.reference}</dd>
<dt>${taxAuthority.phoneLabel}</dt><dd class="number">${letter.maskedPhone}</dd>
<dt>${taxAuthority.requestedLabel}</dt><dd>${dates.day(letter.requestedAt)}</dd>
<dt>${taxAuthority.expiresLabel}</dt><dd>${dates.day(letter.expiresAt)}</dd></dl>
<h2>${taxAuthority.nextTitle}</h2>${steps(taxAuthority.next)}
${notice(html`<p>${taxAuthority.nextWarning}</p>`, "warning")}
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>
<p class="hint">${taxAuthority.print} ${taxAuthority.another}</p>
<p><a href="${places.home}">${words.actions.home}</a></p>`,
  };
}

function daysLine({ taxAuthority, dates }: Words, { state, requestedAt, dueBy }: LetterView): Html {
  const { days, daysLabel } = taxAuthority;
  const at = reached[state] ?? 0;
  const stops = [
    { name: days.requested, when: dates.day(requestedAt) },
    { name: days.printed, when: null },
    { name: days.delivered, when: days.by(dates.day(dueBy)) },
  ];
  return html`<ol class="days" aria-label="${daysLabel}">${stops.map(
    ({ name, when }, index) =>
      html`<li class="${index <= at ? "reached" : "ahead"}"${index === at && html` aria-current="step"`}><span class="dot">${index <= at && icons.check}</span><span><strong>${name}</strong>${index <= at && html` <span class="day-state">(${index === at ? days.here : days.done})</span>`}${when && html`<br><span class="hint">${when}</span>`}</span></li>`,
  )}</ol>`;
}
