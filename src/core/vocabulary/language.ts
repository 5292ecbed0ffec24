/** The languages in which people are spoken to: one more is one more entry here, and a file of words beside each site. */
export const languages = ["pt", "en"] as const;

export type Language = (typeof languages)[number];

/** A name as its owner gave it: always in Portuguese, perhaps in others. A new language leaves registered names as they are. */
export type Multilingual = Readonly<Partial<Record<Language, string>>> & { readonly pt: string };

/** A name in the language of whoever reads it, where its owner gave it in that one; else in Portuguese. */
export function inLanguage(name: Multilingual, language: Language): string {
  return name[language] ?? name.pt;
}

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** What is made once for each of them. */
export function inEachLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
  const made = languages.map((language) => [language, make(language)] as const);
  return Object.fromEntries(made) as Record<Language, T>; // Each has its own.
}
