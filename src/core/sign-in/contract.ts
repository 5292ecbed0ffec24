/** The sentences in which doors speak with sign-in. */
import type { AttributeName, Level, Multilingual, Proof, ProofKind, RequestedAttribute, Visitor } from "#core/vocabulary";
import type { CardProof, CardQuestion, IdentifyByCardRefusal } from "#core/citizen-cards";

import type { Ready } from "#platform/jobs";
import type { Outcome } from "#platform/outcome";

export type SignInStep = "identify" | "code" | "new-pin" | "consent" | "finished";

/** What a portal asked, in the house's own words; a protocol translated it. */
export interface SignInRequest {
  readonly portalId: string;
  readonly attributes: readonly RequestedAttribute[];
  readonly level: Level;
  /** The protocol's own name for this request, given back by `answer`. */
  readonly reference: string;
  /** Where to send the browser when there is an answer: an address of the protocol's own door. */
  readonly returnTo: string;
  /** What the protocol wants back with the answer; says nothing to us. */
  readonly memory?: string;
  /** The name under which a way back was given (`SignIn.giveWayBack`); without one the answer is fetched at `returnTo`. */
  readonly wayBack?: string;
  /** Ask for phone and PIN even when a session could spare them. */
  readonly fresh: boolean;
}

export interface CodeView {
  /** "+351 ••• ••• 567" */
  readonly maskedPhone: string;
  readonly expiresAt: Date;
  /** When another code may be asked for; null when no resend is left. */
  readonly resendAt: Date | null;
}

export interface ConsentAttribute extends RequestedAttribute {
  /** As shown to the person and told to the portal; null when we have none. */
  readonly value: string | null;
}

export interface SignInView {
  readonly id: string;
  readonly step: SignInStep;
  readonly portal: {
    readonly id: string;
    readonly name: Multilingual;
    readonly homeUrl: string;
    /** It is the house itself: nothing is given to anybody. */
    readonly isOurselves: boolean;
    /** Origins of its redirect addresses: pages name them in `form-action`, which browsers apply to the whole redirect chain. */
    readonly redirectOrigins: readonly string[];
  };
  readonly attributes: readonly RequestedAttribute[];
  /** The portal asks a level that no key reaches. */
  readonly cardOnly: boolean;
  readonly expiresAt: Date;
  /** In step "code". */
  readonly code: CodeView | null;
  /** By what the person has proven who they are; null as long as they have not. */
  readonly by: ProofKind | null;
  /** In step "consent". */
  readonly consent: { readonly name: string; readonly attributes: readonly ConsentAttribute[] } | null;
  /** In step "finished". */
  readonly returnTo: string;
}

/** No sign-in of that name in this browser, or it is over: start again at the portal. */
export type Gone = "sign-in.gone";
/** The page asked for is not the step this sign-in is at; load `view` and go there. */
export type OutOfStep = "sign-in.out-of-step";
/** Unknown phone, wrong PIN, locked, waiting, expired, frozen: one answer for all. The owner is told the truth by SMS. */
export type IdentifyRefusal = Gone | OutOfStep | CardOnly | "sign-in.refused" | "sms.too-many" | "address.too-many";
/** The portal asks a level that no key reaches. */
export type CardOnly = "sign-in.card-only";
/** None of them ends the sign-in: the person may try again, or sign in with the key where its level does. */
export type CardSignInRefusal = Gone | OutOfStep | IdentifyByCardRefusal;
export type CodeRefusal = Gone | OutOfStep | "code.wrong" | "code.expired" | "code.used-up";
export type ResendRefusal = Gone | OutOfStep | "code.too-soon" | "code.no-more" | "sms.too-many";
export type NewPinRefusal = Gone | OutOfStep | PinWeakness;
/** Why a PIN may not be chosen. */
export type PinWeakness =
  "pin.length" | "pin.repeats" | "pin.run" | "pin.birth-date" | "pin.phone" | "pin.document" | "pin.common" | "pin.temporary";

export type Answer = { readonly memory?: string } & Decision;

type Decision =
  | {
      readonly outcome: "authorised";
      readonly citizenId: string;
      readonly portalId: string;
      readonly proof: Proof;
      readonly level: Level;
      readonly attributes: Readonly<Partial<Record<AttributeName, string>>>;
      readonly authenticatedAt: Date;
      readonly sessionId: string;
    }
  | { readonly outcome: "refused" };

/**
 * A protocol's way back: the portal's address with the answer in it, and what must be kept for the portal to redeem it, which
 * is kept at once with the person's decision: there is no decision without its answer, and no answer without the decision.
 */
export type WayBack = (
  answer: Answer,
  memory: string,
) => Promise<{ readonly address: string; readonly keep: readonly Ready[] }>;

/**
 * A sign-in under way. With `slip` nothing of it is kept yet: the visitor must bring the slip (sealed, of this sign-in and
 * this session alone) until phone and PIN were right. Who only asks thus leaves nothing in the database.
 */
export interface Begun {
  readonly id: string;
  readonly step: SignInStep;
  readonly slip: string | null;
}

export interface SignIn {
  giveWayBack(name: string, wayBack: WayBack): void;
  begin(request: SignInRequest, visitor: Visitor): Promise<Begun>;
  /** `at`: the step whose page is asked for. A consent is gone with the session of whoever was proven. */
  view(id: string, visitor: Visitor, at?: SignInStep): Promise<Outcome<{ view: SignInView }, Gone>>;
  /** `phone` in E.164. */
  identify(
    id: string,
    visitor: Visitor,
    given: { readonly phone: string; readonly pin: string },
  ): Promise<Outcome<object, IdentifyRefusal>>;
  /** What the card is asked with, anew each time; `returnTo` is the path to which its door sends the browser back. Keeps nothing of the sign-in. */
  askCard(id: string, visitor: Visitor, returnTo: string): Promise<Outcome<{ question: CardQuestion }, Gone | OutOfStep>>;
  /** The card is identification and proof at once (level 4): on to the consent, whatever key there is. `signedIn` as in `confirm`. */
  identifyByCard(id: string, visitor: Visitor, proof: CardProof): Promise<Outcome<{ signedIn: string }, CardSignInRefusal>>;
  resend(id: string, visitor: Visitor): Promise<Outcome<object, ResendRefusal>>;
  /** On success `signedIn` is the secret of the new session, for the cookie; null while a temporary PIN is still to be replaced. */
  confirm(id: string, visitor: Visitor, code: string): Promise<Outcome<{ signedIn: string | null }, CodeRefusal>>;
  choosePin(id: string, visitor: Visitor, pin: string): Promise<Outcome<{ signedIn: string }, NewPinRefusal>>;
  /** `kept` are the optional attributes left ticked. */
  decide(
    id: string,
    visitor: Visitor,
    decision: "authorise" | "refuse",
    kept: readonly AttributeName[],
  ): Promise<Outcome<{ returnTo: string }, Gone | OutOfStep>>;
  /** Leaves at any step; the portal hears "refused". */
  cancel(id: string, visitor: Visitor): Promise<Outcome<{ returnTo: string }, Gone>>;
  /** For the protocol that began it: the answer, once, to the browser that gave it. Null while there is none. */
  answer(reference: string, visitor: Visitor): Promise<Answer | null>;
}
