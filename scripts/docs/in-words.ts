/** A span of time as people say it. */
import { days, hours, minutes, seconds } from "../../src/platform/duration.ts";
import type { Duration } from "../../src/platform/duration.ts";

const UNITS = [
  ["day", days(1)],
  ["hour", hours(1)],
  ["minute", minutes(1)],
  ["second", seconds(1)],
] as const;

/** Of the largest unit that measures it whole; "24 hours" rather than "1 day". */
export function inWords(duration: Duration): string {
  const [unit, size] = UNITS.find(([, length]) => duration % length === 0 && duration > length) ?? ["second", seconds(1)];
  const count = duration / size;
  return `${String(count)} ${unit}${count === 1 ? "" : "s"}`;
}
