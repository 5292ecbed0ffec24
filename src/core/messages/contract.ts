/**
 * The sentences in which others send messages.
 *
 * - A *code* is waited for by somebody: first in the queue, worth nothing when it has expired, and paid from a budget.
 * - A *notice* tells of what has happened: to the phone, and to the e-mail where there is one.
 * - A message is *queued* in the transaction of the act it belongs to, and sent after it (platform/jobs). What is *prepared* is
 *   queued by one statement, for what is done at once.
 */
import type { Language } from "#core/vocabulary";
import type { Ready } from "#platform/jobs";
import type { MessageWords } from "./words.ts";

export interface Contact {
  /** E.164. */
  readonly phone: string;
  readonly email: string | null;
  /** One that the key had until now, which is told that it has it no more. */
  readonly formerEmail?: string | null;
  readonly language: Language;
}

export type Sentence = (words: MessageWords) => string;

/** Whom a code goes to, and who asks for it: E.164, the network address of the browser, the portal that is signed in to. */
export interface CodeDestination {
  readonly phone: string;
  readonly address: string;
  readonly portalId?: string;
}

/** An address whose owner is yet to prove that they read it, and who asks: with which key, from which network address. */
export interface EmailCodeDestination {
  readonly email: string;
  readonly keyId: string;
  readonly address: string;
}

export interface Messages {
  /** Whether one more code may go to this number, from this address, for this portal; spends it. Not inside a transaction. */
  admitCode(to: CodeDestination): Promise<boolean>;
  /** As `admitCode`, by e-mail: neither one key nor all of them together may fill a stranger's mailbox. */
  admitEmailCode(to: EmailCodeDestination): Promise<boolean>;
  /** As `admitCode`, for what is done at once: it is not when the code may not go. Null: it may not. */
  prepareAdmission(to: Required<CodeDestination>): Promise<Ready | null>;
  /** Whether this network address has failed too often to be heard again now; asks nobody, so that the right PIN pays nothing. */
  holdsOff(address: string): Promise<boolean>;
  /** One more failed try from this network address. */
  countMiss(address: string): Promise<void>;
  /** A code somebody is waiting for. */
  sendCode(to: Pick<Contact, "phone" | "language">, say: Sentence, expiresAt: Date): Promise<void>;
  /** As `sendCode`, to an address that gets this and nothing else until it is proven. */
  sendEmailCode(to: { email: string; language: Language }, say: Sentence, expiresAt: Date): Promise<void>;
  prepareCode(to: Pick<Contact, "phone" | "language">, say: Sentence, expiresAt: Date): Promise<Ready>;
  /** Tells the phone, and the e-mail if there is one. `key` names the event: told once, however often it is asked. */
  tell(contact: Contact, say: Sentence, key?: string): Promise<void>;
  prepareTell(contact: Contact, say: Sentence): Promise<readonly Ready[]>;
  /** As `tell`, for what a stranger can provoke: silent when the number has heard enough today. */
  warn(contact: Contact, say: Sentence, key: string): Promise<void>;
  purge(): Promise<void>;
  readonly jobKinds: {
    readonly sms: { handle(sms: SmsJob, job: { id: string }): Promise<void>; attempts: number };
    readonly email: { handle(email: EmailJob, job: { id: string }): Promise<void>; attempts: number };
  };
}

export interface SmsJob {
  readonly to: string;
  readonly text: string;
}

export interface EmailJob extends SmsJob {
  readonly subject: string;
}
