/** The code that confirms an act, on its way to a phone or to an e-mail address. */
import type { Language } from "#core/vocabulary";
import { maskedPhone } from "#core/messages";
import type { CodeAct, DrawnCode } from "#core/one-time-codes";
import type { ActNeeds, CodeTo } from "./definition.ts";

/** Of which key, and from which network address: whoever sends too much is one of them. */
interface Sender {
  readonly keyId: string;
  readonly address: string;
}

/** Null when one more may go there; spends it. Not inside a transaction. */
export async function admit(
  { messages }: ActNeeds,
  to: CodeTo,
  { keyId, address }: Sender,
): Promise<"sms.too-many" | "email.too-many" | null> {
  if ("phone" in to) return (await messages.admitCode({ phone: to.phone, address })) ? null : "sms.too-many";
  return (await messages.admitEmailCode({ email: to.email, address, keyId })) ? null : "email.too-many";
}

/** Joins the transaction in which the code is kept. */
export function send({ messages }: ActNeeds, to: CodeTo, language: Language, fresh: DrawnCode["fresh"]): Promise<void> {
  const { digits, minutes, expiresAt } = fresh;
  return "phone" in to
    ? messages.sendCode({ phone: to.phone, language }, (words) => to.say(words, digits, minutes), expiresAt)
    : messages.sendEmailCode({ email: to.email, language }, (words) => to.say(words, digits, minutes), expiresAt);
}

/** The phone masked; an address whole, for whoever typed it wrong must see it. */
export function shownTo(to: CodeTo): string {
  return "phone" in to ? maskedPhone(to.phone) : to.email;
}

/** Which decides how long it lives. */
export function codeActOf(to: CodeTo): CodeAct {
  return "phone" in to ? "act-by-sms" : "act-by-email";
}
