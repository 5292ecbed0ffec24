/** The record of a PIN on its way to its key: as text, to be sealed with whatever else was typed. */
import type { PinRecord } from "./pins.ts";

/** Bytes in base64. */
export interface SealedPin extends Omit<PinRecord, "verifier" | "salt"> {
  readonly verifier: string;
  readonly salt: string;
}

export function sealablePin({ verifier, salt, ...record }: PinRecord): SealedPin {
  return { ...record, verifier: verifier.toString("base64"), salt: salt.toString("base64") };
}

export function unsealedPin({ verifier, salt, ...record }: SealedPin): PinRecord {
  return { ...record, verifier: Buffer.from(verifier, "base64"), salt: Buffer.from(salt, "base64") };
}
