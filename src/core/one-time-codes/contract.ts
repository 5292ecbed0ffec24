/**
 * The sentences in which acts speak of their codes.
 *
 * - An *act* is what one code allows: this very sign-in, activation or change of the key. Its *subject* names it.
 * - The *record* of a code lies in the row of its act: read with it, and written with the step that it allows.
 * - A *try* is one guess. The act counts it in its own row, durably, **before** the digits are compared (docs/decisions/counting.md).
 */
import type { Outcome } from "#platform/outcome";
import type { figures } from "./figures.ts";

export type CodeAct = keyof typeof figures.lives;

/** A code and how long it lives: what the message to the phone is made of. The only place where the digits exist. */
export interface FreshCode {
  readonly digits: string;
  readonly expiresAt: Date;
  readonly minutes: number;
}

/** What is kept of a code: a hash that is keyed, and bound to the subject; how often it was sent again, and when. */
export interface CodeRecord {
  readonly mac: Buffer;
  readonly resends: number;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** One whose tries are counted beside it; those of a sign-in are counted with its key. */
export interface CountedCode extends CodeRecord {
  readonly tries: number;
}

export interface DrawnCode {
  readonly fresh: FreshCode;
  readonly record: CodeRecord;
}

/** What may be shown of a code. */
export interface CodeStanding {
  readonly maskedPhone: string;
  readonly expiresAt: Date;
  /** When another may be asked for; null when none is left. */
  readonly resendAt: Date | null;
}

export interface OneTimeCodes {
  /** A code for that act, and what its row is to keep of it. Nothing is written here, and nothing sent. */
  draw(act: CodeAct, subject: string): Promise<DrawnCode>;
  /**
   * Another in the place of the one in `record`; that one dies when the act writes the new record over it, which gives no try back.
   * "code.too-soon": less than 30 seconds after the last, with the moment from which (`until`). "code.no-more": after two resends.
   */
  redraw(
    act: CodeAct,
    subject: string,
    record: CodeRecord | CountedCode,
  ): Promise<Outcome<DrawnCode, "code.too-soon" | "code.no-more">>;
  /**
   * Judges and counts nothing: the act has counted the try already, in a statement of its own that is committed, and lets itself
   * happen once. "code.expired": too old, and nothing was compared.
   */
  compare(subject: string, record: CodeRecord, digits: string): Promise<Outcome<object, "code.wrong" | "code.expired">>;
  /** When another may be asked for; null when none is left. */
  resendAt(record: CodeRecord | CountedCode): Date | null;
  standing(code: (CodeRecord | CountedCode) & { readonly maskedPhone: string }): CodeStanding;
}
