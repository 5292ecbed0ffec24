/** What sets one way to a key apart from another; all else is common (activation.ts). */
import type { Language } from "#core/vocabulary";
import type { RegisteredPerson } from "#core/citizens";
import type { NewMobileKey, PinRecord, SealedPin } from "#core/mobile-keys";
import type { Outcome } from "#platform/outcome";
import type { ActivationRefusal, ChannelName, Contact, ContactMistake } from "../contract.ts";

/** A chosen PIN, already as it will be kept. */
export interface Choice {
  readonly keyId: string;
  readonly pin: SealedPin;
  readonly signature: { readonly pin: SealedPin | null } | null;
}

/** What was learned and typed so far; sealed at rest, wiped at the end. */
export interface ApplicantFile {
  readonly person: RegisteredPerson;
  readonly contact: { readonly phone: string; readonly email: string | null } | null;
  readonly consentAt: string | null;
  /** The key that the person agreed to have replaced, or is being asked about. */
  readonly replaces: string | null;
  readonly choice: Choice | null;
}

/** Of a key about to be made, what its channel decides. */
export type ChannelKey = Pick<NewMobileKey, "id" | "state" | "level" | "pinTemporary" | "pinExpiresAt">;

export interface MadeKey {
  readonly keyId: string;
  readonly citizenId: string;
  readonly file: ApplicantFile;
  readonly contact: { readonly phone: string; readonly email: string | null; readonly language: Language };
}

/** A key ready to be made: what took long is done. Both functions join the transaction in which it is. */
export interface Prepared {
  readonly key: ChannelKey;
  readonly pin: PinRecord;
  /** Makes room, before the key is there. A refusal undoes all of it. */
  clear(citizenId: string): Promise<ActivationRefusal | null>;
  /** Tells and sends what belongs to the new key; the reference of its letter, if one goes out. */
  conclude(made: MadeKey): Promise<string | null>;
}

export interface Channel {
  readonly name: ChannelName;
  /** Where the person goes once we know who they are. */
  readonly afterIdentifying: "consent" | "contact";
  /** Asked twice: when the person is known, and again in the transaction that makes the key. */
  judge(person: RegisteredPerson): Promise<ActivationRefusal | null>;
  /** What the person may choose with the contact; null where the channel lets them choose nothing. */
  choose(file: ApplicantFile, contact: Contact): Promise<Outcome<{ choice: Choice | null }, ContactMistake>>;
  /** Null when the file lacks what the channel needs. */
  prepare(file: ApplicantFile): Promise<Prepared | null>;
}
