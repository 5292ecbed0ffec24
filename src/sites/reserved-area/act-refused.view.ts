import type { ActRefusal } from "#core/acts";
import { html, places, referenceLine, type Ended, type Html, type Page } from "#sites/kit";
import type { Words } from "#words";
import type { ActLook } from "./act-site.ts";
import { paths } from "./paths.ts";

interface Ending {
  readonly status: 409 | 410 | 422 | 429;
  /** Where else this is settled. */
  readonly at?: "desk" | "activation" | "unblocking";
  /** Nothing was begun, so there is nothing to begin again. */
  readonly isObstacle?: true;
}

export const endings: Readonly<Record<ActRefusal, Ending>> = {
  "key.none": { status: 409, at: "activation", isObstacle: true },
  "key.locked": { status: 409, at: "unblocking", isObstacle: true },
  "key.not-locked": { status: 409, isObstacle: true },
  "key.pending-letter": { status: 409, at: "activation", isObstacle: true },
  "key.frozen": { status: 409, at: "desk", isObstacle: true },
  "key.suspended": { status: 409, at: "desk", isObstacle: true },
  "key.expired": { status: 409, at: "desk", isObstacle: true },
  "act.gone": { status: 410 },
  "act.out-of-step": { status: 409 },
  "pin.same": { status: 422 },
  "sms.too-many": { status: 429 },
  "email.too-many": { status: 429 },
  "code.wrong": { status: 422 },
  "code.expired": { status: 422 },
  "key.changed": { status: 409 },
};

export function actRefusedView(words: Words, look: ActLook, { refusal, reference }: Ended<ActRefusal>): Page {
  const { acts, actions } = words;
  const { title, why } = acts.refused.reasons[refusal];
  const { at, isObstacle } = endings[refusal];
  return {
    name: `${look.name}-refused`,
    heading: title,
    refusal,
    sign: "stop",
    body: html`<p class="lead">${why}</p>
${at && elsewhereLink[at](words)}
${
  isObstacle
    ? html`<p><a class="button" href="${paths.home}">${acts.backToArea}</a></p>`
    : html`<p>${acts.refused.nothingKept}</p><p><a class="button" href="${look.path}">${actions.startAgain}</a></p>`
}
${referenceLine(words, reference)}`,
  };
}

const elsewhereLink: Readonly<Record<NonNullable<Ending["at"]>, (words: Words) => Html>> = {
  desk: ({ advice }) => html`<p>${advice.desk}</p><p><a href="${places.desk}">${advice.deskLink}</a></p>`,
  activation: ({ reservedArea }) => html`<p><a href="${places.activate}">${reservedArea.activate}</a></p>`,
  unblocking: ({ unblock }) => html`<p><a href="${places.unblock}">${unblock.offer}</a></p>`,
};
