/** The sentences in which the reserved area speaks with unblocking. */
import type { Visitor } from "#core/vocabulary";
import type { PinWeakness } from "#core/mobile-keys";

import type { Outcome } from "#platform/outcome";

export type UnblockingStep = "pin" | "code" | "done";

/** Who is here has not shown their card in this browser, or not just now: it is asked for, and nothing has ended. */
export type CardWanted = "card.wanted";

/** Why this person's key is not unblocked here: only a locked one is. */
export type KeyObstacle = "key.none" | "key.not-locked" | "key.pending-letter" | "key.frozen" | "key.suspended" | "key.expired";

/** Any of these ends it and wipes what was typed; only "start again" is offered (the seed's rule, as in activation). */
export type UnblockingRefusal =
  | KeyObstacle
  | "unblocking.gone" // none under way in this session, or it timed out
  | "unblocking.out-of-step"
  | "pin.same" // the PIN chosen is the one that the key had
  | "sms.too-many"
  | "code.wrong"
  | "code.expired"
  | "key.changed"; // cancelled, replaced or unblocked elsewhere meanwhile

export type ResendRefusal = UnblockingRefusal | "code.too-soon" | "code.no-more";

/** Whoever posted a form, and the session that its page was shown in: in another window another person may have shown their card since. */
export interface Unblocker extends Visitor {
  readonly shownIn?: string;
}

export interface UnblockingView {
  readonly step: UnblockingStep;
  /** In which it is shown, for `Unblocker`; no secret. */
  readonly session: string;
  /** In step "code". */
  readonly code: { readonly maskedPhone: string; readonly expiresAt: Date; readonly resendAt: Date | null } | null;
}

export interface Unblocking {
  view(visitor: Visitor): Promise<Outcome<{ view: UnblockingView }, CardWanted | KeyObstacle>>;
  /** Sends the code. A weak PIN is to be corrected in the form; nothing has ended. */
  choosePin(visitor: Unblocker, pin: string): Promise<Outcome<object, CardWanted | UnblockingRefusal | PinWeakness>>;
  resend(visitor: Unblocker): Promise<Outcome<object, CardWanted | ResendRefusal>>;
  /** The right code opens the key with the new PIN. */
  confirm(visitor: Unblocker, code: string): Promise<Outcome<object, CardWanted | UnblockingRefusal>>;
  /** Gives up and wipes what was typed. */
  cancel(visitor: Unblocker): Promise<void>;
}
