import type { UnblockingRefusal } from "#core/unblocking";
import { html, referenceLine, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import { pages } from "./door.ts";

interface Ending {
  readonly status: 409 | 410 | 422 | 429;
  /** Where else this is settled. */
  readonly at?: "desk" | "activation";
  /** Nothing was begun, so there is nothing to begin again. */
  readonly isObstacle?: true;
}

export const endings: Readonly<Record<UnblockingRefusal, Ending>> = {
  "key.none": { status: 409, at: "activation", isObstacle: true },
  "key.not-locked": { status: 409, isObstacle: true },
  "key.pending-letter": { status: 409, at: "activation", isObstacle: true },
  "key.frozen": { status: 409, at: "desk", isObstacle: true },
  "key.suspended": { status: 409, at: "desk", isObstacle: true },
  "key.expired": { status: 409, at: "desk", isObstacle: true },
  "unblocking.gone": { status: 410 },
  "unblocking.out-of-step": { status: 409 },
  "pin.same": { status: 422 },
  "sms.too-many": { status: 429 },
  "code.wrong": { status: 422 },
  "code.expired": { status: 422 },
  "key.changed": { status: 409 },
};

export function isUnblockingRefusal(code: string): code is UnblockingRefusal {
  return Object.hasOwn(endings, code);
}

export interface UnblockRefusedProps {
  readonly refusal: UnblockingRefusal;
  readonly reference: string;
}

export function unblockRefusedView(words: Words, { refusal, reference }: UnblockRefusedProps): Page {
  const { unblock, actions } = words;
  const { title, why } = unblock.refused.reasons[refusal];
  const { at, isObstacle } = endings[refusal];
  return {
    name: "unblock-refused",
    heading: title,
    refusal,
    sign: "stop",
    body: html`<p class="lead">${why}</p>
${at === "desk" && desk(words)}${at === "activation" && html`<p><a href="/activate">${words.reservedArea.activate}</a></p>`}
${
  isObstacle
    ? html`<p><a class="button" href="${pages.home}">${unblock.backToArea}</a></p>`
    : html`<p>${unblock.refused.nothingKept}</p><p><a class="button" href="${pages.unblock}">${actions.startAgain}</a></p>`
}
${referenceLine(words, reference)}`,
  };
}

function desk({ advice }: Words): Html {
  return html`<p>${advice.desk}</p><p><a href="/activate/desk">${advice.deskLink}</a></p>`;
}
