/** A phone as people read it. How it is read when typed: `typed.ts`. */
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** A number that no line break may tear apart. */
export function unbroken(phone: string): string {
  return phone.replaceAll(" ", "\u00a0");
}

/** "+351912345678" as people group it; whatever it cannot read comes back as it is. */
export function showPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}
