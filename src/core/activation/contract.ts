/** The sentences in which doors speak with activation. */
import type { Outcome } from "#platform/outcome";

export type Step = "identify" | "contact" | "code" | "done";

/** The browser an activation is bound to, by secrets from its cookies. */
export interface Applicant {
  /** The activation that the page was about from which this comes; in another window another one may have taken its place. */
  readonly activation?: string;
  readonly session: string;
  readonly browser: string;
  readonly address: string;
  readonly language: "pt" | "en";
}

/** Any of these ends the activation and wipes what was typed; only "start again" is offered (the seed's rule). */
export type ActivationRefusal =
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

export type ResendRefusal = ActivationRefusal | "code.too-soon" | "code.no-more";

export interface ActivationView {
  readonly id: string;
  readonly step: Step;
  /** Given name only, to greet; never more than the person told us through the tax authority. */
  readonly givenNames: string;
  readonly code: { readonly maskedPhone: string; readonly expiresAt: Date; readonly resendAt: Date | null } | null;
  readonly letter: LetterView | null;
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
  /** `phone` in E.164; the authorisation box was ticked (`consent`). Sends the code. */
  giveContact(
    applicant: Applicant,
    contact: { readonly phone: string; readonly email: string | null; readonly consent: true },
  ): Promise<Outcome<object, ActivationRefusal>>;
  resend(applicant: Applicant): Promise<Outcome<object, ResendRefusal>>;
  /** The right code makes the key (pending its letter) and queues the letter. */
  confirm(applicant: Applicant, code: string): Promise<Outcome<object, ActivationRefusal>>;
  /** Gives up and wipes what was typed. */
  cancel(applicant: Applicant): Promise<void>;
}
