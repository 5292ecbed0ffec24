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

/** For a caller that has an answer for it when somebody else's system fails. Null: it could not be reached in time. */
export async function reached<Result>(call: Promise<Result>): Promise<{ readonly answer: Result } | null> {
  try {
    return { answer: await call };
  } catch (fault) {
    if (isUnavailable(fault)) return null;
    throw fault;
  }
}

const BROKEN_OFF = new Set<unknown>(["ECONNRESET", "ECONNABORTED", "EPIPE", "ABORT_ERR", "ERR_STREAM_PREMATURE_CLOSE"]);

/** Of what is read from a visitor who is gone: they left in the middle, as anybody may at any time. No event of ours. */
export function isBrokenOff(fault: unknown): boolean {
  return fault instanceof Error && "code" in fault && BROKEN_OFF.has(fault.code);
}
