/** Card authorities made for the occasion: certificates, lists and answers, sound or forged in one thing only. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import type { KeyObject, webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

export type KeyKind = "P-256" | "P-384" | "P-521" | "RSA-2048" | "RSA-3072" | "RSA-1024" | "K-256";

const CURVES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

export function makeKey(kind: KeyKind): KeyObject {
  if (kind.startsWith("RSA-")) return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) }).privateKey;
  const curve = kind === "K-256" ? "secp256k1" : kind;
  return createPrivateKey(generateKeyPairSync("ec", { namedCurve: curve }).privateKey.export({ type: "pkcs8", format: "pem" }));
}

export const POLICY = "1.3.6.1.4.1.32473.37.1.3";
export const USAGE = { digitalSignature: 0, nonRepudiation: 1, keyAgreement: 4, keyCertSign: 5, cRLSign: 6 } as const;
export const PURPOSE = {
  clientAuthentication: "1.3.6.1.5.5.7.3.2",
  serverAuthentication: "1.3.6.1.5.5.7.3.1",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

type NamePart = readonly [oid: string, value: string];

export interface Wanted {
  readonly name?: readonly NamePart[];
  readonly key?: KeyObject;
  /** Content of the serial number. */
  readonly serial?: Buffer;
  readonly from?: string;
  readonly until?: string;
  readonly authority?: { readonly pathLength?: number } | null;
  readonly usage?: readonly (keyof typeof USAGE)[] | null;
  readonly purposes?: readonly string[] | null;
  readonly policies?: readonly string[];
  readonly ocspUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  readonly noCheck?: boolean;
  readonly extra?: readonly pkijs.Extension[];
  readonly hash?: "SHA-1" | "SHA-256" | "SHA-384";
}

export interface Made {
  readonly key: KeyObject;
  readonly der: Buffer;
  readonly x509: X509Certificate;
  readonly parsed: pkijs.Certificate;
}

export function bytes(buffer: Uint8Array): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

const PRINTABLE: ReadonlySet<string> = new Set(["2.5.4.6", "2.5.4.5"]);

function nameOf(parts: readonly NamePart[]): pkijs.RelativeDistinguishedNames {
  const typesAndValues = parts.map(([type, value]) => {
    const text = PRINTABLE.has(type) ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
    return new pkijs.AttributeTypeAndValue({ type, value: text });
  });
  return new pkijs.RelativeDistinguishedNames({ typesAndValues });
}

export function holderParts(number: string, name = "Benedita Inventada Exemplar"): NamePart[] {
  return [
    ["2.5.4.6", "PT"],
    ["2.5.4.10", "Cartão de Exemplo"],
    ["2.5.4.11", "Autenticação do Cidadão"],
    ["2.5.4.5", number],
    ["2.5.4.3", name],
  ];
}

export const authorityParts = (name: string): NamePart[] => [
  ["2.5.4.6", "PT"],
  ["2.5.4.3", name],
];

export function extension(extnID: string, value: asn1js.BaseBlock, critical = false): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}

function usageExtension(names: readonly (keyof typeof USAGE)[]): pkijs.Extension {
  const highest = Math.max(...names.map((name) => USAGE[name]));
  const bits = names.reduce((all, name) => all | (0x80 >> USAGE[name]), 0);
  return extension("2.5.29.15", new asn1js.BitString({ unusedBits: 7 - highest, valueHex: bytes(Buffer.from([bits])) }), true);
}

const at = (value: string) => new pkijs.GeneralName({ type: 6, value });

function extensionsOf(wanted: Wanted): pkijs.Extension[] {
  const { authority = null, policies = [POLICY], noCheck, extra = [] } = wanted;
  const isLeaf = authority === null;
  const { usage = isLeaf ? (["digitalSignature"] as const) : (["keyCertSign", "cRLSign"] as const) } = wanted;
  const { purposes = isLeaf ? [PURPOSE.clientAuthentication] : null } = wanted;
  const { pathLength } = authority ?? {};
  const limit = pathLength === undefined ? {} : { pathLenConstraint: pathLength };
  const informations = policies.map((policyIdentifier) => new pkijs.PolicyInformation({ policyIdentifier }));
  const certificatePolicies = new pkijs.CertificatePolicies({ certificatePolicies: informations });
  const unless = (isAbsent: boolean, one: () => pkijs.Extension) => (isAbsent ? [] : [one()]);
  return [
    extension("2.5.29.19", new pkijs.BasicConstraints({ cA: !isLeaf, ...limit }).toSchema(), true),
    ...unless(usage === null, () => usageExtension(usage ?? [])),
    ...unless(purposes === null, () =>
      extension("2.5.29.37", new pkijs.ExtKeyUsage({ keyPurposes: [...(purposes ?? [])] }).toSchema()),
    ),
    ...unless(policies.length === 0, () => extension("2.5.29.32", certificatePolicies.toSchema())),
    ...placesOf(wanted),
    ...unless(!noCheck, () => extension("1.3.6.1.5.5.7.48.1.5", new asn1js.Null())),
    ...extra,
  ];
}

/** Where it can be learned whether the certificate still holds. */
function placesOf({ ocspUrls = [], crlUrls = [] }: Wanted): pkijs.Extension[] {
  const accessDescriptions = ocspUrls.map(
    (url) => new pkijs.AccessDescription({ accessMethod: "1.3.6.1.5.5.7.48.1", accessLocation: at(url) }),
  );
  const distributionPoints = crlUrls.map((url) => new pkijs.DistributionPoint({ distributionPoint: [at(url)] }));
  const access = () => extension("1.3.6.1.5.5.7.1.1", new pkijs.InfoAccess({ accessDescriptions }).toSchema());
  const points = () => extension("2.5.29.31", new pkijs.CRLDistributionPoints({ distributionPoints }).toSchema());
  return [...(ocspUrls.length === 0 ? [] : [access()]), ...(crlUrls.length === 0 ? [] : [points()])];
}

function signingKey(key: KeyObject, hash: string): webcrypto.CryptoKey {
  if (key.asymmetricKeyType === "rsa") return key.toCryptoKey({ name: "RSASSA-PKCS1-v1_5", hash }, false, ["sign"]);
  const namedCurve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "";
  return key.toCryptoKey({ name: "ECDSA", namedCurve }, false, ["sign"]);
}

/** A certificate of what is wanted, signed by the issuer; by itself when there is none. */
export async function makeCertificate(wanted: Wanted, issuer?: Made): Promise<Made> {
  const key = wanted.key ?? makeKey("P-256");
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  const serial = wanted.serial ?? Buffer.concat([Buffer.from([0x51]), randomBytes(11)]);
  certificate.serialNumber = new asn1js.Integer({ valueHex: bytes(serial) });
  certificate.subject = nameOf(wanted.name ?? holderParts("BI990000017"));
  certificate.issuer = issuer?.parsed.subject ?? certificate.subject;
  certificate.notBefore = timeOf(wanted.from ?? "2025-01-01T00:00:00Z");
  certificate.notAfter = timeOf(wanted.until ?? "2035-01-01T00:00:00Z");
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  certificate.subjectPublicKeyInfo = pkijs.PublicKeyInfo.fromBER(bytes(spki));
  certificate.extensions = extensionsOf(wanted);
  const hash = wanted.hash ?? "SHA-256";
  await certificate.sign(signingKey(issuer?.key ?? key, hash), hash);
  const der = Buffer.from(certificate.toSchema(true).toBER());
  return { key, der, x509: new X509Certificate(der), parsed: pkijs.Certificate.fromBER(bytes(der)) };
}

function timeOf(text: string): pkijs.Time {
  return new pkijs.Time({ type: pkijs.TimeType.UTCTime, value: new Date(text) });
}

export function pemOf(...all: readonly Made[]): string {
  return all.map(({ x509 }) => x509.toString()).join("");
}

export interface ListWanted {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** In each entry, besides the reason. */
  readonly entryExtra?: readonly pkijs.Extension[];
  /** Serials by their reason code; null for no reason. */
  readonly revoked?: readonly (readonly [Made, number | null])[];
  readonly signer?: Made;
  readonly extra?: readonly pkijs.Extension[];
}

export async function makeList(issuer: Made, wanted: ListWanted): Promise<Buffer> {
  const { thisUpdate, nextUpdate, revoked = [], signer = issuer, extra = [], entryExtra = [] } = wanted;
  const list = new pkijs.CertificateRevocationList();
  list.version = 1;
  list.issuer = issuer.parsed.subject;
  list.thisUpdate = new pkijs.Time({ type: pkijs.TimeType.UTCTime, value: thisUpdate });
  if (nextUpdate) list.nextUpdate = new pkijs.Time({ type: pkijs.TimeType.UTCTime, value: nextUpdate });
  if (revoked.length > 0) {
    list.revokedCertificates = revoked.map(([{ parsed }, reason]) => {
      const entry = new pkijs.RevokedCertificate({ userCertificate: parsed.serialNumber, revocationDate: list.thisUpdate });
      const coded = reason === null ? [] : [extension("2.5.29.21", new asn1js.Enumerated({ value: reason }))];
      const extensions = [...coded, ...entryExtra];
      if (extensions.length > 0) entry.crlEntryExtensions = new pkijs.Extensions({ extensions });
      return entry;
    });
  }
  const number = extension("2.5.29.20", new asn1js.Integer({ value: 1 }));
  list.crlExtensions = new pkijs.Extensions({ extensions: [number, ...extra] });
  await list.sign(signingKey(signer.key, "SHA-256"), "SHA-256");
  return Buffer.from(list.toSchema(true).toBER());
}

export interface AnswerWanted {
  readonly status: "good" | "revoked" | "suspended" | "unknown";
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly signer: Made;
  /** Sent along, for whoever is not the issuer. */
  readonly certificates?: readonly Made[];
  readonly nonce?: "echo" | "none" | "other";
  /** About another certificate than was asked. */
  readonly about?: Made;
  /** Signs with another key than the one it names. */
  readonly forgedWith?: KeyObject;
}

const NONCE = "1.3.6.1.5.5.7.48.1.2";

export async function makeAnswer(request: Uint8Array, wanted: AnswerWanted): Promise<Buffer> {
  const asked = pkijs.OCSPRequest.fromBER(bytes(request)).tbsRequest;
  const [first] = asked.requestList;
  if (!first) throw new Error("nothing was asked");
  const id = first.reqCert;
  if (wanted.about) id.serialNumber = wanted.about.parsed.serialNumber;
  const single = new pkijs.SingleResponse({ certID: id, certStatus: statusOf(wanted), thisUpdate: wanted.thisUpdate });
  if (wanted.nextUpdate) single.nextUpdate = wanted.nextUpdate;
  const basic = new pkijs.BasicOCSPResponse();
  basic.tbsResponseData.responderID = wanted.signer.parsed.subject;
  basic.tbsResponseData.producedAt = wanted.thisUpdate;
  basic.tbsResponseData.responses = [single];
  const sent = asked.requestExtensions?.find(({ extnID }) => extnID === NONCE);
  const other = extension(NONCE, new asn1js.OctetString({ valueHex: bytes(randomBytes(32)) }));
  const nonce = { echo: sent, none: undefined, other }[wanted.nonce ?? "echo"];
  if (nonce) basic.tbsResponseData.responseExtensions = [nonce];
  if (wanted.certificates) basic.certs = wanted.certificates.map(({ parsed }) => parsed);
  await basic.sign(signingKey(wanted.forgedWith ?? wanted.signer.key, "SHA-256"), "SHA-256");
  const response = new pkijs.OCSPResponse();
  response.responseStatus = new asn1js.Enumerated({ value: 0 });
  response.responseBytes = new pkijs.ResponseBytes({
    responseType: "1.3.6.1.5.5.7.48.1.1",
    response: new asn1js.OctetString({ valueHex: basic.toSchema().toBER() }),
  });
  return Buffer.from(response.toSchema().toBER());
}

function statusOf({ status, thisUpdate }: AnswerWanted): asn1js.BaseBlock {
  if (status === "good") return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 } });
  if (status === "unknown") return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 2 } });
  const reason = new asn1js.Enumerated({ value: status === "suspended" ? 6 : 1 });
  return new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 1 },
    value: [
      new asn1js.GeneralizedTime({ valueDate: thisUpdate }),
      new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [reason] }),
    ],
  });
}

const HASHES = { ES256: "sha256", ES384: "sha384", ES512: "sha512", RS256: "sha256", PS256: "sha256" } as const;
export type TokenAlgorithm = keyof typeof HASHES;

export interface TokenWanted {
  readonly algorithm?: TokenAlgorithm;
  readonly origin: string;
  readonly nonce: string;
  /** Signs with another key than the certificate's. */
  readonly key?: KeyObject;
}

/** What a Web eID reader answers, as an object to be spoilt. */
export function makeToken(card: Made, { algorithm = "ES256", origin, nonce, key = card.key }: TokenWanted) {
  const hash = HASHES[algorithm];
  const content = Buffer.concat([origin, nonce].map((text) => createHash(hash).update(text).digest()));
  const options = algorithm === "PS256" ? { padding: 6, saltLength: 32 } : {};
  const signature = sign(hash, content, { key, dsaEncoding: "ieee-p1363", ...options });
  return {
    format: "web-eid:1.0",
    algorithm: algorithm as string,
    unverifiedCertificate: card.der.toString("base64"),
    signature: signature.toString("base64"),
    appVersion: "https://web-eid.eu/web-eid-app/releases/v2.5.0",
  };
}
