import type { Language } from "#core/vocabulary";

/** Every message a person may get, as the catalogue must be able to say it. SMS in unaccented GSM-7, no links (docs/law.md#message-form). */
export interface MessageWords {
  /** `{code} e o codigo para ENTRAR em "PORTAL". ...`, at most 160 characters with the origin line. */
  signInCode(code: string, portal: string, minutes: number): string;
  activationCode(code: string, minutes: number): string;
  unblockCode(code: string, minutes: number): string;
  /** Goes by e-mail, to an address that may be anybody's: it says nothing of the person. */
  emailCode(code: string, minutes: number): string;
  letterRequested(reference: string): string;
  letterDelivered(reference: string): string;
  letterReturned(reference: string): string;
  letterExpired(reference: string): string;
  keyActive(): string;
  keyReplaced(): string;
  pinWait(minutes: number): string;
  keyLocked(): string;
  keyUnblocked(): string;
  emailChanged(): string;
  emailRemoved(): string;
  strangersClosed(): string;
  temporaryPinVoid(): string;
  keyExpired(): string;
  keyNotActive(): string;
  newBrowser(portal: string): string;
  emailSubject: string;
  emailCodeSubject: string;
  emailClosing: string;
}

export type MessageCatalogue = Readonly<Record<Language, MessageWords>>;
