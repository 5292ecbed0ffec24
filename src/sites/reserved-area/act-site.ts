/** What an act gives to the pages that all acts share. */
import type { Form, Mistakes, Page } from "#sites/kit";
import type { Words } from "#words";

/** `Given`: what is typed in its form. `Mistake`: what core may want corrected there. */
export interface ActSite<Given, Mistake extends string> extends ActLook {
  read(words: Words, form: Form): { readonly given: Given; readonly mistakes: Mistakes };
  mistaken(words: Words, mistake: Mistake): Mistakes;
  formView(words: Words, props: ActFormProps<Given, Mistake>): Page;
}

/** How its pages are called and what they say, whatever is typed there. */
export interface ActLook {
  /** Of its pages: "unblock" has "unblock-code", "unblock-done". */
  readonly name: string;
  readonly path: string;
  words(words: Words): ActWords;
}

export interface ActWords {
  /** On the reserved area's first page. */
  readonly offer: string;
  readonly steps: { readonly form: string; readonly code: string; readonly done: string };
  readonly codeTitle: string;
  codeSent(to: string): string;
  readonly codeCheck: string;
  readonly noCode: string;
  /** Where what was typed may be what is wrong: says so on a button that leads back to the form. */
  readonly again?: string;
  readonly confirm: string;
  /** Where a button confirms, and no code. */
  readonly confirmation?: { readonly title: string; lead(email: string): string; readonly button: string };
  readonly doneTitle: string;
  readonly doneLead: string;
  readonly doneNote: string;
}

export interface ActFormProps<Given, Mistake extends string> {
  readonly csrf: string;
  readonly mistakes: Mistakes;
  readonly mistake: Mistake | null;
  /** As typed before, where something of it is to be corrected. */
  readonly given: Given | null;
  /** The key's own. */
  readonly email: string | null;
}
