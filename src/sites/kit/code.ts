/** A code as a person types it. */
import type { Words } from "#words";
import type { Form } from "./form.ts";

type CodeReading = { readonly code: string; readonly mistake: null } | { readonly mistake: string };

/** Six digits, typed in groups or not. Anything else costs no try: it cannot be a code. */
export function readCode({ fields }: Words, form: Form): CodeReading {
  const code = form.text("code").replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(code)) return { code, mistake: null };
  return { mistake: code === "" ? fields.code.missing : fields.code.notCode };
}
