/** With the citizen card: the key is active at once with a PIN of one's own, and may take the place of the one there is. */
import type { Activity } from "#core/activity";
import type { RegisteredPerson } from "#core/citizens";
import type { Messages } from "#core/messages";
import { judgePin, sealablePin, unsealedPin } from "#core/mobile-keys";
import type { KeySummary, MobileKeys } from "#core/mobile-keys";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { ActivationRefusal } from "../../contract.ts";
import type { ApplicantFile, Channel, MadeKey } from "../channel.ts";
import { judgeCardHolder, maySign } from "./eligibility.ts";

export interface CitizenCardNeeds {
  readonly floor: Floor;
  readonly keys: MobileKeys;
  readonly messages: Messages;
  readonly activity: Activity;
  /** The letter of a key that is replaced before it came is worth nothing. */
  readonly voidLetter: (keyId: string) => Promise<void>;
}

export function createCitizenCard({ floor, keys, messages, activity, voidLetter }: CitizenCardNeeds): Channel {
  const { clock, random } = floor;

  /** Only the key that the person was asked about makes room: another may have come to be meanwhile. */
  async function clear(citizenId: string, agreedTo: string | null): Promise<ActivationRefusal | null> {
    const living = await keys.living(citizenId);
    if (!living) return null;
    const old = living.id === agreedTo ? await keys.load(living.id) : null;
    if (!old || !(await keys.replace(old.id))) return "key.changed";
    await voidLetter(old.id);
    await tellOfReplacement(old);
    return null;
  }

  async function tellOfReplacement(old: KeySummary): Promise<void> {
    await activity.record({ kind: "key.replaced", citizenId: old.citizenId, detail: { channel: "citizen-card" } });
    await messages.tell(old, (words) => words.keyReplaced(), `replaced ${old.id}`);
  }

  async function conclude({ keyId, citizenId, file, contact }: MadeKey): Promise<null> {
    const signature = file.choice?.signature;
    if (signature) await keys.wishSignature(keyId, signature.pin && unsealedPin(signature.pin));
    const detail = { channel: "citizen-card", consentAt: file.consentAt ?? "" };
    await activity.record({ kind: "activation.completed", citizenId, detail });
    await messages.tell(contact, (words) => words.keyActive(), `active ${keyId}`);
    return null;
  }

  return {
    name: "citizen-card",
    afterIdentifying: "consent",
    judge: async (person) => judgeCardHolder(person, clock.now()),

    async choose({ person }, { phone, choice }) {
      if (!choice) return { ...done, choice: null };
      const known = { phone, birthDate: person.birthDate, numbers: numbersOf(person) };
      const weakness = judgePin(choice.pin, known);
      if (weakness) return refused(weakness);
      const { signature } = choice;
      if (signature && !maySign(person, clock.now())) return refused("signature.too-young");
      const ownPin = signature?.pin ?? null;
      if (ownPin !== null && judgePin(ownPin, known)) return refused("signature-pin.weak");
      const keyId = random.uuid();
      const pin = sealablePin(await keys.preparePin(keyId, choice.pin));
      const signaturePin = ownPin === null ? null : sealablePin(await keys.preparePin(`${keyId} signature`, ownPin));
      return { ...done, choice: { keyId, pin, signature: signature && { pin: signaturePin } } };
    },

    async prepare({ choice, replaces }: ApplicantFile) {
      if (!choice) return null;
      return {
        key: { id: choice.keyId, state: "active", level: 4, pinTemporary: false, pinExpiresAt: null },
        pin: unsealedPin(choice.pin),
        clear: (citizenId) => clear(citizenId, replaces),
        conclude,
      };
    },
  };
}

function numbersOf({ civilId, taxNumber, document }: RegisteredPerson): string[] {
  return [civilId, taxNumber ?? "", document?.number ?? ""];
}
