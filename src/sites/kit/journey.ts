/** A journey as data: which page belongs to which step. */
export type Journey<Step extends string> = Readonly<Record<Step, string>>;

/** Where to go instead, when `page` is not the page of the step the journey is at; null when it is. */
export function elsewhere<Step extends string>(journey: Journey<Step>, at: Step, page: string): string | null {
  return journey[at] === page ? null : journey[at];
}
