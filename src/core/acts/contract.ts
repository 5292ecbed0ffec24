/**
 * The sentences in which doors speak of acts. An *act* is what a citizen does to their own key: a form, then a code or a button
 * that confirms it, then it is done. Its *proof* is what they showed when they signed in here. An *obstacle* is a key's own.
 */
import type { Visitor } from "#core/vocabulary";
import type { Outcome } from "#platform/outcome";

export type ActStep = "form" | "code" | "confirm" | "done";

/** Who is here has not proven who they are as this act wants it, or not just now: it is asked for, and nothing has ended. */
export type ProofWanted = "proof.wanted";

/** Why nothing is done to this person's key: each act says which of these stand in its way. */
export type KeyObstacle =
  "key.none" | "key.locked" | "key.not-locked" | "key.pending-letter" | "key.frozen" | "key.suspended" | "key.expired";

/** Any of these ends it and wipes what was typed; only "start again" is offered (docs/law.md#acts). */
export type ActRefusal =
  | KeyObstacle
  | "act.gone" // none under way in this session, or it timed out
  | "act.out-of-step"
  | "pin.same" // the PIN chosen is the one that the key had
  | "sms.too-many"
  | "email.too-many"
  | "code.wrong"
  | "code.expired"
  | "key.changed"; // cancelled, replaced, or changed elsewhere meanwhile

export type ResendRefusal = ActRefusal | "code.too-soon" | "code.no-more";

/** To be corrected in the form; nothing has begun, nothing has ended. */
export interface Mistaken<Mistake extends string> {
  readonly ok: false;
  readonly mistake: Mistake;
}

/** For what it waits. */
export interface Begun {
  readonly step: "code" | "confirm";
}

/** Whoever posted a form, and the session that its page was shown in: in another window another person may have signed in since. */
export interface Actor extends Visitor {
  readonly shownIn?: string;
}

export interface ActView {
  readonly step: ActStep;
  /** In which it is shown, for `Actor`; no secret. */
  readonly session: string;
  /** The key's own, before the act; null when it is done. */
  readonly email: string | null;
  /** In step "code". */
  readonly code: ActCode | null;
}

export interface ActCode {
  /** The phone masked, an e-mail address whole: whoever typed it wrong is to see it. */
  readonly sentTo: string;
  readonly expiresAt: Date;
  /** When another may be asked for; null when none is left. */
  readonly resendAt: Date | null;
}

/** One act, as its pages use it. */
export interface Act<Given, Mistake extends string> {
  /** What to sign in with where the proof is wanted. */
  readonly enterBy: "key-or-card" | "card";
  /** `wanted`: whose page was asked for; one that is done gives way to the next where that may be begun. */
  view(actor: Actor, wanted: ActStep): Promise<Outcome<{ view: ActView }, ProofWanted | KeyObstacle>>;
  /** Judges what was typed and begins: the code is sent, or a press of a button is waited for. */
  give(actor: Actor, given: Given): Promise<Outcome<Begun, ProofWanted | ActRefusal> | Mistaken<Mistake>>;
  resend(actor: Actor): Promise<Outcome<object, ProofWanted | ResendRefusal>>;
  /** The right code does it; null where a button was waited for. */
  confirm(actor: Actor, code: string | null): Promise<Outcome<object, ProofWanted | ActRefusal>>;
  /** Gives up and wipes what was typed. */
  cancel(actor: Actor): Promise<void>;
}
