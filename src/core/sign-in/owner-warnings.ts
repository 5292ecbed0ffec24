/**
 * The truth by SMS. The page says the same whatever went wrong; the phone's owner hears what it was. Every refusal queues
 * one warning, even for a number nobody has: whether there is an owner, and something to say, is found out by the worker,
 * so that the answer costs the same time in every case.
 */
import type { Messages, MessageWords } from "#core/messages";
import type { CheckedPin, Closed, MobileKeys } from "#core/mobile-keys";
import type { Floor } from "#platform/floor";
import { minutes } from "#platform/duration";

type Refused = Extract<CheckedPin, { right: false }>;

interface Warning {
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

export function ownerWarnings({ floor, keys, messages }: { floor: Floor; keys: MobileKeys; messages: Messages }) {
  const { jobs, clock } = floor;
  return {
    async queue(phone: string, { why, until }: Refused): Promise<void> {
      const left = until ? Math.ceil((until.getTime() - clock.now().getTime()) / minutes(1)) : 0;
      const payload: Warning = { phone, why, minutes: left };
      await jobs.enqueue({ kind: "owner-warning", payload });
    },

    jobKinds: {
      "owner-warning": {
        async handle({ phone, why, minutes }: Warning, { id }: { id: string }) {
          const owner = why && (await keys.ownerOf(phone));
          if (owner) await messages.warn(owner, (words) => sentences[why](words, minutes), id);
        },
      },
    },
  };
}
