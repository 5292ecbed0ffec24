/** The languages in which people are spoken to: one more is one more entry here, and a file of words beside each site. */
export const languages = ["pt", "en"] as const;

export type Language = (typeof languages)[number];

/** A sentence or name in each of them. */
export type Multilingual = Readonly<Record<Language, string>>;

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** What is made once for each of them. */
export function inEachLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
  const made = languages.map((language) => [language, make(language)] as const);
  return Object.fromEntries(made) as Record<Language, T>; // Each has its own.
}
