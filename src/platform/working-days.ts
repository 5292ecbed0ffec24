/** The working days of Portugal: Monday to Friday but for national holidays (Código do Trabalho, art. 234). Days as UTC dates. */
import { days } from "./duration.ts";

/** Month and day; the Carnival is not one of them. */
const fixedHolidays = new Set(["01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25"]);
/** Good Friday, Easter Sunday and Corpus Christi, in days from Easter. */
const movableHolidays = [-2, 0, 60];

/** The day `count` working days after the given one, at the same time of day. */
export function afterWorkingDays(from: Date, count: number): Date {
  let date = from;
  for (let left = count; left > 0;) {
    date = new Date(date.getTime() + days(1));
    if (isWorkingDay(date)) left--;
  }
  return date;
}

export function isWorkingDay(date: Date): boolean {
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(date);
}

function isHoliday(date: Date): boolean {
  const today = date.toISOString().slice(0, 10);
  if (fixedHolidays.has(today.slice(5))) return true;
  const easter = easterOf(date.getUTCFullYear()).getTime();
  return movableHolidays.some((offset) => new Date(easter + days(offset)).toISOString().startsWith(today));
}

/** Gregorian Easter Sunday by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8). */
export function easterOf(year: number): Date {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const skipped = Math.floor(century / 4);
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - skipped - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * shift + 114;
  return new Date(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1));
}
