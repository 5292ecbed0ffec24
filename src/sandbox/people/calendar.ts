/** Days counted from a day, so that "last week" and "fifteen years old" stay true whenever the sandbox is first started. */

export function daysFrom(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return dayOf(moved);
}

export function yearsFrom(day: string, years: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return dayOf(moved);
}

export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
