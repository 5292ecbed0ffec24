/** Portuguese identity numbers and their check digits. */

/** Nine digits: eight and a check digit, modulo 11 (weights 9 to 2). */
export function taxNumber(firstEight: string): string {
  return firstEight + String(mod11(firstEight));
}

/** The check digit of a civil identification number (NIC): modulo 11, the digit that makes the weighted sum a multiple of 11. */
export function civilCheckDigit(civilId: string): string {
  return String(mod11(civilId));
}

/** The twelve characters of a citizen card's document number: NIC, its check digit, a version, and a check over all of it. */
export function cardNumber(civilId: string, version: string): string {
  const body = civilId + civilCheckDigit(civilId) + version;
  const check = Array.from("0123456789").find((digit) => isCardNumber(body + digit));
  if (check === undefined) throw new Error(`no check digit for a card version ${version}`);
  return body + check;
}

export function isTaxNumber(text: string): boolean {
  return /^\d{9}$/.test(text) && taxNumber(text.slice(0, 8)) === text;
}

/** Luhn over base 36, every second character from the right doubled. */
export function isCardNumber(text: string): boolean {
  if (!/^\d{9}[A-Z0-9]{2}\d$/.test(text)) return false;
  const values = Array.from(text)
    .reverse()
    .map((character, place) => luhn(Number.parseInt(character, 36), place % 2 === 1));
  return values.reduce((sum, value) => sum + value, 0) % 10 === 0;
}

function luhn(value: number, doubled: boolean): number {
  if (!doubled) return value;
  return value * 2 > 9 ? value * 2 - 9 : value * 2;
}

/** A remainder that would ask for 10 is written 0, in both numbers. */
function mod11(eight: string): number {
  const sum = Array.from(eight).reduce((total, digit, place) => total + Number(digit) * (9 - place), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 0 : check;
}
