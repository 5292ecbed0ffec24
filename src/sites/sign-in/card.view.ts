/** The pages of the way with the citizen card: the reader, why it identified nobody, and that there is none here. */
import {
  cardEndings,
  cardReader,
  html,
  notice,
  quietForm,
  referenceLine,
  type AskingPortal,
  type CardProblem,
  type CardReaderProps,
  type Page,
} from "#sites/kit";
import type { Words } from "#words";
import { cancelLabel } from "./asking.ts";
import { waysTabs } from "./ways.ts";

interface Props {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  /** Whether the key would do as well. */
  readonly withKey: boolean;
}

export function cardView(words: Words, props: Props & Omit<CardReaderProps, "webEid">): Page {
  const { signIn, actions } = words;
  const { id, asks, csrf, withKey } = props;
  return {
    name: "sign-in-card",
    heading: signIn.cardTitle,
    ...(!asks.isOurselves && { step: actions.step(1, 2, signIn.steps.card) }),
    asks,
    readsCard: true,
    body: html`${waysTabs(words, id, "card", { key: withKey, card: true })}
${!withKey && !asks.isOurselves && notice(html`<p>${signIn.cardOnly(asks.name)}</p>`)}
<p class="lead">${!withKey && asks.isOurselves ? `${signIn.cardOnlyHere} ${words.citizenCard.readerLead}` : signIn.cardLead}</p>
${cardReader(words, { ...props, webEid: `/sign-in/${id}/card/web-eid` })}
<div class="way-out">${quietForm({ action: `/sign-in/${id}/cancel`, csrf }, cancelLabel(words, asks))}</div>`,
  };
}

export function cardRefusedView(words: Words, props: Props & { refusal: CardProblem; reference: string }): Page {
  const { cardRefused } = words;
  const { id, asks, csrf, withKey, refusal, reference } = props;
  const { title, why } = cardRefused.reasons[refusal];
  const advice = cardRefused.advice[cardEndings[refusal].advice];
  return {
    name: "sign-in-card-refused",
    heading: title,
    refusal,
    sign: "stop",
    asks,
    body: html`<p class="lead">${why}</p>
${advice && html`<p>${advice}</p>`}
<p><a class="button" href="/sign-in/${id}/card">${cardRefused.again}</a></p>
${withKey && html`<p><a href="/sign-in/${id}/identify">${cardRefused.withKey}</a></p>`}
<div class="way-out">${quietForm({ action: `/sign-in/${id}/cancel`, csrf }, cancelLabel(words, asks))}</div>
${referenceLine(words, reference)}`,
  };
}

export function cardClosedView(words: Words, { id, asks, csrf }: Omit<Props, "withKey">): Page {
  const { signIn } = words;
  const { isOurselves } = asks;
  return {
    name: "sign-in-card-closed",
    heading: isOurselves ? signIn.cardClosedHereTitle : signIn.cardClosedTitle,
    refusal: "card.closed",
    sign: "stop",
    asks,
    body: html`<p class="lead">${isOurselves ? signIn.cardClosedHere : signIn.cardClosed(asks.name)}</p>
<p>${isOurselves ? words.activationRefused.advice.desk : signIn.cardClosedNext}</p>
${quietForm({ action: `/sign-in/${id}/cancel`, csrf }, cancelLabel(words, asks))}`,
  };
}
