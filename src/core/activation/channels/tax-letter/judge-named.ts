import type { RegisteredPerson } from "#core/citizens";
import type { ChannelNeeds } from "../channel.ts";
import type { TaxLetterRefusal } from "./contract.ts";
import { judgeEligibility } from "./eligibility.ts";
import { earlierLetters } from "./letters.ts";

/** Whether that person may have a letter, with the key and the letters they have. `name`: as the tax authority told it. */
export async function judgeNamed(
  needs: ChannelNeeds,
  person: RegisteredPerson,
  name: string,
): Promise<TaxLetterRefusal | null> {
  const { keys, people, floor } = needs;
  const citizenId = await people.citizens.idOf(person.civilId);
  const key = citizenId === null ? null : await keys.living(citizenId);
  const letters = citizenId === null ? [] : await earlierLetters(needs, citizenId);
  return judgeEligibility({ person, name, key: key?.state ?? null, letters, now: floor.clock.now() });
}
