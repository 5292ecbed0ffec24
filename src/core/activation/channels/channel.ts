/** What sets one channel apart from another; all else is common (activation.ts). A channel is a folder, and a line in channels.ts. */
import type { Activity } from "#core/activity";
import type { CitizenCards } from "#core/citizen-cards";
import type { Citizens, CivilRegistry, RegisteredPerson } from "#core/citizens";
import type { Contact as Recipient, Messages, PostalCarrier } from "#core/messages";
import type { KeySummary, MobileKeys, NewMobileKey, PinRecord, SealedPin } from "#core/mobile-keys";
import type { Floor } from "#platform/floor";
import type { JobKinds } from "#platform/jobs";
import type { Outcome } from "#platform/outcome";
import type { Contact, ContactMistake } from "../common.ts";
import type { ActivationRow } from "../store.ts";
import type { TaxAuthority } from "./tax-letter/tax-authority.ts";

/** From this each channel takes what it needs. */
export interface ChannelNeeds {
  readonly floor: Floor;
  readonly people: {
    readonly citizens: Citizens;
    readonly registry: CivilRegistry;
    readonly taxAuthority: TaxAuthority;
    readonly cards: CitizenCards;
  };
  readonly keys: MobileKeys;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly post: PostalCarrier;
}

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
  /** ISO 8601. */
  readonly consentAt: string | null;
  /** The key that the person agreed to have replaced, or is being asked about. */
  readonly replaces: string | null;
  readonly choice: Choice | null;
}

/** Of a key about to be made, what its channel decides. */
export type ChannelKey = Pick<NewMobileKey, "id" | "state" | "level" | "signature" | "pinTemporary" | "pinExpiresAt">;

export interface MadeKey {
  readonly keyId: string;
  readonly citizenId: string;
  readonly file: ApplicantFile;
  readonly contact: Recipient;
}

/** A key ready to be made: what took long is done. Both functions join the transaction in which it is. */
export interface Prepared<Refusal extends string> {
  readonly key: ChannelKey;
  readonly pin: PinRecord;
  /** Makes room, before the key is there; the key that had to go, if one had. A refusal undoes all of it. */
  clear(citizenId: string): Promise<Outcome<{ readonly replaced: KeySummary | null }, Refusal>>;
  /** Tells and sends what belongs to the new key; the reference of its letter, if one goes out. */
  conclude(made: MadeKey): Promise<string | null>;
}

/**
 * What the common steps ask of a channel, and what it offers to its pages.
 *
 * `Steps`: what a person does in it alone. `Refusal`: why it says no, besides what all channels may say. `Shown`: what its pages
 * alone show of an activation.
 */
export interface Channel<Steps extends object, Refusal extends string, Shown extends object> {
  readonly steps: Steps;
  /** Whether that person may have a key. Asked again in the transaction that makes it. */
  judge(person: RegisteredPerson): Promise<Refusal | null>;
  /** What the person may choose with the contact; null where the channel lets them choose nothing. */
  choose(file: ApplicantFile, contact: Contact): Promise<Outcome<{ choice: Choice | null }, ContactMistake>>;
  /** Null when the file lacks what the channel needs. */
  prepare(file: ApplicantFile): Promise<Prepared<Refusal> | null>;
  show(row: ActivationRow, file: ApplicantFile | null): Promise<Shown>;
  /** Another key took the place of one: what of this channel was still under way for it is worth nothing. Joins that transaction. */
  forgetKey(keyId: string): Promise<void>;
  readonly jobKinds: JobKinds;
}
