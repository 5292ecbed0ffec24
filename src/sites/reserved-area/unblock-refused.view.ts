import type { UnblockingRefusal } from "#core/unblocking";
import { html, places, referenceLine, type Ended, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import { paths, unblockPaths } from "./paths.ts";

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

export function unblockRefusedView(words: Words, { refusal, reference }: Ended<UnblockingRefusal>): Page {
  const { unblock, actions } = words;
  const { title, why } = unblock.refused.reasons[refusal];
  const { at, isObstacle } = endings[refusal];
  return {
    name: "unblock-refused",
    heading: title,
    refusal,
    sign: "stop",
    body: html`<p class="lead">${why}</p>
${at === "desk" && desk(words)}${at === "activation" && html`<p><a href="${places.activate}">${words.reservedArea.activate}</a></p>`}
${
  isObstacle
    ? html`<p><a class="button" href="${paths.home}">${unblock.backToArea}</a></p>`
    : html`<p>${unblock.refused.nothingKept}</p><p><a class="button" href="${unblockPaths.pages.pin}">${actions.startAgain}</a></p>`
}
${referenceLine(words, reference)}`,
  };
}

function desk({ advice }: Words): Html {
  return html`<p>${advice.desk}</p><p><a href="${places.desk}">${advice.deskLink}</a></p>`;
}
