/** One field that takes a phone in any usual form, national or foreign, and can say how it was understood. */
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export type PhoneMistake = "missing" | "notPhone" | "notMobile";
export type PhoneReading = { readonly e164: string; readonly shown: string } | { readonly mistake: PhoneMistake };

/** Kinds that certainly cannot get a text message here; unknown kinds are let through, some countries do not tell them apart. */
const deaf = new Set(["FIXED_LINE", "PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "UAN", "VOICEMAIL", "PAGER"]);

export function readPhone(text: string): PhoneReading {
  if (text === "") return { mistake: "missing" };
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
