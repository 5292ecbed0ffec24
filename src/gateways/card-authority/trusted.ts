/** The card authorities we believe: certificates in PEM, in one file or in a folder of them, chosen by whoever runs this. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readCertificate } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** Throws when one cannot be read, is no authority, or there is no root among them: a mistake here must not pass unseen. */
export function readTrusted(place: string): Certificate[] {
  const certificates = filesAt(place).flatMap((file) => readAll(file));
  if (!certificates.some(isRoot)) throw new Error(`${place} holds no self-signed root of a card authority`);
  return certificates;
}

/** The same in PEM, one by one: their names are told to browsers. */
export function trustedPems(place: string): string[] {
  return readTrusted(place).map(({ x509 }) => x509.toString());
}

export function isRoot(certificate: Certificate): boolean {
  return certificate.subject.equals(certificate.issuer) && certificate.x509.verify(certificate.publicKey);
}

function filesAt(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  const names = readdirSync(place).filter((name) => /\.(pem|crt|cer)$/.test(name));
  return names.sort().map((name) => join(place, name));
}

function readAll(file: string): Certificate[] {
  const found = [...readFileSync(file, "utf8").matchAll(PEM)];
  if (found.length === 0) throw new Error(`${file} holds no certificate in PEM`);
  return found.map(([, text = ""]) => {
    const certificate = readCertificate(Buffer.from(text, "base64"));
    if (!certificate?.isAuthority) throw new Error(`${file} holds something that is no certificate of an authority`);
    return certificate;
  });
}
