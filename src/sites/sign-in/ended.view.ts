/** Pages on which a sign-in stops: what happened, what to do now, a way back to the portal. */
import { html, places, referenceLine, type AskingPortal, type Page } from "#sites/kit";
import type { Words } from "#words";

export type SignInEnding = "code.used-up" | "sms.too-many" | "address.too-many";

export const endingStatus: Readonly<Record<SignInEnding, 403 | 429>> = {
  "code.used-up": 403,
  "sms.too-many": 429,
  "address.too-many": 429,
};

export function goneView(words: Words, { reference }: { reference: string }): Page {
  const { title, text } = words.signIn.gone;
  return {
    name: "sign-in-gone",
    heading: title,
    refusal: "sign-in.gone",
    sign: "stop",
    body: html`<p class="lead">${text}</p><p><a class="button" href="${places.home}">${words.actions.home}</a></p>${referenceLine(words, reference)}`,
  };
}

export interface EndedProps {
  readonly refusal: SignInEnding;
  readonly asks: AskingPortal | null;
  readonly reference: string;
}

export function endedView(words: Words, { refusal, asks, reference }: EndedProps): Page {
  const { usedUp, tooManySms, tooManyTries } = words.signIn;
  const { title, why, next } = { "code.used-up": usedUp, "sms.too-many": tooManySms, "address.too-many": tooManyTries }[
    refusal
  ];
  // The portal lets nobody in with a locked key: what opens it again comes before the way back.
  const isLocked = refusal === "code.used-up";
  return {
    name: "sign-in-ended",
    heading: title,
    refusal,
    sign: "stop",
    ...(asks && { asks }),
    body: html`<p class="lead">${why}</p><p>${next}</p>
${
  isLocked &&
  html`<p><a class="button" href="${places.unblock}">${words.unblock.offer}</a></p><p><a href="${places.desk}">${words.advice.deskLink}</a></p>`
}
${asks && html`<p><a${!isLocked && html` class="button"`} href="${asks.homeUrl}">${asks.isOurselves ? words.acts.backToArea : words.actions.backTo(asks.name)}</a></p>`}
${referenceLine(words, reference)}`,
  };
}
