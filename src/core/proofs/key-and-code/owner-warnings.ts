/**
 * The truth by SMS. The page says the same whatever went wrong; the phone's owner hears what it was. Every refusal queues
 * one warning, even for a number nobody has: whether there is an owner, and something to say, is found out by the worker,
 * so that the answer costs the same time in every case.
 */
import type { MessageWords } from "#core/messages";
import type { CheckedPin, Closed } from "#core/mobile-keys";
import type { KeyAndCodeNeeds } from "./needs.ts";

type WrongPin = Extract<CheckedPin, { right: false }>;

export interface Warning {
  readonly phone: string;
  readonly why: Closed | null;
  readonly minutes: number;
}

const sentences: Readonly<Record<Closed, (words: MessageWords, minutes: number) => string>> = {
  waiting: (words, minutes) => words.pinWait(minutes),
  locked: (words) => words.keyLocked(),
  "temporary-void": (words) => words.temporaryPinVoid(),
  "strangers-closed": (words) => words.strangersClosed(),
  expired: (words) => words.keyExpired(),
  "temporary-expired": (words) => words.keyNotActive(),
  "not-active": (words) => words.keyNotActive(),
};

export async function queueWarning({ floor }: KeyAndCodeNeeds, phone: string, { why, until }: WrongPin): Promise<void> {
  const { jobs, clock } = floor;
  const minutes = until ? Math.ceil((until.getTime() - clock.now().getTime()) / 60_000) : 0;
  const payload: Warning = { phone, why, minutes };
  await jobs.enqueue({ kind: "owner-warning", payload });
}

/** The worker's half. `id`: of the job, so that a warning is told once however often it is tried. */
export async function warnOwner({ people, messages }: KeyAndCodeNeeds, warning: Warning, id: string): Promise<void> {
  const { phone, why, minutes } = warning;
  const owner = why && (await people.keys.ownerOf(phone));
  if (owner) await messages.warn(owner, (words) => sentences[why](words, minutes), id);
}
