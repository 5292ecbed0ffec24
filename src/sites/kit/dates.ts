/** Dates and times as people say them, always in the country's own time zone: a server may stand anywhere. */
import { remembering } from "#platform/remembering";

const timeZone = "Europe/Lisbon";
const minute = 60_000;

export interface Dates {
  /** "23 de novembro de 2026" */
  day(at: Date): string;
  /** "14h32" */
  time(at: Date): string;
  /** The first whole minute by which `at` has come: what begins then is never promised too soon. */
  timeFrom(at: Date): string;
  /** A date without a time, "2026-11-23", as `day` says it; anything else comes back as it is. */
  plainDay(date: string): string;
}

/** `locale`: BCP 47; `hourMark`: between hours and minutes. */
export function createDates(locale: string, hourMark: string): Dates {
  const days = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long", year: "numeric" });
  const times = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = (at: Date) => days.format(at);
  const timeOfMinute = remembering((minutes) => times.format(Number(minutes) * minute).replace(":", hourMark));
  return {
    day,
    time: (at) => timeOfMinute(String(Math.floor(at.getTime() / minute))),
    timeFrom: (at) => timeOfMinute(String(Math.ceil(at.getTime() / minute))),
    // Noon UTC is the same calendar day in Lisbon all year round.
    plainDay: (date) => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? day(new Date(`${date}T12:00:00Z`)) : date),
  };
}
