/** How a page asks a citizen card who stands before us, whatever for: its two ways to the card, and what comes back from them. */
import type { CardFailure, CardProof, CardQuestion, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { Words } from "#words";
import type { Form } from "./form.ts";
import { html, type Html } from "./html.ts";
import { icons } from "./icons.ts";

export type CardProblem = IdentifyByCardRefusal | CardFailure;

export interface CardEnding {
  readonly status: 410 | 422 | 503;
  /** What can be done besides trying again. */
  readonly advice: "desk" | "wait" | "none";
}

/** Why a card identified nobody: with what status that is said, and what the person can do. */
export const cardEndings: Readonly<Record<CardProblem, CardEnding>> = {
  "card.absent": { status: 422, advice: "none" },
  "card.not-recognised": { status: 422, advice: "desk" },
  "card.wrong-certificate": { status: 422, advice: "none" },
  "card.unknown-issuer": { status: 422, advice: "desk" },
  "card.expired": { status: 422, advice: "desk" },
  "card.revoked": { status: 422, advice: "desk" },
  "card.suspended": { status: 422, advice: "desk" },
  "card.status-unavailable": { status: 503, advice: "wait" },
  "card.answer-invalid": { status: 422, advice: "none" },
  "card.gone": { status: 410, advice: "none" },
  "card.cancelled": { status: 422, advice: "none" },
  "card.pin-blocked": { status: 422, advice: "desk" },
  "card.reader-failed": { status: 422, advice: "none" },
  "registry.unavailable": { status: 503, advice: "wait" },
  "person.unknown": { status: 422, advice: "desk" },
  "person.name-mismatch": { status: 422, advice: "desk" },
  "person.deceased": { status: 422, advice: "desk" },
  "document.not-citizen-card": { status: 422, advice: "desk" },
  "document.expired": { status: 422, advice: "desk" },
  "document.cancelled": { status: 422, advice: "desk" },
};

export interface CardReaderProps {
  readonly csrf: string;
  /** With the question in it. */
  readonly doorUrl: string;
  readonly nonce: string;
  readonly expiresAt: Date;
  /** Path to which the Web eID token, or why there is none, is posted. */
  readonly webEid: string;
}

/** `question`: as core asked it; `door`: `cardDoorUrl` of the settings. */
export function cardReaderProps(door: string, { doorToken, nonce, expiresAt }: CardQuestion) {
  return { doorUrl: `${door}/?question=${doorToken}`, nonce, expiresAt };
}

/** The part of a page between its lead and its way out. The page is to say `readsCard`. */
export function cardReader(words: Words, { csrf, doorUrl, nonce, expiresAt, webEid }: CardReaderProps): Html {
  const { cardReader, dates } = words;
  return html`<h2>${cardReader.byBrowserTitle}</h2><p>${cardReader.byBrowser}</p>
<p><a class="button" href="${doorUrl}">${cardReader.byBrowserAction}</a></p>
<h2>${cardReader.webEidTitle}</h2><p>${cardReader.webEid}</p>
${webEidForm(words, { csrf, nonce, action: webEid })}
<p class="hint">${cardReader.timeLimit(dates.time(expiresAt))}</p>
<p class="fraud">${icons.shield}<span>${words.fraud}</span></p>`;
}

/** Hidden until the script that makes it work is there. */
function webEidForm({ cardReader }: Words, { csrf, nonce, action }: { csrf: string; nonce: string; action: string }): Html {
  return html`<form method="post" action="${action}" data-web-eid data-waiting="${cardReader.webEidWaiting}" data-missing="${cardReader.webEidMissing}" hidden>
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="token" value=""><input type="hidden" name="failure" value="">
<button type="submit" class="button-quiet">${cardReader.webEidAction}</button><p role="status"></p></form>`;
}

/** Web eID's own names for what went wrong, to ours; anything else is the reader's failure. */
const failures: Readonly<Record<string, CardFailure | "card.absent">> = {
  ERR_WEBEID_USER_CANCELLED: "card.cancelled",
  ERR_WEBEID_USER_TIMEOUT: "card.cancelled",
  ERR_WEBEID_ACTION_TIMEOUT: "card.cancelled",
  ERR_WEBEID_EXTENSION_UNAVAILABLE: "card.absent",
  ERR_WEBEID_NATIVE_UNAVAILABLE: "card.absent",
  ERR_WEBEID_PIN_BLOCKED: "card.pin-blocked",
};

/** What the page's script posted: the card's answer, or why there is none. */
export function readWebEid(form: Form): { readonly proof: CardProof } | { readonly failure: CardFailure | "card.absent" } {
  const [nonce, token, failure] = [form.text("nonce"), form.text("token"), form.text("failure")];
  if (failure === "") return { proof: { kind: "web-eid", nonce, token } };
  const named = Object.hasOwn(failures, failure) ? failures[failure] : undefined;
  return { failure: named ?? "card.reader-failed" };
}
