/**
 * QualWeb's rules, run in a page, and which tests of AccessMonitor they answer.
 *
 * AccessMonitor (the checker of the Portuguese accessibility authority) is QualWeb's three sets of rules, a table that leads
 * from their outcomes to tests of its own, and `@a12e/accessmonitor-rulesets`, which says what each test weighs. The table is
 * in no package: here are its facts, for the tests that count.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ruleset } from "@a12e/accessmonitor-rulesets";
import type { Page } from "playwright-core";

export type TestName = keyof typeof ruleset;

/** What a rule said of a page. */
export interface Finding {
  readonly outcome: string;
  /** Elements it was applied to. */
  readonly looked: number;
  /** Elements by verdict (`passed`, `failed`, `warning`), and again by the code of the verdict (`F1`, `W1`). */
  readonly counts: Readonly<Record<string, number>>;
  /** The beginnings of the first elements that failed. */
  readonly failing: readonly string[];
}

export type Findings = Readonly<Record<string, Finding>>;

const require = createRequire(import.meta.url);
/** In this order: each stands on those before it. */
const bundles = [
  require.resolve("@qualweb/qw-page"),
  require.resolve("@qualweb/util"),
  require.resolve("@qualweb/act-rules"),
  require.resolve("@qualweb/wcag-techniques"),
  require.resolve("@qualweb/best-practices"),
];

/** All of QualWeb that runs in a page, as one script. */
export const qualweb = bundles.map((file) => readFileSync(file, "utf8")).join(";\n");

interface Assertion {
  readonly metadata: { readonly outcome: string };
  readonly results: readonly {
    readonly verdict: string;
    readonly resultCode: string;
    readonly elements: readonly { readonly htmlCode?: string }[];
  }[];
}

type Runner = new (words: { translate: object; fallback: object }) => {
  test(page: { sourceHtml: string }): { getReport(): { assertions: Readonly<Record<string, Assertion>> } };
};

// What the script above leaves in the page.
declare const ACTRulesRunner: Runner, WCAGTechniquesRunner: Runner, BestPracticesRunner: Runner;
declare const document: { documentElement: { outerHTML: string } };

/** Runs all the rules in the page as it is now. What they say of each element would be megabytes, and is summed up in there. */
export async function findingsOn(page: Page): Promise<Findings> {
  return page.evaluate(() => {
    const sourceHtml = document.documentElement.outerHTML;
    const findings: Record<string, Finding> = {};
    const summedUp = ({ metadata, results }: Assertion): Finding => {
      const counts: Record<string, number> = {};
      for (const { verdict, resultCode } of results) {
        counts[verdict] = (counts[verdict] ?? 0) + 1;
        counts[resultCode] = (counts[resultCode] ?? 0) + 1;
      }
      const failing = results.filter(({ verdict }) => verdict === "failed").flatMap(({ elements }) => elements);
      return {
        outcome: metadata.outcome,
        looked: results.length - (counts["inapplicable"] ?? 0),
        counts,
        failing: failing.slice(0, 3).map(({ htmlCode = "" }) => htmlCode.slice(0, 120)),
      };
    };
    for (const Rules of [ACTRulesRunner, WCAGTechniquesRunner, BestPracticesRunner]) {
      const { assertions } = new Rules({ translate: {}, fallback: {} }).test({ sourceHtml }).getReport();
      for (const [rule, assertion] of Object.entries(assertions)) findings[rule] = summedUp(assertion);
    }
    return findings;
  });
}

/**
 * For each rule of QualWeb: the tests of AccessMonitor it answers, by what it found. `passed` is the whole rule; the others are
 * elements, by verdict or by its code. Tests that are no more than a warning count for nothing and are left out.
 */
export const answers: Readonly<Record<string, Readonly<Record<string, TestName | readonly TestName[]>>>> = {
  "QW-ACT-R1": { passed: "title_06", F1: "title_02", F2: "title_03" },
  "QW-ACT-R2": { failed: "lang_03" },
  "QW-ACT-R5": { failed: "lang_02" },
  "QW-ACT-R6": { passed: "inp_img_01a", failed: "inp_img_01b" },
  "QW-ACT-R7": { passed: "orientation_01", failed: "orientation_02" },
  "QW-ACT-R10": { passed: "iframe_02" },
  "QW-ACT-R11": { passed: "button_01", failed: "button_02" },
  "QW-ACT-R12": { passed: "a_10", failed: "a_11" },
  "QW-ACT-R13": { passed: "element_02", failed: "element_03" },
  "QW-ACT-R14": { passed: "meta_05" },
  "QW-ACT-R15": { failed: "audio_video_02" },
  "QW-ACT-R17": { passed: "img_01a", failed: "img_01b" },
  "QW-ACT-R19": { failed: "iframe_01" },
  "QW-ACT-R20": { passed: "role_01", failed: "role_02" },
  "QW-ACT-R21": { passed: "svg_01", failed: "svg_02" },
  "QW-ACT-R22": { passed: "element_06", failed: "element_07" },
  "QW-ACT-R24": { passed: "autocomplete_01", failed: "autocomplete_02" },
  "QW-ACT-R25": { passed: "aria_05", failed: "aria_06" },
  "QW-ACT-R27": { passed: "aria_07", failed: "aria_08" },
  "QW-ACT-R28": { passed: "element_10" },
  "QW-ACT-R30": { passed: "label_01", failed: "label_03" },
  "QW-ACT-R33": { passed: "aria_01" },
  "QW-ACT-R34": { passed: "aria_03", failed: "aria_04" },
  "QW-ACT-R35": { passed: "heading_01", failed: "heading_02" },
  "QW-ACT-R36": { passed: "headers_01", failed: "headers_02" },
  "QW-ACT-R37": { passed: "color_02b", failed: "color_02" },
  "QW-ACT-R38": { passed: "aria_02" },
  "QW-ACT-R39": { passed: "table_07", failed: "table_08" },
  "QW-ACT-R42": { failed: "object_02" },
  "QW-ACT-R43": { passed: "scrollable_01", failed: "scrollable_02" },
  "QW-ACT-R44": { passed: "a_12" },
  "QW-ACT-R48": { passed: "element_04", failed: "element_05" },
  "QW-ACT-R65": { passed: "element_08", failed: "element_09" },
  "QW-ACT-R66": { passed: "menuItem_01", failed: "menuItem_02" },
  "QW-ACT-R67": { passed: "letter_01", failed: "letter_02" },
  "QW-ACT-R69": { passed: "word_01", failed: "word_02" },
  "QW-ACT-R70": { passed: "iframe_04", failed: "iframe_05" },
  "QW-ACT-R71": { passed: "meta_03", failed: "meta_04" },
  "QW-ACT-R76": { passed: "textC_01" },
  "QW-WCAG-T1": { passed: "area_01a", warning: "area_01a", failed: "area_01b" },
  "QW-WCAG-T2": { failed: "table_02" },
  // Its W1 asks people to look at a good group of fields; AccessMonitor still reads it as a group outside a form.
  "QW-WCAG-T3": { failed: "field_01", W1: "field_02" },
  "QW-WCAG-T6": { passed: "ehandler_03", failed: "ehandler_02" },
  "QW-WCAG-T7": { failed: "abbr_01" },
  "QW-WCAG-T8": { failed: "img_03" },
  "QW-WCAG-T9": { F1: "hx_03", F3: "hx_01c" },
  "QW-WCAG-T14": { failed: "table_06" },
  "QW-WCAG-T17": { failed: "label_02" },
  "QW-WCAG-T18": { failed: "table_05a" },
  "QW-WCAG-T19": { passed: "form_01a", failed: "form_01b" },
  "QW-WCAG-T20": { F2: "a_05" },
  "QW-WCAG-T21": { failed: "a_03" },
  "QW-WCAG-T23": { failed: "a_01b" },
  "QW-WCAG-T24": { failed: "focus_01" },
  "QW-WCAG-T25": { failed: "scope_01" },
  "QW-WCAG-T26": { failed: "ehandler_04" },
  "QW-WCAG-T27": { failed: "justif_txt_01" },
  // AccessMonitor leaves it out at present and may take it up again: sizes of letters in px.
  "QW-WCAG-T28": { failed: "font_02" },
  "QW-WCAG-T30": { failed: "blink_02" },
  "QW-WCAG-T32": { failed: "list_01" },
  "QW-WCAG-T33": { passed: "list_04", failed: "list_05" },
  "QW-WCAG-T34": { passed: "list_06", failed: "list_07" },
  "QW-BP1": { failed: "hx_01a" },
  "QW-BP4": { failed: "a_07" },
  "QW-BP5": { failed: "table_04" },
  "QW-BP7": { failed: "title_05" },
  "QW-BP8": { failed: "hx_02" },
  "QW-BP10": { passed: "layout_01a", failed: "layout_01b" },
  "QW-BP11": { failed: "br_01" },
  "QW-BP13": { failed: "a_06" },
  "QW-BP17": { failed: ["a_02a", "a_04"] },
  "QW-BP19": { passed: "landmark_01", failed: "landmark_02" },
  "QW-BP20": { passed: "landmark_09", failed: "landmark_10" },
  "QW-BP21": { passed: "landmark_11", failed: "landmark_12" },
  "QW-BP22": { passed: "landmark_13", failed: "landmark_14" },
  "QW-BP23": { passed: "listitem_01", failed: "listitem_02" },
  "QW-BP24": { passed: "list_02", failed: "list_03" },
  "QW-BP25": { passed: "landmark_03", failed: "landmark_04" },
  "QW-BP26": { passed: "landmark_05", failed: "landmark_06" },
  "QW-BP27": { passed: "landmark_07", failed: "landmark_08" },
  "QW-BP28": { passed: "heading_03", failed: "heading_04" },
  "QW-BP29": { failed: "lang_04" },
  "QW-BP30": { passed: "id_01", failed: "id_02" },
};

/** Tests that would count, and that no rule above answers. */
export const unanswered: Readonly<Partial<Record<TestName, string>>> = {
  font_01: "no rule of QualWeb answers it",
  frame_01: "no rule of QualWeb answers it",
  input_01: "no rule of QualWeb answers it",
  input_03: "no rule of QualWeb answers it",
  table_03: "no rule of QualWeb answers it",
  layout_03: "no rule of QualWeb answers it any longer",
  title_01: "no rule of QualWeb answers it",
  audio_video_01: "AccessMonitor never counts it, for want of a number of elements; it could only raise a score",
  input_02b: "AccessMonitor never counts it, for want of a number of elements; it could only raise a score",
  object_01: "AccessMonitor never counts it, for want of a number of elements; it could only raise a score",
  link_01: "AccessMonitor gives its ten points to a page whose links in the head are wrong",
  values_01b: "AccessMonitor leaves it out at present; it could only raise a score",
  values_02b: "AccessMonitor leaves it out at present; it could only raise a score",
};
