/** Letterboxes one can look into. */
import { html } from "hono/html";
import { sandboxMoment, sandboxPage } from "../kit/page.ts";
import type { DeliveredLetter } from "./mail-room.ts";

/** Whose letterbox that is, where the country knows it. */
export type NameOf = (civilId: string) => string | null;

export function letterboxesPage(civilIds: readonly string[], held: number, nameOf: NameOf) {
  return sandboxPage({
    title: "Letterboxes",
    body: html`<p>${held === 1 ? "1 letter is" : `${held} letters are`} on the way.</p>
      <form method="post" action="/post-office/deliver"><button>Deliver now</button></form>
      <ul class="cards">
        ${civilIds.map(
          (civilId) => html`<li><a href="/letterboxes/${encodeURIComponent(civilId)}">${civilId}</a> ${nameOf(civilId)}</li>`,
        )}
      </ul>`,
  });
}

export function letterboxPage(civilId: string, letters: readonly DeliveredLetter[], nameOf: NameOf) {
  return sandboxPage({
    title: `Letterbox of ${nameOf(civilId) ?? civilId}`,
    refreshSeconds: 10,
    links: [["Letterboxes", "/letterboxes"]],
    body:
      letters.length === 0
        ? html`<p class="quiet">The letterbox is empty.</p>`
        : html`<ol class="cards">
            ${letters.map(
              (letter) => html`<li>
                <h2><a href="${letter.pdf}">Letter ${letter.id}</a></h2>
                <p class="quiet">Delivered ${sandboxMoment(letter.at)}</p>
                <form method="post" action="/letters/${letter.id}/return"><button>Return to sender</button></form>
              </li>`,
            )}
          </ol>`,
  });
}
