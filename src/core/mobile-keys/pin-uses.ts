/** PINs on their way to a key: made into a record, judged, put in the place of another. */
import type { KeyPins } from "./contract.ts";
import type { Needs } from "./needs.ts";
import { judgePin } from "./pin-rules.ts";
import type { PinRecord } from "./pins.ts";
import { figures, judgeKey } from "./rules.ts";
import * as store from "./store.ts";

export function preparePin({ pins }: Needs, keyId: string, pin: string): Promise<PinRecord> {
  return pins.make(keyId, pin);
}

/** Bound to its use by another name: neither PIN's record can serve as the other's. */
export function prepareSignaturePin({ pins }: Needs, keyId: string, pin: string): Promise<PinRecord> {
  return pins.make(`${keyId} signature`, pin);
}

export async function judgeNewPin(
  { db, pins }: Needs,
  ...[keyId, pin, guessable]: Parameters<KeyPins["judgeNewPin"]>
): ReturnType<KeyPins["judgeNewPin"]> {
  const key = await store.loadKeyById(db, keyId);
  if (!key) return "pin.temporary";
  const weakness = judgePin(pin, { ...guessable, phone: key.phone });
  if (weakness) return weakness;
  return key.pinTemporary && (await pins.matches(key.id, pin, key.pin)) ? "pin.temporary" : null;
}

export async function hasPin({ db, pins }: Needs, keyId: string, pin: string): Promise<boolean> {
  const key = await store.loadKeyById(db, keyId);
  return key !== null && pins.matches(key.id, pin, key.pin);
}

export async function activate({ db, clock }: Needs, keyId: string, pin: PinRecord): Promise<boolean> {
  const key = await store.loadKeyById(db, keyId);
  if (!key || judgeKey(key, clock.now()) !== null) return false;
  return store.activateWithPin(db, keyId, pin, clock.now());
}

export function unblock({ db, clock }: Needs, keyId: string, pin: PinRecord): Promise<boolean> {
  const locks = { failures: figures.lock, codeFailures: figures.codeFailures };
  return store.unblock(db, keyId, pin, { locks, now: clock.now() });
}

export function wishSignature({ db, clock }: Needs, keyId: string, pin: PinRecord | null): Promise<void> {
  return store.insertSignatureWish(db, keyId, pin, clock.now());
}
