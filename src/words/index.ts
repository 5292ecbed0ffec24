/** Every sentence a person reads. Portuguese is the master; English must say all of it, or nothing compiles. */
import { en } from "./en.ts";
import { letterEn } from "./letter.en.ts";
import { letterPt } from "./letter.pt.ts";
import { messagesEn } from "./messages.en.ts";
import { messagesPt } from "./messages.pt.ts";
import { pt } from "./pt.ts";
import type { Words } from "./pt.ts";

export type { Words } from "./pt.ts";

/** What is printed in a PIN letter. */
export const letterWords = { pt: letterPt, en: letterEn };

/** By which we are named where we ask somebody to sign in, as a portal is: on the page and in the message with the code. */
export const ourName = { pt: pt.reservedArea.title, en: en.reservedArea.title };

export const messageCatalogue = { pt: messagesPt, en: messagesEn };

export const languages = ["pt", "en"] as const;
export type Language = (typeof languages)[number];

export const wordsIn: Readonly<Record<Language, Words>> = { pt, en };

export function isLanguage(value: string | null | undefined): value is Language {
  return value === "pt" || value === "en";
}
