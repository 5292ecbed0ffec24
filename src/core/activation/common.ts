/**
 * What every channel of activation has in common.
 *
 * - An *activation* is how one key comes to be: begun in a browser, bound to it, and over with the first error.
 * - Its *channel* is the way in which we learn who the person is, and what their key is then worth.
 * - An *applicant* is the browser in which it goes on; who sits before it is known after the step "identify".
 * - A *step* is the page on which it stands. Steps come in their order and once; a channel leaves out those it does not need.
 */
import type { Language } from "#core/vocabulary";
import type { PinWeakness } from "#core/mobile-keys";

/** "consent": to what was read of the person. "replace": whether the new key is to take the place of the one there is. */
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

/** Whatever the channel. Any refusal ends the activation and wipes what was typed; only "start again" is offered (docs/law.md#error-ends). */
export type CommonRefusal =
  | "activation.gone" // none under way in this browser, it timed out, or another one took its place
  | "activation.out-of-step" // it stands at another step, or another request moved it first
  | "key.exists"
  | "phone.taken" // said only after possession was proven
  | "sms.too-many"
  | "code.wrong"
  | "code.expired";

/** To be corrected in the form; nothing has ended. */
export type ContactMistake = PinWeakness | "signature-pin.weak" | "signature.too-young";

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
