/** What both kinds of code page do with a code, and with too much hurry for another. */
import type { Words } from "#words";
import type { Form } from "./form.ts";

type CodeReading = { readonly code: string; readonly mistake: null } | { readonly mistake: string };

/** Six digits, typed in groups or not. Anything else costs no try: it cannot be a code. */
export function readCode({ fields }: Words, form: Form): CodeReading {
  const code = form.text("code").replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(code)) return { code, mistake: null };
  return { mistake: code === "" ? fields.code.missing : fields.code.notCode };
}

export function tooSoon(words: Words, until: Date | undefined): string {
  return until ? words.code.tooSoon(words.dates.timeFrom(until)) : words.code.tooSoonSoon;
}
