/** A PIN of the person's own with the contact, and the signature with it: for any channel whose key is active at once. */
import { numbersOf } from "#core/citizens";
import type { RegisteredPerson } from "#core/citizens";
import { judgePin, sealablePin } from "#core/mobile-keys";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Contact, ContactMistake } from "../common.ts";
import type { ApplicantFile, ChannelNeeds, Choice } from "./channel.ts";

export const figures = {
  /** docs/law.md#signing-age: years of age from which documents may be signed; there is none to sign in. */
  signsFrom: 16,
} as const;

/** Slow on purpose: each PIN is made into the record that will be kept, and waits for the code as that. */
export async function chooseOwnPin(
  { floor: { clock, random }, keys }: ChannelNeeds,
  { person }: ApplicantFile,
  { phone, choice }: Contact,
): Promise<Outcome<{ choice: Choice | null }, ContactMistake>> {
  if (!choice) return { ...done, choice: null };
  const guessable = { phone, birthDate: person.birthDate, numbers: numbersOf(person, person.document?.number ?? "") };
  const weakness = judgePin(choice.pin, guessable);
  if (weakness) return refused(weakness);
  const { signature } = choice;
  if (signature && !maySign(person, clock.now())) return refused("signature.too-young");
  const ownPin = signature?.pin ?? null;
  if (ownPin !== null && judgePin(ownPin, guessable)) return refused("signature-pin.weak");
  const keyId = random.uuid();
  const pin = sealablePin(await keys.preparePin(keyId, choice.pin));
  const signaturePin = ownPin === null ? null : sealablePin(await keys.prepareSignaturePin(keyId, ownPin));
  return { ...done, choice: { keyId, pin, signature: signature && { pin: signaturePin } } };
}

function maySign({ birthDate }: Pick<RegisteredPerson, "birthDate">, now: Date): boolean {
  return `${String(Number(birthDate.slice(0, 4)) + figures.signsFrom)}${birthDate.slice(4)}` <= now.toISOString().slice(0, 10);
}
