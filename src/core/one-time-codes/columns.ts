/** How the row of an act keeps its code: the same columns in every table, under the same names when its store reads them. */
import type { CodeRecord } from "./contract.ts";

/** `code_mac as mac`, `code_resends as resends`, `code_sent_at as "sentAt"`, `code_expires_at as "codeExpiresAt"`: all null, or none. */
export interface CodeColumns {
  readonly mac: Buffer | null;
  readonly resends: number | null;
  readonly sentAt: Date | null;
  readonly codeExpiresAt: Date | null;
}

/** The code in one piece; null while there is none. */
export function codeOf({ mac, resends, sentAt, codeExpiresAt }: CodeColumns): CodeRecord | null {
  return mac && sentAt && codeExpiresAt ? { mac, resends: resends ?? 0, sentAt, expiresAt: codeExpiresAt } : null;
}
