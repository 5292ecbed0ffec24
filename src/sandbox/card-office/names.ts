/** What the card office's certificates say: names, purposes, policies and addresses, in the shape of the national card's. */
import { civilCheckDigit } from "../people/index.ts";
import type { Person } from "../people/index.ts";
import { fullName } from "../people/index.ts";

/** One attribute of a distinguished name, in the order it is written. */
export type NamePart = readonly [oid: string, value: string];
export type Name = readonly NamePart[];

const COUNTRY = "2.5.4.6";
const ORGANISATION = "2.5.4.10";
const UNIT = "2.5.4.11";
const COMMON_NAME = "2.5.4.3";
const SURNAME = "2.5.4.4";
const SERIAL_NUMBER = "2.5.4.5";
const GIVEN_NAME = "2.5.4.42";

/** Documentation arc (RFC 5612): it can be nobody's. */
const ARC = "1.3.6.1.4.1.32473.37";

export const POLICY = {
  practices: `${ARC}.7`,
  authentication: `${ARC}.1.3`,
  signature: `${ARC}.1.2`,
} as const;

export const PURPOSE = { clientAuthentication: "1.3.6.1.5.5.7.3.2", ocspSigning: "1.3.6.1.5.5.7.3.9" } as const;

/** The office's certificate authorities; each card has one certificate from each of the last two. */
export const AUTHORITIES = ["root", "authentication", "signature"] as const;
export type AuthorityName = (typeof AUTHORITIES)[number];
export type CertificateUse = Exclude<AuthorityName, "root">;

const MAKER = "Chave Sandbox - Cartões de Exemplo";
const COMMON_NAMES: Readonly<Record<AuthorityName, string>> = {
  root: "EC Raiz da Sandbox 001",
  authentication: "EC de Autenticação do Cartão de Exemplo 0001",
  signature: "EC de Assinatura do Cartão de Exemplo 0001",
};

export function authorityName(authority: AuthorityName): Name {
  const level = authority === "root" ? "ECRaizSandbox" : "subECSandbox";
  return [
    [COUNTRY, "PT"],
    [ORGANISATION, MAKER],
    [UNIT, level],
    [COMMON_NAME, COMMON_NAMES[authority]],
  ];
}

export function responderName(authority: AuthorityName): Name {
  return [
    [COUNTRY, "PT"],
    [ORGANISATION, MAKER],
    [COMMON_NAME, `OCSP: ${COMMON_NAMES[authority]}`],
  ];
}

const USE_UNITS: Readonly<Record<CertificateUse, string>> = {
  authentication: "Autenticação do Cidadão",
  signature: "Assinatura do Cidadão",
};

export function holderName(person: Person, use: CertificateUse): Name {
  return [
    [COUNTRY, "PT"],
    [ORGANISATION, "Cartão de Exemplo"],
    [UNIT, person.nationality === "PT" ? "Cidadão Português" : "Cidadão Estrangeiro"],
    [UNIT, USE_UNITS[use]],
    [SURNAME, person.familyNames],
    [GIVEN_NAME, person.givenNames],
    [SERIAL_NUMBER, holderNumber(person)],
    [COMMON_NAME, fullName(person)],
  ];
}

/** Nationals: `BI`, the eight digits, their check digit. Foreigners: the kind and country of their document, a dash, its number. */
export function holderNumber({ nationality, civilId }: Person): string {
  if (nationality === "PT") return `BI${civilId}${civilCheckDigit(civilId)}`;
  return `PAS${nationality}-XP${civilId.slice(2)}`;
}

/** Addresses in the certificates and behind them, below the hub's own. */
export interface Addresses {
  readonly ocsp: string;
  crl(authority: AuthorityName): string;
  certificate(authority: AuthorityName): string;
}

export function addressesBelow(hubUrl: string): Addresses {
  const base = `${hubUrl}/card-office`;
  return {
    ocsp: `${base}/ocsp`,
    crl: (authority) => `${base}/crl/${authority}.crl`,
    certificate: (authority) => `${base}/ca/${authority}.cer`,
  };
}
