/** The words of a PIN letter in one language, handed in by whoever makes the carrier. */
export interface LetterWords {
  /** BCP 47. */
  readonly language: string;
  readonly product: string;
  date(day: Date): string;
  readonly reference: string;
  readonly requested: string;
  readonly phone: string;
  readonly expires: string;
  readonly temporaryPin: string;
  readonly title: string;
  readonly intro: string;
  steps(maskedPhone: string): readonly string[];
  readonly notYou: string;
  notYouAdvice(expires: string): string;
  readonly warning: string;
}

/** Portuguese is the letter; the other language repeats it below. */
export interface LetterLanguages {
  readonly pt: LetterWords;
  readonly en: LetterWords;
}
