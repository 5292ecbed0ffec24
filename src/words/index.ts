/**
 * Every sentence a person reads, put together: a site's words stand beside its pages, those of messages and letters here.
 * Portuguese is the master; a language that does not say all of it does not compile.
 */
import type { MessageWords } from "#core/messages";
import { inEachLanguage, type Language } from "#core/vocabulary";
import { activationEn } from "../sites/activation/words.en.ts";
import { activationPt, type ActivationWords } from "../sites/activation/words.pt.ts";
import { homeEn } from "../sites/home/words.en.ts";
import { homePt, type HomeWords } from "../sites/home/words.pt.ts";
import { kitEn } from "../sites/kit/words.en.ts";
import { kitPt, type KitWords } from "../sites/kit/words.pt.ts";
import { reservedAreaEn } from "../sites/reserved-area/words.en.ts";
import { reservedAreaPt, type ReservedAreaWords } from "../sites/reserved-area/words.pt.ts";
import { signInEn } from "../sites/sign-in/words.en.ts";
import { signInPt, type SignInWords } from "../sites/sign-in/words.pt.ts";
import { letterEn } from "./letter.en.ts";
import { letterPt } from "./letter.pt.ts";
import { messagesEn } from "./messages.en.ts";
import { messagesPt } from "./messages.pt.ts";

export interface Words extends KitWords, HomeWords, ActivationWords, SignInWords, ReservedAreaWords {}

type InEach<SiteWords> = Readonly<Record<Language, SiteWords>>;

const kit: InEach<KitWords> = { pt: kitPt, en: kitEn };
const home: InEach<HomeWords> = { pt: homePt, en: homeEn };
const activation: InEach<ActivationWords> = { pt: activationPt, en: activationEn };
const signIn: InEach<SignInWords> = { pt: signInPt, en: signInEn };
const reservedArea: InEach<ReservedAreaWords> = { pt: reservedAreaPt, en: reservedAreaEn };

export const wordsIn: InEach<Words> = inEachLanguage((language) => ({
  ...kit[language],
  ...home[language],
  ...activation[language],
  ...signIn[language],
  ...reservedArea[language],
}));

export const messageCatalogue: InEach<MessageWords> = { pt: messagesPt, en: messagesEn };

/** What is printed in a PIN letter, which says everything in both, whatever language its reader chose. */
export const letterWords = { pt: letterPt, en: letterEn };

/** By which we are named where we ask somebody to sign in, as a portal is: on the page and in the message with the code. */
export const ourName = inEachLanguage((language) => reservedArea[language].reservedArea.title);
