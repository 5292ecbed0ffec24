import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import { ruleset } from "@a12e/accessmonitor-rulesets";
import type { Page } from "playwright-core";
import { states } from "../../src/sites/gallery/states.ts";
import type { Language } from "#core/vocabulary";
import { desk, openGallery, unseen, type OpenGallery } from "./gallery.ts";
import { answers, findingsOn, qualweb, unanswered, type TestName } from "./qualweb.ts";
import { answersOf, scoreOf, type Answer } from "./score.ts";

const bar = 9;
const script = "/qualweb.js";
let gallery: OpenGallery | undefined;

before(async () => {
  if (!unseen) gallery = await openGallery({ [script]: qualweb });
});

after(async () => gallery?.close());

function opened(): OpenGallery {
  assert.ok(gallery, "the gallery has not opened");
  return gallery;
}

/** Our own policy lets no script in but ours: the rules come in past it. */
const newTab = () => opened().browser.newPage({ viewport: desk, bypassCSP: true, reducedMotion: "reduce" });

async function look(page: Page, state: string, language: Language): Promise<Answer[]> {
  await page.goto(opened().url(state, language), { waitUntil: "load" });
  await page.addScriptTag({ url: script });
  return answersOf(await findingsOn(page));
}

/** Scores by state, the lowest first, with what took points away. Two tabs, as there are seldom fewer processors. */
async function scores(names: readonly string[], language: Language) {
  const left = [...names];
  const seen: { score: number; said: string }[] = [];
  const walk = async () => {
    const page = await newTab();
    for (let name = left.pop(); name; name = left.pop()) {
      const answered = await look(page, name, language);
      const score = scoreOf(answered);
      seen.push({ score, said: `${name} (${language}): ${score.toFixed(1)}${losses(answered)}` });
    }
    await page.close();
  };
  await Promise.all([walk(), walk()]);
  return seen.sort((a, b) => a.score - b.score);
}

const losses = (answered: readonly Answer[]) =>
  answered
    .filter(({ points }) => points < 10)
    .map((lost) => `\n    ${lost.test} (${lost.rule}): ${lost.points.toFixed(1)} ${lost.failing.join(" | ")}`)
    .join("");

/**
 * By page, the states that differ by more than words and addresses: rules read elements, and two pages of the same elements
 * score the same. It leaves out more than half, such as a refusal for each of twenty causes.
 */
async function distinctStates(): Promise<string[][]> {
  const seen = new Set<string>();
  const byPage = new Map<string, string[]>();
  for (const state of states.keys()) {
    const markup = await (await fetch(opened().url(state, "pt"))).text();
    const elements = elementsOf(markup);
    if (seen.has(elements)) continue;
    seen.add(elements);
    const page = /data-page="([^"]+)"/.exec(markup)?.[1] ?? assert.fail(`${state} has no data-page`);
    byPage.set(page, [...(byPage.get(page) ?? []), state]);
  }
  return [...byPage.values()];
}

/** The tags of a page, with the attributes they have, but the values only of those that are not words, names or addresses. */
const elementsOf = (page: string) =>
  page
    .replaceAll(/>[^<]+</g, "><")
    .replaceAll(/ (?!class|type|role|autocomplete|lang|aria-(?!label|describedby|controls))([a-z-]+)="[^"]*"/g, " $1");

test("every page in every state that differs has 9 or more of AccessMonitor, in Portuguese", { skip: unseen }, async (t) => {
  const names = (await distinctStates()).flat();
  assert.ok(names.length >= 60, `only ${String(names.length)} states differ`);
  await lookAt(names, "pt", t);
});

test("every page has 9 or more of AccessMonitor in English too", { skip: unseen }, async (t) => {
  const names = (await distinctStates()).map(([first = ""]) => first);
  assert.ok(names.length >= 30, `only ${String(names.length)} pages`);
  await lookAt(names, "en", t);
});

async function lookAt(names: readonly string[], language: Language, t: TestContext): Promise<void> {
  const seen = await scores(names, language);
  assert.equal(seen.length, names.length);
  t.diagnostic(`${String(seen.length)} pages, the lowest: ${seen[0]?.said ?? "none"}`);
  assert.deepEqual(
    seen.filter(({ score }) => score < bar).map(({ said }) => said),
    [],
  );
}

test("a page that is hard to use falls below, and is told what for", { skip: unseen }, async () => {
  const page = await newTab();
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
