import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { ruleset } from "@a12e/accessmonitor-rulesets";
import { byElements, desk, inParts, openGallery, pagesIn, unseen as skip, type OpenGallery, type Shown } from "./gallery.ts";
import type { Page } from "playwright-core";
import { answers, findingsOn, qualweb, unanswered, type TestName } from "./qualweb.ts";
import { answersOf, scoreOf, type Answer } from "./score.ts";

const bar = 9;
const script = "/qualweb.js";
const { distinct } = byElements(skip ? [] : await pagesIn("pt"));
const inEnglish = skip ? [] : onePerPage(byElements(await pagesIn("en")).distinct);

let gallery: OpenGallery | undefined;

before(async () => {
  if (!skip) gallery = await openGallery({ [script]: qualweb });
});

after(async () => gallery?.close());

function opened(): OpenGallery {
  assert.ok(gallery, "the gallery has not opened");
  return gallery;
}

/** Our own policy lets no script in but ours: the rules come in past it. */
const openPage = () => opened().browser.newPage({ viewport: desk, bypassCSP: true, reducedMotion: "reduce" });

/** Loaded, not put in as content: these rules remember of a window which elements were seen in it. */
async function look(page: Page, { state, language }: Shown): Promise<Answer[]> {
  await page.goto(opened().url(state, language), { waitUntil: "load" });
  await page.addScriptTag({ url: script });
  return answersOf(await findingsOn(page));
}

/** The first state of each page. */
function onePerPage(pages: readonly Shown[]): Shown[] {
  const byPage = new Map<string, Shown>();
  for (const shown of pages) {
    const page = /data-page="([^"]+)"/.exec(shown.markup)?.[1] ?? assert.fail(`${shown.state} has no data-page`);
    if (!byPage.has(page)) byPage.set(page, shown);
  }
  return [...byPage.values()];
}

/** In parts that do not wait for each other, two at a time, as there are seldom fewer processors. */
function scoreAll(title: string, pages: readonly Shown[], least: number): void {
  suite(title, { skip, concurrency: 2 }, () => {
    for (const [index, part] of inParts(pages, 20).entries())
      test(`part ${String(index + 1)}: ${String(part.length)} pages`, async (t) => {
        const [lowest, ...others] = await scores(part);
        assert.ok(lowest);
        t.diagnostic(`the lowest: ${lowest.said}`);
        assert.deepEqual(
          [lowest, ...others].filter(({ score }) => score < bar).map(({ said }) => said),
          [],
        );
      });
    test(`there are ${String(least)} pages or more`, () => assert.ok(pages.length >= least, `only ${String(pages.length)}`));
  });
}

/** Scores by state, the lowest first, with what took points away. */
async function scores(pages: readonly Shown[]) {
  const page = await openPage();
  const seen: { score: number; said: string }[] = [];
  for (const shown of pages) {
    const answered = await look(page, shown);
    const score = scoreOf(answered);
    seen.push({ score, said: `${shown.state} (${shown.language}): ${score.toFixed(1)}${losses(answered)}` });
  }
  await page.close();
  return seen.sort((a, b) => a.score - b.score);
}

const losses = (answered: readonly Answer[]) =>
  answered
    .filter(({ points }) => points < 10)
    .map((lost) => `\n    ${lost.test} (${lost.rule}): ${lost.points.toFixed(1)} ${lost.failing.join(" | ")}`)
    .join("");

// Rules read elements, and two pages of the same elements score the same.
scoreAll("every page in every state that differs has 9 or more of AccessMonitor, in Portuguese", distinct, 60);
scoreAll("every page has 9 or more of AccessMonitor in English too", inEnglish, 30);

test("a page that is hard to use falls below, and is told what for", { skip }, async () => {
  const page = await openPage();
  await page.goto(opened().url("home", "pt"));
  await page.setContent(
    `<html><body><img src="x.png"><a href="/"></a><h1></h1><form><input aria-hiden="true"><button></button></form></body></html>`,
  );
  await page.addScriptTag({ content: qualweb });
  const answered = answersOf(await findingsOn(page));
  await page.close();
  assert.ok(scoreOf(answered) < 5, String(scoreOf(answered)));
  const lost = answered.filter(({ points }) => points < 10).map((answer) => answer.test);
  for (const name of ["title_02", "lang_03", "img_01b", "a_11", "heading_02", "button_02", "aria_08"] as const)
    assert.ok(lost.includes(name), `${name} is not among ${lost.join(" ")}`);
});

test("a score is the mean of points by weight, worked out by hand", () => {
  const none = Object.keys(answers).map(
    (rule) => [rule, { outcome: "inapplicable", looked: 0, counts: {}, failing: [] }] as const,
  );
  const answered = answersOf({
    ...Object.fromEntries(none),
    "QW-ACT-R11": { outcome: "passed", looked: 5, counts: { passed: 5, P1: 5 }, failing: [] },
    "QW-WCAG-T19": { outcome: "failed", looked: 4, counts: { passed: 3, P1: 3, failed: 1, F1: 1 }, failing: ["<form>"] },
    "QW-WCAG-T32": { outcome: "failed", looked: 9, counts: { failed: 9, F1: 9 }, failing: ["<p>"] },
  });
  assert.deepEqual(
    answered.map(({ test: name, points }) => [name, points]),
    [
      ["button_01", 10],
      // One form of four: 3 - 3/4.
      ["form_01b", 2.25],
      // Nine lists: 3 - (9 - 3)/3.
      ["list_01", 1],
    ],
  );
  // As it is: 10 x 1.8, 2.25 x 0.72, 1 x 3.4; as it is meant the first weighs 3.6.
  assert.equal(scoreOf(answered), Math.floor(((18 + 1.62 + 3.4) / (1.8 + 0.72 + 3.4)) * 10) / 10);
});

test("every test of AccessMonitor that counts is answered by a rule, or said not to be", () => {
  const answered = new Set(Object.values(answers).flatMap((byFinding) => Object.values(byFinding).flat()));
  const counting = Object.entries(ruleset).filter(([, { result }]) => result !== "warning");
  assert.ok(counting.length > 100);
  assert.deepEqual(
    counting.map(([name]) => name).filter((name) => !answered.has(name as TestName) && !(name in unanswered)),
    [],
  );
  assert.deepEqual(
    [...answered].filter((name) => name in unanswered || ruleset[name].result === "warning"),
    [],
  );
});
