/** All in which the pages tell one channel from another: its addresses, its words around the code, and how its refusals are said. */
import type { ActivationRefusal, ChannelName, Step } from "#core/activation";
import { cardEndings, places, type CodeFace, type Pages } from "#sites/kit";
import type { Words } from "#words";

export interface ChannelPaths {
  readonly start: string;
  /** Where whoever identifies the person sends the browser back. */
  readonly back: string;
  readonly webEid: string;
  readonly cancel: string;
  /** Those of a step that a channel does not have are never reached. */
  readonly pages: Pages<Step>;
}

const under = (start: string, identify: string): ChannelPaths => ({
  start,
  back: `${start}/return`,
  webEid: `${start}/web-eid`,
  cancel: `${start}/cancel`,
  pages: {
    identify: `${start}${identify}`,
    consent: `${start}/consent`,
    replace: `${start}/replace`,
    contact: `${start}/contact`,
    code: `${start}/code`,
    done: `${start}/done`,
  },
});

export const channelPaths: Readonly<Record<ChannelName, ChannelPaths>> = {
  "tax-letter": under(`${places.activate}/tax-authority`, ""),
  "citizen-card": under(`${places.activate}/citizen-card`, "/reader"),
};

type CodeWords = Pick<CodeFace, "step" | "confirm">;

/** Around the code: which step of how many, and what the right one does. */
export const codeWords = ({ actions, taxAuthority, citizenCard }: Words): Readonly<Record<ChannelName, CodeWords>> => ({
  "tax-letter": { step: actions.step(3, 4, taxAuthority.steps.code), confirm: taxAuthority.confirm },
  "citizen-card": { step: actions.step(4, 5, citizenCard.steps.code), confirm: citizenCard.confirm },
});

interface Ending {
  readonly status: 403 | 409 | 410 | 422 | 429 | 503;
  /** What can be done, besides starting again. */
  readonly advice: "desk" | "wait" | "none";
}

/** Every refusal ends the activation; this says with what status, and what the person can do. */
export const endings: Readonly<Record<ActivationRefusal, Ending>> = {
  ...cardEndings,
  "consent.refused": { status: 403, advice: "none" },
  "key.changed": { status: 409, advice: "none" },
  "key.kept": { status: 409, advice: "none" },
  "activation.gone": { status: 410, advice: "none" },
  "activation.out-of-step": { status: 409, advice: "none" },
  "tax-authority.refused": { status: 403, advice: "none" },
  "tax-authority.failed": { status: 403, advice: "none" },
  "tax-authority.unavailable": { status: 503, advice: "wait" },
  "document.identity-document": { status: 422, advice: "desk" },
  "address.unknown": { status: 422, advice: "desk" },
  "address.recently-changed": { status: 422, advice: "desk" },
  "key.exists": { status: 409, advice: "desk" },
  "letter.pending": { status: 409, advice: "desk" },
  "letter.returned": { status: 409, advice: "desk" },
  "letter.too-soon": { status: 429, advice: "wait" },
  "letter.too-many": { status: 429, advice: "desk" },
  "phone.taken": { status: 409, advice: "none" },
  "sms.too-many": { status: 429, advice: "wait" },
  "code.wrong": { status: 422, advice: "none" },
  "code.expired": { status: 422, advice: "none" },
};
