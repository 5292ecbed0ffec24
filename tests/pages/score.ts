/**
 * The score of a page, from 1 to 10, as AccessMonitor gives it. Where it is lax we are strict: an error is always counted
 * among the elements its own rule looked at, never among more; and what it drops for want of a number of elements is an error.
 */
import { ruleset } from "@a12e/accessmonitor-rulesets";
import { answers, type Finding, type Findings, type TestName } from "./qualweb.ts";

/** One test of AccessMonitor that applies to a page. */
export interface Answer {
  readonly test: TestName;
  /** QualWeb's rule that answered it. */
  readonly rule: string;
  /** 1 to 10. */
  readonly points: number;
  readonly failing: readonly string[];
}

/** The tests that apply to a page, and the points each gives. */
export function answersOf(findings: Findings): Answer[] {
  return Object.entries(answers).flatMap(([rule, byFinding]) => {
    const finding = findings[rule];
    if (finding === undefined) throw new Error(`${rule} was not run`);
    return Object.entries(byFinding)
      .filter(([when]) => (when === "passed" ? finding.outcome === "passed" : (finding.counts[when] ?? 0) > 0))
      .flatMap(([when, tests]) =>
        [tests].flat().map((test) => ({
          test,
          rule,
          points: pointsOf(test, finding, finding.counts[when] ?? 0),
          failing: when === "passed" ? [] : finding.failing,
        })),
      );
  });
}

function pointsOf(test: TestName, { looked }: Finding, found: number): number {
  const { type, score, top = 0, steps = 1 } = ruleset[test];
  if (type === "prop") return Math.max(1, score - (score / looked) * found);
  if (type === "decr") return Math.max(1, score - Math.round(Math.max(0, found - top) / steps));
  return score;
}

/**
 * What a test weighs: its trust times the digits above 1 of `dis`, how much it matters to five kinds of people. The tests that
 * are yes or no AccessMonitor weighs by mistake with the places of the digits, 2 to 4, in place of the digits themselves.
 */
function weightOf(test: TestName, asItIs: boolean): number {
  const { type, trust, dis } = ruleset[test];
  const byPlace = asItIs && (type === "true" || type === "fals");
  const digits = byPlace ? [2, 3, 4] : [...dis].map(Number).filter((digit) => digit > 1);
  return (Number(trust) * digits.reduce((sum, digit) => sum + digit, 0)) / 5;
}

/** The lower of two scores, by AccessMonitor's weights as they are and as they are meant; to one decimal, rounded down. */
export function scoreOf(answered: readonly Answer[]): number {
  const scores = [true, false].map((asItIs) => {
    const weighed = answered.map(({ test, points }) => ({ points, weight: weightOf(test, asItIs) }));
    const all = weighed.reduce((sum, { weight }) => sum + weight, 0);
    return weighed.reduce((sum, { points, weight }) => sum + points * weight, 0) / all;
  });
  // A sum of floating-point numbers that should be 10 may be a little less.
  return Math.floor(Math.min(...scores) * 10 + 1e-9) / 10;
}
