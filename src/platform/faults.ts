/** The world failed: somebody we depend on could not be reached in time. Becomes a 503 or a retry, never a 500. */
export class Unavailable extends Error {
  readonly unavailable = true;

  constructor(who: string, cause?: unknown) {
    super(`${who} is unavailable`, cause === undefined ? undefined : { cause });
    this.name = "Unavailable";
  }
}

export function isUnavailable(fault: unknown): boolean {
  return fault instanceof Error && "unavailable" in fault && fault.unavailable === true;
}
