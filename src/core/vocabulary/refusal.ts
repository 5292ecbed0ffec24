/** What a refusal means to those who are not the person in front of the page: whoever reads the law, and the clerk who is asked about it. */
export interface RefusalMeaning {
  /** What happened, in one sentence. */
  readonly happened: string;
  /** What a desk advises whoever comes with it; null where nobody needs a desk for it. */
  readonly desk: string | null;
}

/** One meaning for each code: a code without one does not compile. */
export type RefusalMeanings<Code extends string> = Readonly<Record<Code, RefusalMeaning>>;
