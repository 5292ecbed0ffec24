/** The sample people: plainly invented, one for each thing the product must show. Days are counted from `today`. */
import type { DocumentKind } from "#core/citizens";
import { daysFrom, yearsFrom } from "./calendar.ts";
import { cardNumber, civilCheckDigit, taxNumber } from "./numbers.ts";
import type { CardSketch, Person } from "./person.ts";

export interface Sketch {
  readonly civilId: string;
  readonly given: string;
  readonly family: string;
  readonly document: DocumentKind;
  readonly phone: string;
  readonly note: string;
  /** Years of age; the birthday was forty days ago. */
  readonly age?: number;
  readonly nationality?: string;
  /** Days until the document expires. */
  readonly expiresIn?: number;
  readonly cancelled?: boolean;
  /** A permit or passport need not come with a tax number. */
  readonly withoutTaxNumber?: boolean;
  readonly addressKnownFor?: number;
  readonly deceased?: boolean;
  readonly card?: CardSketch;
}

const SKETCHES: readonly Sketch[] = [
  {
    civilId: "10000101",
    given: "Leonor",
    family: "Exemplo Sereno",
    document: "CC",
    phone: "+351910000101",
    age: 34,
    note: "national with a valid citizen card: any way to activate",
  },
  {
    civilId: "10000202",
    given: "Tomás",
    family: "Exemplo Ribeira",
    document: "CC",
    phone: "+351920000202",
    age: 71,
    card: { key: "RSA-3072" },
    note: "a second national with a valid citizen card, an older one (RSA)",
  },
  {
    civilId: "10000303",
    given: "Duarte",
    family: "Ensaio Passado",
    document: "CC",
    phone: "+351930000303",
    age: 45,
    expiresIn: -60,
    note: "citizen card expired two months ago: cannot activate online",
  },
  {
    civilId: "10000404",
    given: "Olímpia",
    family: "Amostra Antiga",
    document: "BI",
    phone: "+351960000404",
    age: 82,
    note: "holds an Identity Document (BI) only: is sent to a desk",
  },
  {
    civilId: "90000505",
    given: "Ingrid",
    family: "Provett Nordamostra",
    document: "PAS",
    phone: "+46701740605",
    age: 29,
    nationality: "SE",
    withoutTaxNumber: true,
    note: "foreigner with a passport, no tax number, a foreign phone: desk only, tax number recommended",
  },
  {
    civilId: "90000606",
    given: "Thiago",
    family: "Modelo Fictício",
    document: "TR",
    phone: "+351910000606",
    age: 38,
    nationality: "BR",
    note: "residence permit with a tax number: desk",
  },
  {
    civilId: "90000707",
    given: "Amina",
    family: "Teste Inventada",
    document: "TR",
    phone: "+351920000707",
    age: 26,
    nationality: "CV",
    withoutTaxNumber: true,
    note: "residence permit without a tax number: refused at the desk",
  },
  {
    civilId: "90000808",
    given: "Chiara",
    family: "Esempio Finta",
    document: "CR",
    phone: "+351930000808",
    age: 52,
    nationality: "IT",
    note: "residence card of a European citizen, with a tax number: desk",
  },
  {
    civilId: "10000909",
    given: "Matilde",
    family: "Ensaio Pequeno",
    document: "CC",
    phone: "+351960000909",
    age: 15,
    note: "minor of 15: may sign in, may not sign documents",
  },
  {
    civilId: "10001010",
    given: "Rui",
    family: "Amostra Mudança",
    document: "CC",
    phone: "+351910001010",
    age: 41,
    addressKnownFor: 7,
    note: "address changed last week: no letter, is sent to a desk",
  },
  {
    civilId: "10001111",
    given: "Beatriz",
    family: "Exemplo Cartão",
    document: "CC",
    phone: "+351920001111",
    age: 30,
    note: "holds a key activated by citizen card, with PIN 582046",
  },
  {
    civilId: "10001212",
    given: "Afonso",
    family: "Exemplo Finanças",
    document: "CC",
    phone: "+351930001212",
    age: 58,
    note: "holds a key activated through the tax authority, with PIN 730591: signature only at a desk",
  },
  {
    civilId: "10001313",
    given: "Júlia",
    family: "Ensaio Perdido",
    document: "CC",
    phone: "+351960001313",
    age: 23,
    cancelled: true,
    note: "citizen card reported lost and cancelled",
  },
  {
    civilId: "10001414",
    given: "Amadeu",
    family: "Amostra Saudade",
    document: "CC",
    phone: "+351910001414",
    age: 90,
    deceased: true,
    note: "deceased, as the civil registry knows: nothing may be activated",
  },
  {
    civilId: "10001515",
    given: "Clara",
    family: "Exemplo Quasefim",
    document: "CC",
    phone: "+351920001515",
    age: 47,
    expiresIn: 20,
    note: "citizen card that expires in twenty days: reminders, then the thirty days of grace",
  },
  {
    civilId: "10001616",
    given: "Henrique",
    family: "Ensaio Suspenso",
    document: "CC",
    phone: "+351930001616",
    age: 36,
    card: { suspended: true },
    note: "citizen card whose certificates are suspended: cannot be used until the hold is lifted",
  },
  {
    civilId: "90001717",
    given: "Luana",
    family: "Modelo Igualdade",
    document: "CC",
    phone: "+351960001717",
    age: 33,
    nationality: "BR",
    note: "foreigner with a citizen card (equal rights), whose certificate names a passport instead of a civil id",
  },
  {
    civilId: "10001818",
    given: "Sara",
    family: "Ensaio Trancada",
    document: "CC",
    phone: "+351920001818",
    age: 39,
    note: "holds a key that is locked (its PIN was 406913): unblock it in the reserved area with the citizen card and a new PIN",
  },
];

const PLACES: readonly (readonly [line: string, postalCode: string, locality: string])[] = [
  ["Rua das Amostras, 12, 3.º Esq.", "1990-101", "Vila Exemplo"],
  ["Travessa do Ensaio, 7", "4990-202", "Aldeia do Ensaio"],
  ["Largo da Prova, 1, R/C Dto.", "3990-303", "São Modelo"],
];

export function samplePeople(today: string): Person[] {
  return SKETCHES.map((sketch) => draw(sketch, today));
}

/** The whole person a sketch stands for: every number is derived from the civil id, so that it is the same each time. */
export function draw(sketch: Sketch, today: string): Person {
  const { civilId, age = 30 } = sketch;
  const hasTaxNumber = sketch.withoutTaxNumber !== true;
  return {
    civilId,
    taxNumber: hasTaxNumber ? taxNumberOf(civilId) : null,
    taxPassword: hasTaxNumber ? `financas-${civilId.slice(4)}` : null,
    givenNames: sketch.given,
    familyNames: sketch.family,
    birthDate: daysFrom(yearsFrom(today, -age), -40),
    nationality: sketch.nationality ?? "PT",
    deceased: sketch.deceased ?? false,
    document: {
      kind: sketch.document,
      number: documentNumber(sketch.document, civilId),
      expires: daysFrom(today, sketch.expiresIn ?? 1500),
      cancelled: sketch.cancelled ?? false,
    },
    address: homeOf(civilId, daysFrom(today, -(sketch.addressKnownFor ?? 900))),
    phone: sketch.phone,
    email: emailOf(sketch),
    cardPin: sketch.document === "CC" ? civilId.slice(4) : null,
    ...(sketch.card === undefined ? {} : { card: sketch.card }),
    note: sketch.note,
  };
}

/** Foreigners' tax numbers begin with 29 here, so that both rows of civil ids stay apart. */
function taxNumberOf(civilId: string): string {
  return taxNumber(civilId.startsWith("9") ? `29${civilId.slice(2)}` : `2${civilId.slice(1)}`);
}

const DOCUMENT_NUMBERS: Readonly<Record<DocumentKind, (civilId: string) => string>> = {
  CC: (civilId) => cardNumber(civilId, "ZX"),
  BI: (civilId) => civilId + civilCheckDigit(civilId),
  PAS: (civilId) => `XP${civilId.slice(2)}`,
  TR: (civilId) => `TX${civilId.slice(1)}`,
  CR: (civilId) => `CX${civilId.slice(1)}`,
};

function documentNumber(kind: DocumentKind, civilId: string): string {
  return DOCUMENT_NUMBERS[kind](civilId);
}

function homeOf(civilId: string, since: string): Person["address"] {
  const place = PLACES[Number(civilId) % PLACES.length] ?? PLACES[0];
  const [line, postalCode, locality] = place ?? ["Rua das Amostras, 12", "1990-101", "Vila Exemplo"];
  return { lines: [line], postalCode, locality, country: "PT", since };
}

/** `.example` can belong to nobody (RFC 2606). */
function emailOf({ given, family, civilId }: Sketch): string {
  const plain = `${given}.${family.split(" ").at(-1) ?? ""}`.normalize("NFD").replaceAll(/[^A-Za-z.]/g, "");
  return `${plain.toLowerCase()}.${civilId.slice(4)}@correio.example`;
}
