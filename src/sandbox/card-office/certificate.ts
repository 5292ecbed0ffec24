/** Certificates as RFC 5280 writes them. */
import { createPublicKey, randomBytes, type KeyObject, type webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { Name } from "./names.ts";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Who signs: a name, a key, and its certificate's key identifier. */
export interface Signer {
  readonly name: Name;
  readonly keys: KeyPair;
}

export interface Wanted {
  readonly subject: Name;
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly until: Date;
  readonly extensions: readonly pkijs.Extension[];
}

/** DER of a certificate of `wanted`, signed by `signer` with SHA-256. */
export async function makeCertificate(wanted: Wanted, signer: Signer): Promise<Buffer> {
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ valueHex: bytes(newSerial()) });
  certificate.issuer = distinguishedName(signer.name);
  certificate.subject = distinguishedName(wanted.subject);
  certificate.notBefore = certificateTime(wanted.from);
  certificate.notAfter = certificateTime(wanted.until);
  certificate.subjectPublicKeyInfo = publicKeyInfo(wanted.publicKey);
  certificate.extensions = [...wanted.extensions];
  await certificate.sign(signingKey(signer.keys.privateKey), "SHA-256");
  return Buffer.from(certificate.toSchema(true).toBER());
}

/** Sixteen bytes, positive, and no shorter for a leading zero (RFC 5280 4.1.2.2). */
function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** One attribute in each relative name, as everybody writes it; pkijs by itself would put them all in one (RFC 5280 4.1.2.4). */
export function distinguishedName(name: Name): pkijs.RelativeDistinguishedNames {
  const parts = name.map(([type, value]) => {
    const attribute = new pkijs.AttributeTypeAndValue({ type, value: nameString(type, value) });
    return new asn1js.Set({ value: [attribute.toSchema()] });
  });
  return pkijs.RelativeDistinguishedNames.fromBER(new asn1js.Sequence({ value: parts }).toBER());
}

/** Country and serial number are PrintableString by their definition (RFC 5280 appendix A), the others UTF-8. */
function nameString(type: string, value: string): asn1js.PrintableString | asn1js.Utf8String {
  return ["2.5.4.6", "2.5.4.5"].includes(type) ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
}

/** UTCTime through 2049, GeneralizedTime after it, whole seconds in both (RFC 5280 4.1.2.5). */
export function certificateTime(moment: Date): pkijs.Time {
  const type = moment.getUTCFullYear() < 2050 ? pkijs.TimeType.UTCTime : pkijs.TimeType.GeneralizedTime;
  return new pkijs.Time({ type, value: wholeSecond(moment) });
}

export function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

export function publicKeyInfo(key: KeyObject): pkijs.PublicKeyInfo {
  return pkijs.PublicKeyInfo.fromBER(bytes(createPublicKeyOf(key).export({ type: "spki", format: "der" })));
}

function createPublicKeyOf(key: KeyObject): KeyObject {
  return key.type === "private" ? createPublicKey(key) : key;
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384" };

/** The key as the Web Cryptography API takes it: what pkijs signs with. */
export function signingKey(key: KeyObject): webcrypto.CryptoKey {
  const namedCurve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ""];
  if (namedCurve === undefined) throw new Error("the office signs with P-256 and P-384 only");
  return key.toCryptoKey({ name: "ECDSA", namedCurve }, false, ["sign"]);
}

/** A copy of its own: pooled buffers share their memory with others. */
export function bytes(buffer: Uint8Array): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

export function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
