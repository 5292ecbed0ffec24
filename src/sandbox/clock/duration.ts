/** ISO 8601 durations, the part of the standard that moves a clock: `P1Y2M3W4DT5H6M7S`. Years and months follow the calendar. */
import { days, hours, later, minutes, seconds } from "#platform/duration";

const SHAPE =
  /^P(?=.)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

/** The instant `duration` after `from`, or null when the text is no (positive) duration. */
export function after(from: Date, duration: string): Date | null {
  const parts = SHAPE.exec(duration);
  if (!parts) return null;
  const given: readonly (string | undefined)[] = parts.slice(1);
  const [year, month, week, day, hour, minute, second] = given.map((part) => Number(part ?? 0)) as Counts;
  const moved = addMonths(from, year * 12 + month);
  return later(moved, days(week * 7 + day) + hours(hour) + minutes(minute) + seconds(second));
}

/** `as`: the shape has seven. */
type Counts = [number, number, number, number, number, number, number];

/** The 31st plus one month is the last day of the next month, as in the courts' and everybody's calendar. */
function addMonths(from: Date, months: number): Date {
  const moved = new Date(from);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, lastDay));
  return moved;
}
