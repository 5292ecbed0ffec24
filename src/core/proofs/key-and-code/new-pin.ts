/** A temporary PIN gives way to one of the person's own, and the activation is complete. */
import { numbersOf } from "#core/citizens";
import type { PinWeakness } from "#core/mobile-keys";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import { provenWith } from "./code.ts";
import type { ChosenPin } from "./contract.ts";
import type { KeyAndCodeNeeds } from "./needs.ts";

export async function judgeNewPin(
  { people }: KeyAndCodeNeeds,
  keyId: string,
  pin: string,
): Promise<Outcome<{ chosen: ChosenPin }, PinWeakness | "key.gone">> {
  const { citizens, keys } = people;
  const key = await keys.load(keyId);
  const citizen = key && (await citizens.load(key.citizenId));
  if (!key || !citizen) return refused("key.gone");
  const numbers = numbersOf(citizen, citizen.documentNumber);
  const weakness = await keys.judgeNewPin(keyId, pin, { birthDate: citizen.birthDate, numbers });
  if (weakness) return refused(weakness);
  return { ...done, chosen: { key, citizen, record: await keys.preparePin(keyId, pin), proven: provenWith(key) } };
}

export async function activate(needs: KeyAndCodeNeeds, { key, record }: ChosenPin, portalId: string): Promise<boolean> {
  const { people, messages, activity } = needs;
  if (!(await people.keys.activate(key.id, record))) return false;
  await activity.record({ kind: "activation.completed", citizenId: key.citizenId, portalId });
  await messages.tell(key, (words) => words.keyActive(), `active ${key.id}`);
  return true;
}
