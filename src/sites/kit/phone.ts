/** One field that takes a phone in any usual form, national or foreign, and can say how it was understood. */
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export type PhoneMistake = "missing" | "notPhone" | "notMobile";
export type PhoneReading = { readonly e164: string; readonly shown: string } | { readonly mistake: PhoneMistake };

/** Kinds that certainly cannot get a text message here; unknown kinds are let through, some countries do not tell them apart. */
const deaf = new Set(["FIXED_LINE", "PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "UAN", "VOICEMAIL", "PAGER"]);

/** What nearly everybody types needs no table of all the countries: the national plan gives 91, 92, 93 and 96 to mobiles. */
const homeMobile = /^(?:\+351|00351)?(9[1236]\d{7})$/;

export function readPhone(text: string): PhoneReading {
  if (text === "") return { mistake: "missing" };
  const plain = text.replaceAll(/[\s\u00a0]/g, "");
  const [, home] = homeMobile.exec(plain) ?? [];
  if (home !== undefined)
    return { e164: `+351${home}`, shown: `+351 ${home.slice(0, 3)} ${home.slice(3, 6)} ${home.slice(6)}` };
  if (!/^[+\d\s().\u00a0/-]{3,40}$/.test(text)) return { mistake: "notPhone" };
  const phone = parsePhoneNumberFromString(text, { defaultCountry: "PT", extract: false });
  if (!phone?.isValid() || phone.ext) return { mistake: "notPhone" };
  if (deaf.has(phone.getType() ?? "")) return { mistake: "notMobile" };
  return { e164: phone.number, shown: phone.formatInternational() };
}

/** A number that no line break may tear apart. */
export function unbroken(phone: string): string {
  return phone.replaceAll(" ", "\u00a0");
}

/** "+351912345678" as people group it; whatever it cannot read comes back as it is. */
export function showPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}
