/** What a test file prints: a line for each test as soon as it has ended, so that a file that works is never silent for long. */
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";

export const MARKS = { passed: "✔", failed: "✖", skipped: "﹣" } as const;

/** node:test says its own totals as if they were a test's remarks. */
const TOTALS = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

export default async function* lines(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) yield textOf(event);
}

function textOf({ type, data }: TestEvent): string {
  if (type === "test:diagnostic") return TOTALS.test(data.message) ? "" : `  ${data.message}\n`;
  if (type !== "test:pass" && type !== "test:fail") return "";
  const line = `${markOf(type, data.skip)} ${data.name} (${data.details.duration_ms.toFixed(0)} ms)\n`;
  return type === "test:pass" ? line : line + faultOf(data.details.error);
}

function markOf(type: "test:pass" | "test:fail", skip: string | boolean | undefined): string {
  if (type === "test:fail") return MARKS.failed;
  return skip === undefined || skip === false ? MARKS.passed : MARKS.skipped;
}

/** Of a test that failed because a test inside it did, the inner one has said why. */
function faultOf(error: Error & { failureType?: unknown }): string {
  if (error.failureType === "subtestsFailed") return "";
  return `${inspect(error.cause ?? error)}\n`;
}
