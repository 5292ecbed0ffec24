/** The pages of the way with the citizen card: the reader, why it identified nobody, and that there is none here. */
import type { ProofKind } from "#core/vocabulary";
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
import { addressOf } from "./paths.ts";
import { proofTabs } from "./proof-tabs.ts";

interface Props {
  readonly csrf: string;
  readonly id: string;
  readonly asks: AskingPortal;
  /** What serves besides. */
  readonly offered: readonly ProofKind[];
}

export function cardView(words: Words, props: Props & Omit<CardReaderProps, "webEid">): Page {
  const { signIn, actions } = words;
  const { id, asks, csrf, offered } = props;
  const withKey = offered.includes("key-and-code");
  return {
    name: "sign-in-card",
    heading: signIn.cardTitle,
    ...(!asks.isOurselves && { step: actions.step(1, 2, signIn.steps.card) }),
    asks,
    readsCard: true,
    body: html`${proofTabs(words, id, "citizen-card", offered)}
${!withKey && !asks.isOurselves && notice(html`<p>${signIn.cardOnly(asks.name)}</p>`)}
<p class="lead">${!withKey && asks.isOurselves ? `${signIn.cardOnlyHere} ${words.cardReader.lead}` : signIn.cardLead}</p>
${cardReader(words, { ...props, webEid: addressOf(id, "webEid") })}
<div class="way-out">${quietForm({ action: addressOf(id, "cancel"), csrf }, cancelLabel(words, asks))}</div>`,
  };
}

export function cardRefusedView(words: Words, props: Props & { refusal: CardProblem; reference: string }): Page {
  const { cardRefused } = words;
  const { id, asks, csrf, offered, refusal, reference } = props;
  const withKey = offered.includes("key-and-code");
  const { title, why } = cardRefused.reasons[refusal];
  const { advice } = cardEndings[refusal];
  const again = { href: addressOf(id, "card"), text: cardRefused.again };
  const byKey = { href: addressOf(id, "identify"), text: cardRefused.withKey };
  // A card that a desk must look at will not serve a minute later: where there is another way, it comes first.
  const [first, second] = !withKey ? [again, null] : advice === "desk" ? [byKey, again] : [again, byKey];
  return {
    name: "sign-in-card-refused",
    heading: title,
    refusal,
    sign: "stop",
    asks,
    body: html`<p class="lead">${why}</p>
${advice !== "none" && html`<p>${cardRefused.advice[advice]}</p>`}
<p><a class="button" href="${first.href}">${first.text}</a></p>
${second && html`<p><a href="${second.href}">${second.text}</a></p>`}
<div class="way-out">${quietForm({ action: addressOf(id, "cancel"), csrf }, cancelLabel(words, asks))}</div>
${referenceLine(words, reference)}`,
  };
}

export function cardClosedView(words: Words, { id, asks, csrf }: Omit<Props, "offered">): Page {
  const { signIn } = words;
  const { isOurselves } = asks;
  return {
    name: "sign-in-card-closed",
    heading: isOurselves ? signIn.cardClosedHereTitle : signIn.cardClosedTitle,
    refusal: "card.closed",
    sign: "stop",
    asks,
    body: html`<p class="lead">${isOurselves ? signIn.cardClosedHere : signIn.cardClosed(asks.name)}</p>
<p>${isOurselves ? words.advice.desk : signIn.cardClosedNext}</p>
${quietForm({ action: addressOf(id, "cancel"), csrf }, cancelLabel(words, asks))}`,
  };
}
