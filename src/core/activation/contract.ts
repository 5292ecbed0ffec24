/** The sentences in which doors speak with activation. */
import type { Language } from "#core/vocabulary";
import type { CardFailure, CardProof, CardQuestion, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { PinWeakness } from "#core/mobile-keys";
import type { Outcome } from "#platform/outcome";

/** Of the ways to a key, those a person goes alone. */
export type ChannelName = "tax-letter" | "citizen-card";

/** "consent" and "replace" are asked of the card's holder alone. */
export type Step = "identify" | "consent" | "replace" | "contact" | "code" | "done";

/** The browser an activation is bound to, by secrets from its cookies. */
export interface Applicant {
  /** The activation that the page was about from which this comes; in another window another one may have taken its place. */
  readonly activation?: string;
  readonly session: string;
  readonly browser: string;
  readonly address: string;
  readonly language: Language;
}

/** Any of these ends the activation and wipes what was typed; only "start again" is offered (the seed's rule). */
export type ActivationRefusal =
  | IdentifyByCardRefusal
  | CardFailure
  | "consent.refused" // the holder did not agree to what was read
  | "key.changed" // another key came to be while this one was asked for
  | "key.kept" // the holder kept the key they have
  | "activation.gone" // none under way in this browser, it timed out, or another one took its place
  | "activation.out-of-step"
  | "tax-authority.refused" // the person did not authorise number and name
  | "tax-authority.failed" // the answer was forged, stale or replayed
  | "tax-authority.unavailable"
  | "registry.unavailable"
  | "person.unknown" // the registry has nobody with that tax number
  | "person.name-mismatch"
  | "person.deceased"
  | "document.identity-document" // a BI holder goes to a desk
  | "document.not-citizen-card"
  | "document.expired"
  | "document.cancelled"
  | "address.unknown"
  | "address.recently-changed"
  | "key.exists"
  | "letter.pending"
  | "letter.returned"
  | "letter.too-soon" // one letter in 24 h
  | "letter.too-many" // three letters a year
  | "phone.taken" // said only after possession was proven
  | "sms.too-many"
  | "code.wrong"
  | "code.expired";

/** To be corrected in the form; nothing has ended. */
export type ContactMistake = PinWeakness | "signature-pin.weak" | "signature.too-young";

export type ResendRefusal = ActivationRefusal | "code.too-soon" | "code.no-more";

/** What was read from the card and the registry, for its holder to see and agree to. */
export interface LearnedAttributes {
  readonly name: string;
  readonly civilId: string;
  readonly birthDate: string;
  readonly documentExpires: string;
  readonly address: string | null;
}

export interface Contact {
  /** E.164. */
  readonly phone: string;
  readonly email: string | null;
  readonly consent: true;
  /** Where the channel lets the person choose it at once. */
  readonly choice?: {
    readonly pin: string;
    /** `pin`: null when the sign-in PIN is to sign too. */
    readonly signature: { readonly pin: string | null } | null;
  };
}

export interface ActivationView {
  readonly id: string;
  readonly channel: ChannelName;
  readonly step: Step;
  /** Given name only, to greet; never more than the person told us through the tax authority. */
  readonly givenNames: string;
  readonly code: { readonly maskedPhone: string; readonly expiresAt: Date; readonly resendAt: Date | null } | null;
  readonly letter: LetterView | null;
  /** In step "consent". */
  readonly learned: LearnedAttributes | null;
}

/** Where the letter is: a line of days. */
export interface LetterView {
  readonly reference: string;
  readonly maskedPhone: string;
  readonly requestedAt: Date;
  /** Last of the five working days. */
  readonly dueBy: Date;
  readonly expiresAt: Date;
  readonly state: "queued" | "printed" | "delivered" | "returned" | "used" | "cancelled" | "expired";
}

export interface Activation {
  /** Begins a new activation through the tax authority, ending any other in this browser. `url` is where to send the browser. */
  begin(applicant: Applicant): Promise<Outcome<{ url: string }, "tax-authority.unavailable">>;
  /** The browser came back with this query string. */
  identify(applicant: Applicant, query: string): Promise<Outcome<object, ActivationRefusal>>;
  view(applicant: Applicant): Promise<Outcome<{ view: ActivationView }, "activation.gone">>;
  /** The authorisation box was ticked (`consent`). Sends the code. */
  giveContact(applicant: Applicant, contact: Contact): Promise<Outcome<object, ActivationRefusal | ContactMistake>>;
  resend(applicant: Applicant): Promise<Outcome<object, ResendRefusal>>;
  /** Begins one with the citizen card, ending any other in this browser. */
  beginWithCard(applicant: Applicant): Promise<void>;
  /** What the card is asked with, anew each time; `returnTo` is where its door sends the browser back. */
  askCard(applicant: Applicant, returnTo: string): Promise<Outcome<{ question: CardQuestion }, ActivationRefusal>>;
  identifyByCard(applicant: Applicant, proof: CardProof): Promise<Outcome<object, ActivationRefusal>>;
  /** The browser says that the card gave no answer: ends it. */
  cardFailed(applicant: Applicant, failure: CardFailure | "card.absent"): Promise<void>;
  /** Agrees to what was read, or ends it. */
  agree(applicant: Applicant, decision: "authorise" | "refuse"): Promise<Outcome<object, ActivationRefusal>>;
  /** Lets the new key take the old one's place once it is there, or ends it. */
  decideReplacement(applicant: Applicant, decision: "authorise" | "refuse"): Promise<Outcome<object, ActivationRefusal>>;
  /** The right code makes the key, and whatever belongs to it in its channel. */
  confirm(applicant: Applicant, code: string): Promise<Outcome<object, ActivationRefusal>>;
  /** Gives up and wipes what was typed. */
  cancel(applicant: Applicant): Promise<void>;
}
