/** With the citizen card: the key is active at once with a PIN of one's own, and may take the place of the one there is (docs/law.md#card-activation). */
import { addressInOneLine } from "#core/citizens";
import type { RegisteredPerson } from "#core/citizens";
import { unsealedPin } from "#core/mobile-keys";
import type { KeySummary } from "#core/mobile-keys";
import { bind } from "#platform/bind";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { ActivationRow } from "../../store.ts";
import type { ApplicantFile, Channel, ChannelNeeds, MadeKey, Prepared } from "../channel.ts";
import type { CitizenCardRefusal, CitizenCardShown, CitizenCardSteps, LearnedAttributes } from "./contract.ts";
import { chooseOwnPin } from "../own-pin.ts";
import { judgeCardHolder } from "./eligibility.ts";
import * as steps from "./steps.ts";

export type CitizenCard = Channel<CitizenCardSteps, CitizenCardRefusal, CitizenCardShown>;

export function createCitizenCard(needs: ChannelNeeds): CitizenCard {
  const { clock } = needs.floor;
  return {
    steps: bind(needs, { ...steps }),
    judge: async (person) => judgeCardHolder(person, clock.now()),
    ...bind(needs, { choose: chooseOwnPin, prepare }),
    show,
    forgetKey: async () => undefined,
    jobKinds: {},
  };
}

async function prepare(needs: ChannelNeeds, { choice, replaces }: ApplicantFile): Promise<Prepared<CitizenCardRefusal> | null> {
  if (!choice) return null;
  return {
    key: { id: choice.keyId, state: "active", level: 4, signature: "available", pinTemporary: false, pinExpiresAt: null },
    pin: unsealedPin(choice.pin),
    clear: (citizenId) => clear(needs, citizenId, replaces),
    conclude: (made) => conclude(needs, made),
  };
}

/** Only the key that the person was asked about makes room: another may have come to be meanwhile. */
async function clear(
  needs: ChannelNeeds,
  citizenId: string,
  agreedTo: string | null,
): Promise<Outcome<{ replaced: KeySummary | null }, "key.changed">> {
  const { keys } = needs;
  const living = await keys.living(citizenId);
  if (!living) return { ...done, replaced: null };
  const old = living.id === agreedTo ? await keys.load(living.id) : null;
  if (!old || !(await keys.replace(old.id))) return refused("key.changed");
  await tellOfReplacement(needs, old);
  return { ...done, replaced: old };
}

async function tellOfReplacement({ activity, messages }: ChannelNeeds, old: KeySummary): Promise<void> {
  await activity.record({ kind: "key.replaced", citizenId: old.citizenId, detail: { channel: "citizen-card" } });
  await messages.tell(old, (words) => words.keyReplaced(), `replaced ${old.id}`);
}

async function conclude({ keys, activity, messages }: ChannelNeeds, made: MadeKey): Promise<null> {
  const { keyId, citizenId, file, contact } = made;
  const signature = file.choice?.signature;
  if (signature) await keys.wishSignature(keyId, signature.pin && unsealedPin(signature.pin));
  const detail = { channel: "citizen-card", consentAt: file.consentAt ?? "" };
  await activity.record({ kind: "activation.completed", citizenId, detail });
  await messages.tell(contact, (words) => words.keyActive(), `active ${keyId}`);
  return null;
}

async function show({ step }: ActivationRow, file: ApplicantFile | null): Promise<CitizenCardShown> {
  return { learned: step === "consent" && file ? learnedFrom(file.person) : null };
}

function learnedFrom({ name, civilId, birthDate, document, address }: RegisteredPerson): LearnedAttributes {
  const documentExpires = document?.expires ?? "";
  return { name, civilId, birthDate, documentExpires, address: address && addressInOneLine(address) };
}
