/** Through the tax authority: the key waits for a letter with a temporary PIN, and replaces nothing. */
import type { Activity } from "#core/activity";
import type { Citizens, RegisteredPerson } from "#core/citizens";
import type { Messages } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { Floor } from "#platform/floor";
import { done } from "#platform/outcome";
import type { ApplicantFile, Channel, MadeKey, Prepared } from "../channel.ts";
import { judgeEligibility } from "./eligibility.ts";
import type { createLetters } from "./letters.ts";

export interface TaxLetterNeeds {
  readonly floor: Floor;
  readonly citizens: Citizens;
  readonly keys: MobileKeys;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly letters: ReturnType<typeof createLetters>;
}

export interface TaxLetter extends Channel {
  /** As `judge`, with the name as the tax authority told it. */
  judgeNamed(person: RegisteredPerson, name: string): ReturnType<Channel["judge"]>;
}

export function createTaxLetter({ floor, citizens, keys, messages, activity, letters }: TaxLetterNeeds): TaxLetter {
  const { clock, random } = floor;

  async function judgeNamed(person: RegisteredPerson, name: string) {
    const citizenId = await citizens.idOf(person.civilId);
    const key = citizenId === null ? null : await keys.living(citizenId);
    const earlier = citizenId === null ? [] : await letters.earlier(citizenId);
    return judgeEligibility({ person, name, key: key?.state ?? null, letters: earlier, now: clock.now() });
  }

  async function conclude({ keyId, citizenId, file, contact }: MadeKey, temporaryPin: string): Promise<string | null> {
    const { civilId, name, address } = file.person;
    if (!address) throw new Error("a letter without an address");
    const addressLines = [...address.lines, `${address.postalCode} ${address.locality}`];
    const letter = await letters.queue({
      keyId,
      citizenId,
      civilId,
      name,
      addressLines,
      phone: contact.phone,
      temporaryPin,
    });
    const detail = { channel: "tax-letter", letter, consentAt: file.consentAt ?? "" };
    await activity.record({ kind: "activation.requested", citizenId, detail });
    await messages.tell(contact, (words) => words.letterRequested(letter), `requested ${letter}`);
    return letter;
  }

  return {
    name: "tax-letter",
    afterIdentifying: "contact",
    judgeNamed,
    judge: (person) => judgeNamed(person, person.name),
    choose: async () => ({ ...done, choice: null }),

    async prepare({ person }: ApplicantFile): Promise<Prepared | null> {
      if (!person.address) return null;
      const [id, temporaryPin] = [random.uuid(), letters.drawPin()];
      return {
        key: { id, state: "pending-letter", level: 3, pinTemporary: true, pinExpiresAt: letters.pinExpiry() },
        pin: await keys.preparePin(id, temporaryPin),
        clear: async () => null,
        conclude: (made) => conclude(made, temporaryPin),
      };
    },
  };
}
