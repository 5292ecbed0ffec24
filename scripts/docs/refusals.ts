/** `docs/refusals.md`: every refusal there is: what happened, what the person is told, what a desk advises. */
import { activationMeanings } from "../../src/core/activation/refusals.ts";
import { cardMeanings } from "../../src/core/citizen-cards/refusals.ts";
import { sendingMeanings } from "../../src/core/messages/refusals.ts";
import { pinMeanings } from "../../src/core/mobile-keys/refusals.ts";
import { codeMeanings } from "../../src/core/one-time-codes/refusals.ts";
import { signInMeanings } from "../../src/core/sign-in/refusals.ts";
import type { RefusalMeaning } from "../../src/core/vocabulary/index.ts";
import { states } from "../../src/sites/gallery/states.ts";
import type { Page } from "../../src/sites/kit/index.ts";
import { wordsIn } from "../../src/words/index.ts";

const MEANINGS: Readonly<Record<string, Readonly<Record<string, RefusalMeaning>>>> = {
  "Signing in": signInMeanings,
  "One-time codes": codeMeanings,
  "Choosing a PIN": pinMeanings,
  "Sending, and hearing": sendingMeanings,
  Activation: activationMeanings,
  "The citizen card": cardMeanings,
};

const OPENING = /<p class="lead">([\s\S]*?)<\/p>/;
const ALERT = /role="(?:alert|status)"[^>]*>([\s\S]*?)<\/(?:div|section|p)>/;

/** What a page that shows a refusal says about it: all of an ending's first words, the notice or mistakes of any other. */
function saidBy({ heading, summary, body, sign }: Page): string {
  const text = body.toString();
  if (sign === "stop") return plain(`${heading}. ${OPENING.exec(text)?.[1] ?? ""}`);
  return plain(summary?.toString() ?? ALERT.exec(text)?.[1] ?? heading);
}

function plain(markup: string): string {
  const text = markup.replaceAll(/<[^>]*>/g, " ").replaceAll(/&[a-z]+;|&#\d+;/g, (entity) => ENTITIES[entity] ?? entity);
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll(" .", ".").trim();
}

const ENTITIES: Readonly<Record<string, string>> = { "&quot;": '"', "&#39;": "'", "&amp;": "&", "&nbsp;": " " };
