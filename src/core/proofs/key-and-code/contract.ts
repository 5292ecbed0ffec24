/**
 * The sentences of phone, PIN and code.
 *
 * - *right PIN*: one that was compared and found right, and whose try is still counted until a code goes out.
 * - *code*: what was sent to the phone, as whoever asked for it keeps it beside its own act.
 * - *try*: one guess at that code, counted with the key before it is compared.
 */
import type { Visitor } from "#core/vocabulary";
import type { Citizens } from "#core/citizens";
import type { CountedCodeTry, KeySummary, PinRecord, PinWeakness, RightPin } from "#core/mobile-keys";
import type { CodeRecord } from "#core/one-time-codes";
import type { Ready } from "#platform/jobs";
import type { Outcome } from "#platform/outcome";
import type { Occasion, Proven } from "../proven.ts";
import type { Warning } from "./owner-warnings.ts";

export interface KeyCode extends CodeRecord {
  /** "+351 ••• ••• 567" */
  readonly maskedPhone: string;
}

/** A code that is ready to go, and whose it is. */
export interface PreparedCode {
  readonly keyId: string;
  readonly citizenId: string;
  readonly code: KeyCode;
  /** The try taken back, what the SMS costs, and the SMS: done at once with what keeps the code. */
  readonly ready: readonly Ready[];
}

type Citizen = NonNullable<Awaited<ReturnType<Citizens["load"]>>>;

/** A PIN of the person's own, in the place of a temporary one. */
export interface ChosenPin {
  readonly key: KeySummary;
  readonly citizen: Citizen;
  readonly record: PinRecord;
  /** What it proves: the same as the code that led to it. */
  readonly proven: Proven;
}

export type CodeTry = CountedCodeTry;

export interface KeyAndCode {
  /**
   * `phone` in E.164. Counts, then judges. Whatever was wrong (unknown, wrong, locked, waiting, expired, frozen) it is the same
   * refusal in the same time: the owner hears the truth by SMS. Not inside a transaction: a rolled back count is a free guess.
   */
  checkPin(
    visitor: Visitor,
    given: { readonly phone: string; readonly pin: string },
  ): Promise<Outcome<{ right: RightPin }, "sign-in.refused" | "address.too-many">>;
  /** Null when no SMS may go there now. */
  prepareCode(occasion: Occasion, right: RightPin): Promise<PreparedCode | null>;
  /** No code went out after all: takes the try back. Refused when the key has another PIN by now. */
  withdrawPin(visitor: Visitor, right: RightPin): Promise<Outcome<object, "sign-in.refused">>;
  /** Another code in the place of that one; `send` joins the transaction in which it is kept. */
  prepareResend(
    occasion: Occasion,
    identified: { readonly keyId: string; readonly code: KeyCode },
  ): Promise<Outcome<{ code: KeyCode; send: Ready }, "key.gone" | "code.too-soon" | "code.no-more" | "sms.too-many">>;
  /** When another code may be asked for; null when no resend is left. */
  resendAt(code: KeyCode): Date | null;
  /** One statement. Null when the key has no try left. Not inside a transaction, unless what else is in it cannot undo it. */
  countTry(keyId: string, browser: string): Promise<CodeTry | null>;
  /** No code was compared after all. */
  takeBackTry(keyId: string): Promise<void>;
  /** Compares with what was counted. The last wrong one locks the key, and its owner hears of it. */
  judgeCode(
    occasion: Occasion,
    code: KeyCode,
    counted: CodeTry,
    digits: string,
  ): Promise<Outcome<object, "code.wrong" | "code.expired" | "code.used-up">>;
  /** PIN and code were right. Where a temporary PIN is still to be replaced it opens nothing yet, and nobody is told. */
  provenBy(occasion: Occasion, counted: CodeTry): Promise<Proven>;
  /** A weak PIN is to be corrected. Slow on purpose, so done before the transaction. */
  judgeNewPin(keyId: string, pin: string): Promise<Outcome<{ chosen: ChosenPin }, PinWeakness | "key.gone">>;
  /** Joins the caller's transaction. False when the key was given a PIN, or ended, meanwhile. */
  activate(chosen: ChosenPin, portalId: string): Promise<boolean>;
  readonly jobKinds: {
    readonly "owner-warning": { handle(warning: Warning, job: { readonly id: string }): Promise<void> };
  };
}
