/** Whom a card's certificate names. Tolerant in form, never in meaning: what cannot be read for sure names nobody. */
import type { CardHolder } from "#core/citizen-cards";
import type { Certificate } from "./certificate.ts";

const SERIAL_NUMBER = "2.5.4.5";
const COMMON_NAME = "2.5.4.3";

/**
 * Nationals bear `BI`, the eight digits of the civil id and its check digit, which is not looked at: it was wrong by design on
 * the old cards. Foreigners bear the kind of document, its country, a dash and its number, as ETSI EN 319 412-1 5.1.3 writes it.
 */
const NATIONAL = /^BI(\d{8})\d?$/;
const FOREIGN = /^([A-Z]{3})([A-Z]{2})-([A-Z0-9]{3,20})$/;

export function holderOf({ subjectParts }: Certificate): { holder: CardHolder; name: string } | null {
  const only = (type: string) => {
    const found = subjectParts.filter(([one]) => one === type);
    return found.length === 1 ? found[0]?.[1] : undefined; // Of two names, which would be the person's?
  };
  const [number, name] = [only(SERIAL_NUMBER), only(COMMON_NAME)?.trim()];
  const holder = number === undefined ? null : readNumber(number.replaceAll(" ", "").toUpperCase());
  return holder && name && name.length <= 200 ? { holder, name } : null;
}

function readNumber(number: string): CardHolder | null {
  const civilId = NATIONAL.exec(number)?.[1];
  if (civilId !== undefined) return { kind: "national", civilId };
  const [, documentKind, country, documentNumber] = FOREIGN.exec(number) ?? [];
  if (documentKind === undefined || country === undefined || documentNumber === undefined) return null;
  return { kind: "foreign", documentKind, country, number: documentNumber };
}
