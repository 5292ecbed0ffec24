/** What the civil registry says of a person, and what we keep of it. Dates without a time are "YYYY-MM-DD". */

/** Citizen card, Identity Document (bilhete de identidade), passport, residence permit, residence card. */
export type DocumentKind = "CC" | "BI" | "PAS" | "TR" | "CR";

export interface IdentityDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly expires: string;
  readonly cancelled: boolean;
}

export interface Address {
  /** Street and door, as printed on an envelope: one or two lines. */
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly locality: string;
  readonly country: string;
  /** The day the registry learned of it. */
  readonly since: string;
}

/** As printed on an envelope, without name and country. */
export function addressLines({ lines, postalCode, locality }: Address): string[] {
  return [...lines, `${postalCode} ${locality}`];
}

export function addressInOneLine(address: Address): string {
  return addressLines(address).join(", ");
}

/** What the registry and we call a person by. */
interface Identity {
  readonly civilId: string;
  readonly taxNumber: string | null;
  readonly name: string;
  readonly givenNames: string;
  readonly familyNames: string;
  readonly birthDate: string;
  /** ISO 3166-1 alpha-2. */
  readonly nationality: string;
  readonly address: Address | null;
}

export interface RegisteredPerson extends Identity {
  readonly deceased: boolean;
  readonly document: IdentityDocument | null;
}

/** A person as we keep them. */
export interface Citizen extends Identity {
  readonly id: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
  readonly documentExpires: string;
}

/** By which a person and their document are told apart: whoever knows the person may know these, so that none makes a good secret. */
export function numbersOf({ civilId, taxNumber }: Pick<Identity, "civilId" | "taxNumber">, documentNumber: string): string[] {
  return [civilId, taxNumber ?? "", documentNumber];
}

export interface ForeignDocument {
  readonly kind: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly number: string;
}

/** Whether two spellings are of one name: accents, capitals and blanks tell nobody apart. */
export function isSameName(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}

function comparable(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();
}

/** The civil registry as core needs it. Answers null for a number nobody has; throws a fault when it cannot be reached. */
export interface CivilRegistry {
  findByTaxNumber(taxNumber: string): Promise<RegisteredPerson | null>;
  findByCivilId(civilId: string): Promise<RegisteredPerson | null>;
  /** A foreigner, by the document their card names: its kind (three letters), the country that issued it, its number. */
  findByDocument(document: ForeignDocument): Promise<RegisteredPerson | null>;
}
