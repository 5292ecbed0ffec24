/** A person of the sandbox's small country: what every office there knows of them, in one place. */
import type { Address, DocumentKind } from "#core/citizens";

export interface Person {
  readonly civilId: string;
  readonly taxNumber: string | null;
  readonly taxPassword: string | null;
  readonly givenNames: string;
  readonly familyNames: string;
  readonly birthDate: string;
  readonly nationality: string;
  readonly deceased: boolean;
  readonly document: {
    readonly kind: DocumentKind;
    readonly number: string;
    readonly expires: string;
    readonly cancelled: boolean;
  };
  readonly address: Address;
  readonly phone: string;
  readonly email: string;
  readonly cardPin: string | null;
  /** What is unusual about the citizen card. */
  readonly card?: CardSketch;
  readonly note: string;
}

export interface CardSketch {
  readonly key?: "P-256" | "RSA-3072";
  readonly suspended?: boolean;
}

/** The form promised by `GET /people`: its fields are relied on by clients. */
export interface SamplePerson {
  readonly civilId: string;
  readonly taxNumber: string | null;
  readonly taxPassword: string | null;
  readonly name: string;
  readonly birthDate: string;
  readonly nationality: string;
  readonly document: { readonly kind: DocumentKind; readonly number: string; readonly expires: string };
  readonly address: Address;
  readonly phone: string;
  readonly email: string;
  readonly cardPin: string | null;
  readonly note: string;
}

export function fullName(person: Person): string {
  return `${person.givenNames} ${person.familyNames}`;
}

export function describePerson(person: Person): SamplePerson {
  const { civilId, taxNumber, taxPassword, birthDate, nationality, address, phone, email, cardPin, note } = person;
  const { kind, number, expires } = person.document;
  const document = { kind, number, expires };
  return {
    civilId,
    taxNumber,
    taxPassword,
    name: fullName(person),
    birthDate,
    nationality,
    document,
    address,
    phone,
    email,
    cardPin,
    note,
  };
}
