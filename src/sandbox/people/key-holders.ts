/** Those who already hold a key when the country is first started. Made through core's own doors, as their channel would. */
import { validUntil, type MobileKeys } from "#core/mobile-keys";
import type { Clock } from "#platform/world";
import { systemRandom } from "#platform/world";
import type { Running } from "../../main.ts";
import { registered } from "../civil-registry/index.ts";
import type { People } from "./index.ts";

/** Their PINs stand in their notes too. */
const keyHolders = [
  { civilId: "10001111", channel: "citizen-card", signature: "available", level: 4, pin: "582046", isLocked: false },
  { civilId: "10001212", channel: "tax-letter", signature: "desk-only", level: 3, pin: "730591", isLocked: false },
  { civilId: "10001818", channel: "citizen-card", signature: "available", level: 4, pin: "406913", isLocked: true },
] as const;

export async function giveKeys({ citizens, keys, transaction }: Running["core"], people: People, clock: Clock): Promise<void> {
  for (const { civilId, pin, isLocked, ...made } of keyHolders) {
    const person = people.findByCivilId(civilId);
    if (!person || (await citizens.idOf(civilId)) !== null) continue;
    const { phone, email, document } = person;
    const id = systemRandom.uuid();
    const record = await keys.preparePin(id, pin);
    await transaction(async () => {
      const { id: citizenId } = await citizens.remember(registered(person));
      const times = { pinTemporary: false, pinExpiresAt: null, validUntil: validUntil(document, clock.now()) };
      await keys.create({ id, citizenId, state: "active", ...made, phone, email, language: "pt", ...times }, record);
    });
    if (isLocked) await lock(keys, id);
  }
}

/** As a person would lock it: one code after another typed wrong, until none may be tried. */
async function lock(keys: MobileKeys, keyId: string): Promise<void> {
  while ((await keys.countCodeTry(keyId, "")) !== null);
}
