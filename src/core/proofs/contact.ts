import type { MobileKeys } from "#core/mobile-keys";
import type { Contact } from "./proven.ts";

/**
 * Phone and e-mail belong to a key; whoever has none has neither. Of a key that may not be used (locked, frozen, expired, still
 * waiting for its letter) they are not told either: the phone may be in other hands.
 */
export async function contactOf(keys: MobileKeys, citizenId: string): Promise<Contact | null> {
  const living = await keys.living(citizenId);
  const key = living && (await keys.loadUsable(living.id));
  return key && !key.pinTemporary ? key : null;
}
