/** ISO 8601 durations of fixed length: weeks, days of 24 hours, hours, minutes and seconds. */
const FORM = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const UNITS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** In milliseconds. Months and years have no fixed length and are refused. */
export function milliseconds(duration: string): number {
  const parts = FORM.exec(duration);
  if (parts === null) throw new Error(`not a duration of fixed length: ${duration}`);
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
}

export function later(moment: Date, duration: string): Date {
  return new Date(moment.getTime() + milliseconds(duration));
}
