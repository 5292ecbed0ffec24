/** A span of time as people say it. */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** `milliseconds`: of the largest unit that measures it whole; "24 hours" rather than "1 day". */
export function inWords(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => milliseconds % length === 0 && milliseconds > length) ?? ["second", 1000];
  const count = milliseconds / size;
  return `${String(count)} ${unit}${count === 1 ? "" : "s"}`;
}
