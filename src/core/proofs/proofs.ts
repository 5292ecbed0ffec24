import { keyOf } from "#core/vocabulary";
import type { Proof } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { CitizenCards } from "#core/citizen-cards";
import type { Citizens } from "#core/citizens";
import type { Messages } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Floor } from "#platform/floor";
import { contactOf } from "./contact.ts";
import type { Proofs } from "./contract.ts";
import { createKeyAndCode } from "./key-and-code/key-and-code.ts";
import { createAskedProofs, reaches } from "./kinds.ts";

export interface ProofNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys; readonly cards: CitizenCards };
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}

export function createProofs(needs: ProofNeeds): Proofs {
  const { keys } = needs.people;
  const keyAndCode = createKeyAndCode(needs);
  return {
    keyAndCode,
    asked: createAskedProofs(needs),
    reaches,
    contactOf: (citizenId) => contactOf(keys, citizenId),
    requireHolding: (proof) => requireHolding(keys, proof),
    keyHolds: async (keyId) => (await keys.loadUsable(keyId)) !== null,
    jobKinds: keyAndCode.jobKinds,
  };
}

/** A key may be locked, frozen or over since; a card that was shown has nothing that could end. */
function requireHolding(keys: MobileKeys, proof: Proof): Promise<void>[] {
  const keyId = keyOf(proof);
  return keyId === null ? [] : [keys.requireUsable(keyId)];
}
