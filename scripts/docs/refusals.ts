/** `docs/refusals.md`: every refusal there is: what happened, what the person is told, what a desk advises. */
import { actMeanings } from "../../src/core/acts/refusals.ts";
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
  "Acts on one's own key": actMeanings,
  "The citizen card": cardMeanings,
};

const OPENING = /<p class="lead">([\s\S]*?)<\/p>/;
/** "Correct the following", "Error": said of every mistake alike. */
const TITLE = /<h2[^>]*>[\s\S]*?<\/h2>|<span class="visually-hidden">[\s\S]*?<\/span>/g;
const ALERT = /role="(?:alert|status)"[^>]*>([\s\S]*?)<\/(?:div|section|p)>/;

/** What a page that shows a refusal says about it: all of an ending's first words, the notice or mistakes of any other. */
function saidBy({ heading, summary, body, sign }: Page): string {
  const text = body.toString();
  if (sign === "stop") return plain(`${heading}. ${OPENING.exec(text)?.[1] ?? ""}`);
  const said = summary?.toString().replace(TITLE, "") ?? ALERT.exec(text)?.[1] ?? heading;
  return plain(said.replace(TITLE, ""));
}

function plain(markup: string): string {
  const text = markup.replaceAll(/<[^>]*>/g, " ").replaceAll(/&[a-z]+;|&#\d+;/g, (entity) => ENTITIES[entity] ?? entity);
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll(" .", ".").trim();
}

const ENTITIES: Readonly<Record<string, string>> = { "&quot;": '"', "&#39;": "'", "&amp;": "&", "&nbsp;": " " };

export function refusalsPage(): string {
  const told = toldByCode();
  const row = ([code, { happened, desk }]: [string, RefusalMeaning]) =>
    `| \`${code}\` | ${happened} | ${[...(told.get(code) ?? ["not told: the browser is led on"])].join("<br>")} | ${desk ?? ""} |`;
  const sections = Object.entries(MEANINGS).map(([title, meanings]) =>
    [`## ${title}\n`, "| code | what happened | what the person is told | what a desk advises |", "|---|---|---|---|"]
      .concat(Object.entries(meanings).map(row), "")
      .join("\n"),
  );
  return [
    "# Refusals\n",
    'Every "no" of the law: returned by core, never thrown. Made by `npm run docs` from the tables of core and the pages of the gallery: do',
    "not edit. The code stands on the page as `data-refusal`.\n",
    ...sections,
  ].join("\n");
}

/** From the gallery, which shows every refusal that has a page; in English. */
function toldByCode(): Map<string, Set<string>> {
  const told = new Map<string, Set<string>>();
  for (const state of states.values()) {
    const page = state(wordsIn.en);
    if (page.refusal === undefined) continue;
    told.set(page.refusal, (told.get(page.refusal) ?? new Set()).add(saidBy(page)));
  }
  return told;
}
