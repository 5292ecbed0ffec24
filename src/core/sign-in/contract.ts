/**
 * The sentences in which doors speak with sign-in.
 *
 * - *request*: what a portal asks; its protocol has translated it, and names it by a *reference* of its own.
 * - *slip*: a sign-in in which nobody has proven anything yet, sealed and carried by its browser instead of kept.
 * - *answer*: what the person decided that the portal is told.
 * - *way back*: how a protocol has its portals answered; *return*: where the browser goes with it.
 */
import type { AttributeName, Level, Multilingual, Proof, ProofKind, RequestedAttribute, Visitor } from "#core/vocabulary";
import type { PinWeakness } from "#core/mobile-keys";
import type { CodeStanding } from "#core/one-time-codes";
import type { AskedKind, AskedKinds } from "#core/proofs";
import type { Ready } from "#platform/jobs";
import type { Outcome } from "#platform/outcome";

export type SignInStep = "identify" | "code" | "new-pin" | "consent" | "finished";

/** What a portal asked, in the house's own words; a protocol translated it. */
export interface SignInRequest {
  readonly portalId: string;
  readonly attributes: readonly RequestedAttribute[];
  readonly level: Level;
  /** The protocol's own name for this request, by which it fetches the answer where it does. */
  readonly reference: string;
  /** Under which its protocol gave its way back (`SignIn.giveWayBack`). */
  readonly wayBack: string;
  /** What the protocol wants back with the answer; says nothing to us. */
  readonly memory: string;
  /** Origins outside ours to which the answer may lead. */
  readonly returnOrigins: readonly string[];
  /** An address of the protocol's own door: where the answer is fetched, and where whoever comes again afterwards is sent. */
  readonly returnTo: string;
  /** Ask for phone and PIN even when a session could spare them. */
  readonly fresh: boolean;
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
    /** To which the answer may lead: pages name them in `form-action`, which browsers apply to the whole redirect chain. */
    readonly returnOrigins: readonly string[];
  };
  readonly attributes: readonly RequestedAttribute[];
  /** The portal asks a level that no key reaches. */
  readonly cardOnly: boolean;
  readonly expiresAt: Date;
  /** In step "code". */
  readonly code: CodeStanding | null;
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
export type CodeRefusal = Gone | OutOfStep | "code.wrong" | "code.expired" | "code.used-up";
export type ResendRefusal = Gone | OutOfStep | "code.too-soon" | "code.no-more" | "sms.too-many";
export type NewPinRefusal = Gone | OutOfStep | PinWeakness;

export type Answer =
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

/** Where the browser goes: to an address, or to one with fields that it posts. */
export type Return =
  | { readonly redirect: string }
  | { readonly form: { readonly action: string; readonly fields: Readonly<Record<string, string>> } };

/**
 * Where the browser goes with the answer in it, and what must be kept for the portal to redeem it, which is kept at once with the
 * person's decision: there is no decision without its answer, and no answer without the decision.
 */
export interface AnsweredWith {
  readonly to: Return;
  readonly keep: readonly Ready[];
}

/**
 * A protocol's way back, one for all its requests. Either it answers with the decision itself; or the answer is kept, sealed, for
 * five minutes, until the protocol has "fetched" it (`SignIn.answer`) when the browser comes to the request's `returnTo`.
 */
export type WayBack = "fetched" | ((answer: Answer, memory: string) => Promise<AnsweredWith>);

/**
 * A sign-in under way. With `slip` nothing of it is kept yet: the visitor must bring the slip (sealed, of this sign-in and
 * this session alone) until phone and PIN were right. Who only asks thus leaves nothing in the database.
 */
export interface Begun {
  readonly id: string;
  readonly step: SignInStep;
  readonly slip: string | null;
}

/** A proof of one question and one answer, in a sign-in. */
export interface AskedInSignIn<Of extends AskedKinds[AskedKind]> {
  /** What is asked, anew each time; `returnTo` is the path to which the browser comes back. Keeps nothing of the sign-in. */
  ask(id: string, visitor: Visitor, returnTo: string): Promise<Outcome<{ question: Of["question"] }, Gone | OutOfStep>>;
  /**
   * The answer is identification and proof at once: on to the consent, whatever key there is. No refusal ends the sign-in:
   * the person may try again, or sign in with the key where its level does. `signedIn` as in `confirm`.
   */
  show(
    id: string,
    visitor: Visitor,
    shown: Of["shown"],
  ): Promise<Outcome<{ signedIn: string }, Gone | OutOfStep | Of["refusal"]>>;
}

export interface SignIn {
  /** Each protocol once, as it is made. */
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
  readonly by: { readonly [By in AskedKind]: AskedInSignIn<AskedKinds[By]> };
  resend(id: string, visitor: Visitor): Promise<Outcome<object, ResendRefusal>>;
  /** On success `signedIn` is the secret of the new session, for the cookie; null while a temporary PIN is still to be replaced. */
  confirm(id: string, visitor: Visitor, code: string): Promise<Outcome<{ signedIn: string | null }, CodeRefusal>>;
  choosePin(id: string, visitor: Visitor, pin: string): Promise<Outcome<{ signedIn: string }, NewPinRefusal>>;
  /** `ticked`: the optional attributes left so. */
  decide(
    id: string,
    visitor: Visitor,
    decision: "authorise" | "refuse",
    ticked: readonly AttributeName[],
  ): Promise<Outcome<{ to: Return }, Gone | OutOfStep>>;
  /** Leaves at any step; the portal hears "refused". */
  cancel(id: string, visitor: Visitor): Promise<Outcome<{ to: Return }, Gone>>;
  /** For the protocol that fetches it: the answer, once, to the browser that gave it. Null while there is none. */
  answer(reference: string, visitor: Visitor): Promise<Answer | null>;
}
