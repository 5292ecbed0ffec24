/** Inside the house every duration is a number of milliseconds, made by one of these names: nobody reads a bare number of them. */
export type Duration = number;

export const seconds = (count: number): Duration => count * 1_000;
export const minutes = (count: number): Duration => seconds(60 * count);
export const hours = (count: number): Duration => minutes(60 * count);
/** Of 24 hours. */
export const days = (count: number): Duration => hours(24 * count);

/** For wires that count so: whole seconds, rounded down. */
export const inSeconds = (duration: Duration): number => Math.floor(duration / 1_000);

/** ISO 8601 durations of fixed length: weeks, days of 24 hours, hours, minutes and seconds. */
const FORM = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const UNITS: readonly Duration[] = [days(7), days(1), hours(1), minutes(1), seconds(1)];

/** Of ISO 8601, as settings and schedules of jobs have it. Months and years have no fixed length and are refused. */
export function milliseconds(duration: string): Duration {
  const parts = FORM.exec(duration);
  if (parts === null) throw new Error(`not a duration of fixed length: ${duration}`);
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
}

export function later(moment: Date, duration: Duration | string): Date {
  return new Date(moment.getTime() + (typeof duration === "string" ? milliseconds(duration) : duration));
}
