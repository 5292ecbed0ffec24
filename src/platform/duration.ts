/** Inside the house every duration is a number of milliseconds, made by one of these names: nobody reads a bare number of them. */
export type Duration = number;

export const seconds = (count: number): Duration => count * 1_000;
export const minutes = (count: number): Duration => seconds(60 * count);
export const hours = (count: number): Duration => minutes(60 * count);
/** Of 24 hours. */
export const days = (count: number): Duration => hours(24 * count);

/** For wires that count so: whole seconds, rounded down. */
export const inSeconds = (duration: Duration): number => Math.floor(duration / 1_000);

export function later(moment: Date, duration: Duration): Date {
  return new Date(moment.getTime() + duration);
}
