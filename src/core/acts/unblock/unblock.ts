/** A locked key opens again: its owner's citizen card, a new PIN, and a code to the key's phone. */
import { numbersOf } from "#core/citizens";
import { sealablePin, unsealedPin } from "#core/mobile-keys";
import type { OwnedKey, PinWeakness, SealedPin } from "#core/mobile-keys";
import type { ActRefusal } from "../contract.ts";
import type { ActDefinition, ActNeeds, Contactable, Owned, Subject } from "../definition.ts";
import { obstacles } from "./rules.ts";

interface Given {
  readonly pin: string;
}

interface Typed {
  readonly pin: SealedPin;
  /** Told only after the code: told at once, it would let whoever holds the card alone find out the PIN by trying. */
  readonly isTheOldOne: boolean;
}

export const unblock: ActDefinition<Given, Typed, PinWeakness> = {
  name: "unblock",
  proofs: ["citizen-card"],
  obstacles,
  repeats: false,
  judge,
  keep,
  codeTo: ({ phone }: Contactable) => ({ phone, say: (words, digits, minutes) => words.unblockCode(digits, minutes) }),
  effect,
  told: () => ({ say: (words) => words.keyUnblocked() }),
  audited: () => ({ kind: "key.unblocked" }),
};

async function judge({ people: { citizens, keys } }: ActNeeds, key: Owned, { pin }: Given): Promise<PinWeakness | null> {
  const citizen = await citizens.load(key.citizenId);
  if (!citizen) throw new Error("a key has lost its citizen");
  const numbers = numbersOf(citizen, citizen.documentNumber);
  return keys.judgeNewPin(key.id, pin, { birthDate: citizen.birthDate, numbers });
}

async function keep({ people: { keys } }: ActNeeds, { id }: OwnedKey, { pin }: Given): Promise<Typed> {
  const record = await keys.preparePin(id, pin);
  return { pin: sealablePin(record), isTheOldOne: await keys.hasPin(id, pin) };
}

async function effect({ sessions, people: { keys } }: ActNeeds, typed: Typed, subject: Subject): Promise<ActRefusal | null> {
  const { keyId, browser } = subject;
  if (typed.isTheOldOne) return "pin.same";
  // Before the key, which sign-ins lock last: who locks in another order waits for us, and we for them.
  await sessions.endProvenWith(keyId);
  if (!(await keys.unblock(keyId, unsealedPin(typed.pin)))) return "key.changed";
  await keys.recordBrowser(keyId, browser);
  return null;
}
