/** Every sentence a person reads. Portuguese is the master; English must say all of it, or nothing compiles. */
import type { Language } from "#core/vocabulary";
import { en } from "./en.ts";
import { letterEn } from "./letter.en.ts";
import { letterPt } from "./letter.pt.ts";
import { messagesEn } from "./messages.en.ts";
import { messagesPt } from "./messages.pt.ts";
import { pt } from "./pt.ts";
import type { Words } from "./pt.ts";

export { isLanguage, languages } from "#core/vocabulary";
export type { Language } from "#core/vocabulary";
export type { Words } from "./pt.ts";

/** What is printed in a PIN letter. */
export const letterWords = { pt: letterPt, en: letterEn };

/** By which we are named where we ask somebody to sign in, as a portal is: on the page and in the message with the code. */
export const ourName = { pt: pt.reservedArea.title, en: en.reservedArea.title };

export const messageCatalogue = { pt: messagesPt, en: messagesEn };

export const wordsIn: Readonly<Record<Language, Words>> = { pt, en };
