/** A certificate read strictly (RFC 5280): exactly one, in DER, with keys and algorithms that are still strong. */
import { X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

export interface Certificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** DER of subject and issuer names. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  /** The bits of the public key, without their algorithm: what key hashes are made of. */
  readonly keyBits: Buffer;
  /** Content of the serial number, in hexadecimal. */
  readonly serial: string;
  readonly signatureAlgorithm: string;
  readonly from: Date;
  readonly until: Date;
  readonly isAuthority: boolean;
  /** How many authorities may stand below this one; null: any number. */
  readonly pathLength: number | null;
  /** Bits by their number in RFC 5280 4.2.1.3; null when the certificate does not say. */
  readonly usage: ReadonlySet<number> | null;
  /** Extended key usage; null when the certificate does not say. */
  readonly purposes: ReadonlySet<string> | null;
  readonly policies: ReadonlySet<string>;
  readonly isOcspUnchecked: boolean;
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Critical extensions that nobody here understands: such a certificate must be refused (RFC 5280 4.2). */
  readonly unknownCritical: readonly string[];
  /** Type and value of each attribute of the subject, in order. */
  readonly subjectParts: readonly (readonly [type: string, value: string])[];
}

const OID = {
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  extendedKeyUsage: "2.5.29.37",
  infoAccess: "1.3.6.1.5.5.7.1.1",
  ocspAccess: "1.3.6.1.5.5.7.48.1",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
} as const;

const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.keyUsage,
  OID.basicConstraints,
  OID.crlDistributionPoints,
  OID.certificatePolicies,
  OID.extendedKeyUsage,
]);

const LARGEST = 16 * 1024;
const UNIFORM_RESOURCE = 6;

/** A copy of its own: pooled buffers share their memory with others. */
export function bytesOf(buffer: Uint8Array): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

/** The one ASN.1 value that these bytes are; throws when something follows it, or it is none. */
export function wholeValue(der: Uint8Array): asn1js.BaseBlock {
  const read = asn1js.fromBER(bytesOf(der));
  if (read.offset !== der.byteLength) throw new Error("not exactly one ASN.1 value");
  return read.result;
}

/** Null when these bytes are not exactly one certificate in DER. */
export function readCertificate(der: Uint8Array): Certificate | null {
  if (der.byteLength > LARGEST) return null;
  try {
    return read(Buffer.from(der));
  } catch {
    return null; // Whatever a parser says of somebody else's bytes is not worth more than "no".
  }
}

function read(der: Buffer): Certificate | null {
  const x509 = new X509Certificate(der);
  // OpenSSL writes anew what it read: bytes that were not DER, or followed by others, come out different.
  if (!x509.raw.equals(der)) return null;
  const parsed = new pkijs.Certificate({ schema: wholeValue(der) });
  const extensions = parsed.extensions ?? [];
  if (new Set(extensions.map(({ extnID }) => extnID)).size !== extensions.length) return null;
  const [from, until] = [x509.validFromDate, x509.validToDate];
  // Of a time that is none Node makes one far away: what two readers do not agree on is not read.
  if (+from !== +parsed.notBefore.value || +until !== +parsed.notAfter.value) return null;
  const valueOf = (id: string): unknown => extensions.find(({ extnID }) => extnID === id)?.parsedValue;
  const constraints = valueOf(OID.basicConstraints);
  const isConstrained = constraints instanceof pkijs.BasicConstraints;
  return {
    x509,
    publicKey: x509.publicKey,
    subject: Buffer.from(parsed.subject.toSchema().toBER()),
    issuer: Buffer.from(parsed.issuer.toSchema().toBER()),
    keyBits: Buffer.from(parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView),
    serial: Buffer.from(parsed.serialNumber.valueBlock.valueHexView).toString("hex"),
    signatureAlgorithm: parsed.signatureAlgorithm.algorithmId,
    from,
    until,
    isAuthority: isConstrained && constraints.cA,
    pathLength: isConstrained ? numberOf(constraints.pathLenConstraint) : null,
    usage: usageOf(valueOf(OID.keyUsage)),
    purposes: purposesOf(valueOf(OID.extendedKeyUsage)),
    policies: policiesOf(valueOf(OID.certificatePolicies)),
    isOcspUnchecked: extensions.some(({ extnID }) => extnID === OID.ocspNoCheck),
    ocspUrls: ocspUrlsOf(valueOf(OID.infoAccess)),
    crlUrls: crlUrlsOf(valueOf(OID.crlDistributionPoints)),
    unknownCritical: extensions
      .filter(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID))
      .map(({ extnID }) => extnID),
    subjectParts: parsed.subject.typesAndValues.map(({ type, value }) => [type, textOf(value)] as const),
  };
}

function textOf(value: unknown): string {
  const block = typeof value === "object" && value !== null && "valueBlock" in value ? value.valueBlock : undefined;
  const text = typeof block === "object" && block !== null && "value" in block ? block.value : undefined;
  return typeof text === "string" ? text : "";
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  return value instanceof asn1js.Integer ? value.valueBlock.valueDec : null;
}

function usageOf(value: unknown): Set<number> | null {
  if (!(value instanceof asn1js.BitString)) return null;
  const bits = new Set<number>();
  for (const [place, byte] of value.valueBlock.valueHexView.entries()) {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) bits.add(place * 8 + bit);
  }
  return bits;
}

function purposesOf(value: unknown): Set<string> | null {
  return value instanceof pkijs.ExtKeyUsage ? new Set(value.keyPurposes) : null;
}

function policiesOf(value: unknown): Set<string> {
  const found = value instanceof pkijs.CertificatePolicies ? value.certificatePolicies : [];
  return new Set(found.map(({ policyIdentifier }) => policyIdentifier));
}

function ocspUrlsOf(value: unknown): string[] {
  if (!(value instanceof pkijs.InfoAccess)) return [];
  return value.accessDescriptions.flatMap(({ accessMethod, accessLocation }) =>
    accessMethod === OID.ocspAccess ? webAddress(accessLocation) : [],
  );
}

function crlUrlsOf(value: unknown): string[] {
  if (!(value instanceof pkijs.CRLDistributionPoints)) return [];
  return value.distributionPoints.flatMap(({ distributionPoint, reasons, cRLIssuer }) => {
    // A list for some reasons only, or of another issuer, says less than is asked.
    const names = Array.isArray(distributionPoint) && !reasons && !cRLIssuer ? distributionPoint : [];
    return names.flatMap(webAddress);
  });
}

function webAddress({ type, value }: pkijs.GeneralName): string[] {
  const text: unknown = value;
  const isWeb = type === UNIFORM_RESOURCE && typeof text === "string" && /^https?:\/\//.test(text) && URL.canParse(text);
  return isWeb ? [text] : [];
}
