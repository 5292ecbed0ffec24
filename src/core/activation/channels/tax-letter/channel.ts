/** Through the tax authority: the key waits for a letter with a temporary PIN, and replaces nothing. */
import { addressLines } from "#core/citizens";
import { bind } from "#platform/bind";
import { done } from "#platform/outcome";
import type { ActivationRow } from "../../store.ts";
import type { ApplicantFile, Channel, ChannelNeeds, MadeKey, Prepared } from "../channel.ts";
import type { TaxLetterRefusal, TaxLetterShown, TaxLetterSteps } from "./contract.ts";
import { judgeNamed } from "./judge-named.ts";
import { drawPin, endSpent, queueLetter, viewLetter, voidLetterOf } from "./letters.ts";
import { print, readNews } from "./post.ts";
import * as steps from "./steps.ts";
import { hours, minutes } from "#platform/duration";

export type TaxLetter = Channel<TaxLetterSteps, TaxLetterRefusal, TaxLetterShown>;

export function createTaxLetter(needs: ChannelNeeds): TaxLetter {
  return {
    steps: bind(needs, { ...steps }),
    judge: (person) => judgeNamed(needs, person, person.name),
    choose: async () => ({ ...done, choice: null }),
    ...bind(needs, { prepare, show, forgetKey: voidLetterOf }),
    jobKinds: {
      // Each letter asks for its printing; every hour besides, for those whose asking ran out of tries while the post office was away.
      "print-letters": { handle: () => print(needs), attempts: 20, every: hours(1) },
      "postal-news": { handle: () => readNews(needs), every: minutes(1), attempts: 3 },
      "letters-end": { handle: () => endSpent(needs), every: minutes(10), attempts: 3 },
    },
  };
}

async function prepare(needs: ChannelNeeds, { person }: ApplicantFile): Promise<Prepared<TaxLetterRefusal> | null> {
  if (!person.address) return null;
  const id = needs.floor.random.uuid();
  const { temporaryPin, expiresAt } = drawPin(needs);
  return {
    // docs/law.md#signature-at-desk
    key: { id, state: "pending-letter", level: 3, signature: "desk-only", pinTemporary: true, pinExpiresAt: expiresAt },
    pin: await needs.keys.preparePin(id, temporaryPin),
    clear: async () => ({ ...done, replaced: null }),
    conclude: (made) => conclude(needs, made, temporaryPin),
  };
}

async function conclude(needs: ChannelNeeds, made: MadeKey, temporaryPin: string): Promise<string> {
  const { keyId, citizenId, file, contact } = made;
  const { civilId, name, address } = file.person;
  if (!address) throw new Error("a letter without an address");
  const contents = { civilId, name, addressLines: addressLines(address), temporaryPin };
  const letter = await queueLetter(needs, { keyId, citizenId, phone: contact.phone, ...contents });
  const detail = { channel: "tax-letter", letter, consentAt: file.consentAt ?? "" };
  await needs.activity.record({ kind: "activation.requested", citizenId, detail });
  await needs.messages.tell(contact, (words) => words.letterRequested(letter), `requested ${letter}`);
  return letter;
}

async function show(needs: ChannelNeeds, { letterReference }: ActivationRow): Promise<TaxLetterShown> {
  return { letter: letterReference === null ? null : await viewLetter(needs, letterReference) };
}
