/** What a person types into a field, read: a phone, an e-mail address, a code, a PIN. One place, so that it is read alike everywhere. */
import { domainToASCII } from "node:url";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Words } from "#words";
import type { Mistakes } from "./fields.ts";
import type { Form } from "./form.ts";

export type PhoneMistake = "missing" | "notPhone" | "notMobile";
export type PhoneReading = { readonly e164: string; readonly shown: string } | { readonly mistake: PhoneMistake };

/** Kinds that certainly cannot get a text message here; unknown kinds are let through, some countries do not tell them apart. */
const deaf = new Set(["FIXED_LINE", "PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "UAN", "VOICEMAIL", "PAGER"]);

/** What nearly everybody types needs no table of all the countries: the national plan gives 91, 92, 93 and 96 to mobiles. */
const homeMobile = /^(?:\+351|00351)?(9[1236]\d{7})$/;

/** One field takes a phone in any usual form, national or foreign, and can say how it was understood. */
export function readPhone(text: string): PhoneReading {
  if (text === "") return { mistake: "missing" };
  const [, home] = homeMobile.exec(text.replaceAll(/[\s\u00a0]/g, "")) ?? [];
  if (home !== undefined) return { e164: `+351${home}`, shown: `+351 ${home.replace(/(...)(...)/, "$1 $2 ")}` };
  if (!/^[+\d\s().\u00a0/-]{3,40}$/.test(text)) return { mistake: "notPhone" };
  const phone = parsePhoneNumberFromString(text, { defaultCountry: "PT", extract: false });
  if (!phone?.isValid() || phone.ext) return { mistake: "notPhone" };
  if (deaf.has(phone.getType() ?? "")) return { mistake: "notMobile" };
  return { e164: phone.number, shown: phone.formatInternational() };
}

/** The address in the form we send to, or null when it cannot be one. Whether it is read by its owner is another matter. */
export function readEmail(text: string): string | null {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), domainToASCII(text.slice(at + 1))];
  const localFits = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local) && local.length <= 64;
  const domainFits = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain);
  return at > 0 && localFits && domainFits && text.length <= 254 ? `${local}@${domain}` : null;
}

type CodeReading = { readonly code: string; readonly mistake: null } | { readonly mistake: string };

/** Field `code`: six digits, typed in groups or not. Anything else costs no try: it cannot be a code. */
export function readCode({ fields }: Words, form: Form): CodeReading {
  const code = form.text("code").replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(code)) return { code, mistake: null };
  return { mistake: code === "" ? fields.code.missing : fields.code.notCode };
}

export interface PinReading {
  readonly pin: string;
  /** None: it has the form of a PIN. Whether it is the right one, or a good one, is for core to say. */
  readonly mistakes: Mistakes;
}

const hasForm = (pin: string) => /^\d{4,8}$/.test(pin);

/** Field `pin`: the one that the person has. */
export function readPin({ fields }: Words, form: Form): PinReading {
  const pin = form.text("pin");
  return { pin, mistakes: hasForm(pin) ? {} : { pin: pin === "" ? fields.pin.missing : fields.pin.notPin } };
}

/** Fields `pin_new` and `pin_repeat`, or those of another PIN: one being chosen, typed twice. */
export function readNewPin({ fields: { newPin } }: Words, form: Form, name: "pin" | "signature_pin" = "pin"): PinReading {
  const [pin, repeat] = [form.text(`${name}_new`), form.text(`${name}_repeat`)];
  if (!hasForm(pin)) return { pin, mistakes: { [`${name}_new`]: pin === "" ? newPin.missing : newPin.weakness["pin.length"] } };
  if (repeat === pin) return { pin, mistakes: {} };
  return { pin, mistakes: { [`${name}_repeat`]: repeat === "" ? newPin.repeatMissing : newPin.different } };
}

export function isPinWeakness({ fields }: Words, refusal: string): refusal is keyof Words["fields"]["newPin"]["weakness"] {
  return Object.hasOwn(fields.newPin.weakness, refusal);
}

/** Fields `phone` and `email` (which may be left out), with what was typed for showing them again. */
export function readContact({ fields }: Words, form: Form) {
  const typed = { phone: form.text("phone"), email: form.text("email") };
  const phone = readPhone(typed.phone);
  const email = typed.email === "" ? null : readEmail(typed.email);
  const mistakes: Mistakes = {
    ...("mistake" in phone && { phone: fields.phone[phone.mistake] }),
    ...(typed.email !== "" && email === null && { email: fields.email.notEmail }),
  };
  const given = "e164" in phone ? { phone: phone.e164, email } : null;
  return { typed, mistakes, understood: "shown" in phone ? phone.shown : null, given };
}
