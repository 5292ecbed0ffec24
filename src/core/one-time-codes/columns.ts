/** How the row of an act keeps its code: the same five columns in every table, under the same names when its store reads them. */
import type { CodeRecord } from "./contract.ts";

/** `masked_phone`, `code_mac`, `code_resends`, `code_sent_at`, `code_expires_at`. The last three are read only where there is a hash. */
export interface CodeColumns {
  readonly maskedPhone: string | null;
  readonly codeMac: Buffer | null;
  readonly codeResends: number;
  readonly codeSentAt: Date;
  readonly codeExpiresAt: Date;
}

/** With where it was sent to: "+351 ••• ••• 567". */
export interface SentCode extends CodeRecord {
  readonly maskedPhone: string;
}

/** The row with its code in one piece; null while there is none. */
export function withCode<Row extends CodeColumns>({
  maskedPhone,
  codeMac: mac,
  codeResends: resends,
  codeSentAt: sentAt,
  codeExpiresAt: expiresAt,
  ...row
}: Row): Omit<Row, keyof CodeColumns> & { readonly code: SentCode | null } {
  const isThere = mac !== null && maskedPhone !== null;
  return { ...row, code: isThere ? { maskedPhone, mac, resends, sentAt, expiresAt } : null };
}
