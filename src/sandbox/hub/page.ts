/** The hub's front page: the small country at a glance, with its clock and ways into everything. */
import { html } from "hono/html";
import type { Person } from "../people/index.ts";
import { fullName } from "../people/index.ts";
import { sandboxMoment, sandboxPage } from "../kit/page.ts";

export interface Place {
  readonly label: string;
  readonly url: string;
}

export interface HubState {
  readonly people: readonly Person[];
  readonly now: Date;
  readonly places: readonly Place[];
}

/** Beyond these the page would be a telephone book; `GET /people` has them all. */
const MOST_SHOWN = 40;

const DOCUMENTS = {
  CC: "citizen card",
  BI: "Identity Document (BI)",
  PAS: "passport",
  TR: "residence permit",
  CR: "residence card",
} as const;

const STEPS = [
  ["P1D", "a day"],
  ["P5D", "five days"],
  ["P30D", "thirty days"],
  ["P1Y", "a year"],
] as const;

export function hubPage({ people, now, places }: HubState) {
  const shown = people.length <= MOST_SHOWN ? people : [...people.slice(0, MOST_SHOWN / 2), ...people.slice(-MOST_SHOWN / 2)];
  return sandboxPage({
    title: "A small invented country",
    links: [
      ["People (JSON)", "/people"],
      ["Phones", "/phones"],
      ["Letterboxes", "/letterboxes"],
      ["Mailboxes", "/mailboxes"],
      ["Card reader", "/card-reader?lang=en"],
    ],
    body: html`<h2>Places</h2>
      <ul>
        ${places.map(({ label, url }) => html`<li><a href="${url}">${label}</a></li>`)}
      </ul>
      ${clockSection(now)}
      <h2 id="people">People</h2>
      <p>Where a page asks for a citizen card, the virtual reader opens with everybody's card.</p>
      <ul class="cards">
        ${shown.map(personCard)}
      </ul>
      ${people.length > shown.length ? html`<p>and ${people.length - shown.length} more in <a href="/people">the list</a>.</p>` : ""}
      <form method="post" action="/people/new"><button>Make one more person</button></form>`,
  });
}

function clockSection(now: Date) {
  return html`<h2>Clock</h2>
    <p>It is ${sandboxMoment(now)} here. The clock only moves forward.</p>
    <form method="post" action="/clock">
      ${STEPS.map(([step, label]) => html`<button name="advance" value="${step}">Advance ${label}</button> `)}
    </form>
    <form method="post" action="/clock">
      <label for="advance">Or by (ISO 8601, such as PT6M)</label>
      <input id="advance" name="advance" required maxlength="40" pattern="P[0-9YMWDTHS]+" title="such as PT6M or P5D" />
      <button>Advance</button>
    </form>`;
}

function personCard(person: Person) {
  const { kind, number, expires, cancelled } = person.document;
  const state = [cancelled ? "cancelled" : `expires ${expires}`, person.deceased ? "holder deceased" : ""]
    .filter(Boolean)
    .join(", ");
  return html`<li id="${person.civilId}">
    <h3>${fullName(person)}</h3>
    <p>${person.note}</p>
    <dl>
      <dt>Civil id</dt>
      <dd>${person.civilId}</dd>
      <dt>Tax number</dt>
      <dd>${person.taxNumber ?? "none"}</dd>
      <dt>Tax password</dt>
      <dd>${person.taxPassword ?? "none"}</dd>
      <dt>Born</dt>
      <dd>${person.birthDate}, ${person.nationality}</dd>
      <dt>Document</dt>
      <dd>${DOCUMENTS[kind]} ${number} (${state})</dd>
      <dt>Address</dt>
      <dd>
        ${person.address.lines.join(", ")}, ${person.address.postalCode} ${person.address.locality} (since
        ${person.address.since})
      </dd>
    </dl>
    <p>
      <a href="/phones/${person.phone}">Phone ${person.phone}</a><br />
      <a href="/letterboxes/${person.civilId}">Letterbox</a><br />
      <a href="/mailboxes/${encodeURIComponent(person.email)}">Mailbox ${person.email}</a>
      ${
        person.cardPin === null
          ? ""
          : html`<br />Citizen card, PIN ${person.cardPin}: <a href="/cards/${person.civilId}">other ways to use it (JSON)</a>`
      }
    </p>
  </li>`;
}
