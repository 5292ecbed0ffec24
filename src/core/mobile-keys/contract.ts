/**
 * The sentences in which others speak with the keys.
 *
 * - A *mobile key* is a phone and a PIN associated with a citizen. It is *living* until it is replaced, cancelled or closed; *usable*
 *   while nothing stands against its use: no lock, no expiry, no freeze.
 * - A *try* is one guess at a PIN or a code, counted before it is judged (docs/decisions/counting.md). What is *taken back* was none.
 * - A *known browser* has signed in with this key before. It tries in the owner's *lane*, any other in the stranger's.
 * - For *what is done at once* (`Database.atOnce`): where such a function finds nothing to do, none of all that is done.
 */
import type { Language } from "#core/vocabulary";
import type { Guessable, PinWeakness } from "./pin-rules.ts";
import type { PinRecord } from "./pins.ts";
import type { Closed, KeyCondition, KeyState, LaneName } from "./rules.ts";
import type { KeySummary, NewKey } from "./store.ts";

export type CheckedPin =
  | RightPin
  /** `why` is for the owner alone: null when there is nothing to tell yet, or nobody to tell. */
  | { readonly right: false; readonly why: Closed | null; readonly until: Date | null };

export interface RightPin {
  readonly right: true;
  readonly key: KeySummary;
  readonly lane: LaneName;
  /** Of the PIN it was compared with. */
  readonly verifier: Buffer;
}

export interface CountedCodeTry {
  readonly left: number;
  readonly key: KeySummary;
  readonly knownBrowser: boolean;
}

/** A living key as its owner sees it. */
export interface OwnedKey {
  readonly id: string;
  readonly condition: KeyCondition;
  /** E.164. */
  readonly phone: string;
  readonly email: string | null;
  readonly language: Language;
  readonly validUntil: Date;
}

/** `signature`: whether its holder may enable it anywhere, or at a desk alone (docs/law.md#signature-at-desk). */
export type NewMobileKey = NewKey;

export interface MobileKeys extends KeyTries, KeyPins, KeyLife, KeyQueries {}

/** Who may try, and what a try costs. `browser`: the secret of its cookie, of which a hash is kept. */
export interface KeyTries {
  /**
   * Counts, then judges, in constant work whatever the answer: `phone` (E.164) may be nobody's. Not inside a transaction: a rolled
   * back count is a free guess.
   */
  checkPin(phone: string, pin: string, browser: string): Promise<CheckedPin>;
  /** Takes the count of a right PIN back. For what is done at once: not done when the key has another PIN by now, and the proof is worth nothing. */
  acceptPin(right: RightPin): Promise<void>;
  /** Takes one of the key's code tries before the code is compared; the key and how many are left then, null when the key is locked. Not inside a transaction. */
  countCodeTry(keyId: string, browser: string): Promise<CountedCodeTry | null>;
  /** No code was compared after all. */
  takeBackCodeTry(keyId: string): Promise<void>;
  /** PIN and code were right. For what is done at once: not done when the key ended or was locked meanwhile, and the proof is worth nothing. */
  recordSuccess(keyId: string, browser: string): Promise<void>;
  /** For what is done at once: not done unless the key may plainly be used. Where it is not done, `loadUsable` says whether it may. */
  requireUsable(keyId: string): Promise<void>;
  /** Marks the browser in which the key was asked for as the owner's. */
  recordBrowser(keyId: string, browser: string): Promise<void>;
  /** Its owner came with the citizen card: browsers nobody knows may try again, if they were shut out (docs/law.md#victims-lane). */
  reopenToStrangers(citizenId: string): Promise<void>;
}

/** PINs on their way to a key. The record of one is bound to its key and its use, and worth nothing for another. */
export interface KeyPins {
  /** Makes the record of a sign-in PIN for that key; slow on purpose, so done before the transaction. */
  preparePin(keyId: string, pin: string): Promise<PinRecord>;
  /** As `preparePin`, for the PIN that signs. */
  prepareSignaturePin(keyId: string, pin: string): Promise<PinRecord>;
  /** Why that may not be the key's new PIN; null when it may. */
  judgeNewPin(keyId: string, pin: string, guessable: Omit<Guessable, "phone">): Promise<PinWeakness | null>;
  /** Whether that is the PIN the key has. Counts nothing: the answer must never reach whoever typed the PIN before they proved all else. */
  hasPin(keyId: string, pin: string): Promise<boolean>;
  /** The chosen PIN takes the place of the temporary one. False when that already happened. */
  activate(keyId: string, pin: PinRecord): Promise<boolean>;
  /** A locked key opens again with a new PIN, every count at zero. Joins the caller's transaction. False when it is not locked, or ended. */
  unblock(keyId: string, pin: PinRecord): Promise<boolean>;
  /** The person wants to sign documents too, with `pin` or, where it is null, with the sign-in PIN. Joins the caller's transaction. */
  wishSignature(keyId: string, pin: PinRecord | null): Promise<void>;
}

/** How a key begins and ends. */
export interface KeyLife {
  /** Joins the caller's transaction. False when phone or person already has a living key. */
  create(key: NewMobileKey, pin: PinRecord): Promise<boolean>;
  /** Ends a living key in favour of another. Joins the caller's transaction, in which that one is made. False when it lives no more. */
  replace(keyId: string): Promise<boolean>;
  /** Another e-mail, or none, for a key in use that still has `former`. Joins the caller's transaction. False when it is neither. */
  changeEmail(keyId: string, email: string | null, former: string | null): Promise<boolean>;
  /** Ends a key that still waits for its letter; `reason` is written down with it. False when it waits for none. */
  endPending(keyId: string, reason: string): Promise<boolean>;
}

export interface KeyQueries {
  load(keyId: string): Promise<KeySummary | null>;
  /** As `load`, but null too for a key that is locked, expired, frozen or over: what was proven with it may be used no more. */
  loadUsable(keyId: string): Promise<KeySummary | null>;
  living(citizenId: string): Promise<{ id: string; state: KeyState } | null>;
  owned(citizenId: string): Promise<OwnedKey | null>;
  phoneIsTaken(phone: string): Promise<boolean>;
  /** By phone, for a warning to its owner. */
  ownerOf(phone: string): Promise<KeySummary | null>;
  /** Keys whose temporary PIN can no longer be used. */
  spentTemporary(): Promise<string[]>;
}
