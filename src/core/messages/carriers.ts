/** Those who carry messages for us. Each throws when it could not hand the message over; the job then tries again. */

export interface SmsCarrier {
  /** `to` in E.164, `text` in GSM-7. `reference` names the job: a carrier that has seen it may drop the copy. */
  send(sms: { readonly to: string; readonly text: string; readonly reference: string }): Promise<void>;
}

export interface EmailCarrier {
  send(email: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly reference: string;
  }): Promise<void>;
}

/** What is printed in a PIN letter. Lives in memory between opening the seal and encrypting for the printer, nowhere else. */
export interface PinLetter {
  readonly reference: string;
  readonly civilId: string;
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly temporaryPin: string;
  /** Only the last three digits can be read. */
  readonly maskedPhone: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

export interface PrintBatch {
  /** Stable over retries: the post office takes a batch of the same reference once. */
  readonly reference: string;
  readonly letters: readonly PinLetter[];
}

export interface PostalEvent {
  readonly letter: string;
  readonly event: "delivered" | "returned";
  readonly at: Date;
}

export interface PostalCarrier {
  /** Composes each letter, encrypts the batch for the printer, hands it over with its manifest. Idempotent by reference. */
  hand(batch: PrintBatch): Promise<void>;
  /** What happened to letters after the cursor (empty at first); the next cursor with it. */
  news(cursor: string): Promise<{ readonly events: readonly PostalEvent[]; readonly cursor: string }>;
}
