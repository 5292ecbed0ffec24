/** Asking an issuer's responder about one certificate (RFC 6960), and believing the answer only when everything in it holds. */
import { createHash } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { Random } from "#platform/world";
import { bytesOf, readCertificate, wholeValue } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { isIssuedBy, USAGE } from "./path.ts";
import { isStrongAlgorithm, verifies } from "./signature.ts";
import { isFresh } from "./freshness.ts";
import type { Answer, CardStatus, Times } from "./freshness.ts";

const SHA1 = "1.3.14.3.2.26";
const NONCE = "1.3.6.1.5.5.7.48.1.2";
const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const CERTIFICATE_HOLD = 6;
const STATUS_TAGS = { good: 0, revoked: 1, unknown: 2 } as const;

/** SHA-1 names an issuer here and protects nothing: every responder knows it (RFC 5019 2.1.1), few know another. */
const sha1 = (data: Uint8Array) => createHash("sha1").update(data).digest();

export interface OcspQuestion {
  readonly der: Buffer;
  readonly id: pkijs.CertID;
  /** The extension's value as it was sent: it must come back the same (RFC 9654 2.1). */
  readonly nonce: Buffer;
}

export function askAbout(certificate: Certificate, issuer: Certificate, random: Random): OcspQuestion {
  const id = new pkijs.CertID({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA1, algorithmParams: new asn1js.Null() }),
    issuerNameHash: new asn1js.OctetString({ valueHex: bytesOf(sha1(issuer.subject)) }),
    issuerKeyHash: new asn1js.OctetString({ valueHex: bytesOf(sha1(issuer.keyBits)) }),
    serialNumber: new asn1js.Integer({ valueHex: bytesOf(Buffer.from(certificate.serial, "hex")) }),
  });
  const nonce = Buffer.from(new asn1js.OctetString({ valueHex: bytesOf(random.bytes(32)) }).toBER());
  const request = new pkijs.OCSPRequest();
  request.tbsRequest.requestList = [new pkijs.Request({ reqCert: id })];
  request.tbsRequest.requestExtensions = [new pkijs.Extension({ extnID: NONCE, extnValue: bytesOf(nonce) })];
  return { der: Buffer.from(request.toSchema(true).toBER()), id, nonce };
}

export interface OcspRules {
  readonly nonce: "required" | "optional";
  readonly times: Times;
}

/** Null when the answer cannot be believed, whatever the cause: the caller then looks elsewhere, and never takes it for "good". */
export function readAnswer(
  der: Uint8Array,
  question: OcspQuestion,
  issuer: Certificate,
  rules: OcspRules,
  now: Date,
): Answer | null {
  try {
    const basic = basicResponse(der);
    const believed = basic && isSignedFor(basic, issuer, now) && bearsNonce(basic, question.nonce, rules.nonce);
    return believed ? answerIn(basic, question.id, rules.times, now) : null;
  } catch {
    return null;
  }
}

function basicResponse(der: Uint8Array): pkijs.BasicOCSPResponse | null {
  const { responseStatus, responseBytes } = new pkijs.OCSPResponse({ schema: wholeValue(der) });
  if (responseStatus.valueBlock.valueDec !== 0 || responseBytes?.responseType !== BASIC_RESPONSE) return null;
  return new pkijs.BasicOCSPResponse({ schema: wholeValue(responseBytes.response.valueBlock.valueHexView) });
}

/** By the issuer itself, or by whom it named for this with a certificate of its own (RFC 6960 4.2.2.2). */
function isSignedFor(basic: pkijs.BasicOCSPResponse, issuer: Certificate, now: Date): boolean {
  const sent = (basic.certs ?? []).map((one) => readCertificate(new Uint8Array(one.toSchema(false).toBER())));
  const delegates = sent.filter((one) => one !== null).filter((one) => isDelegate(one, issuer, now));
  // Of one name there may be several: a renewed responder keeps it.
  const named = [issuer, ...delegates].filter((one) => isNamed(basic.tbsResponseData.responderID, one));
  const { tbsResponseData, signatureAlgorithm, signature } = basic;
  const tbs = tbsResponseData.tbsView;
  const bits = signature.valueBlock.valueHexView;
  return named.some(({ publicKey }) => verifies(signatureAlgorithm.algorithmId, publicKey, tbs, bits));
}

/** Without "no check" its own revocation would have to be asked, of itself: such a responder is not believed. */
function isDelegate(one: Certificate, issuer: Certificate, now: Date): boolean {
  const mayAnswer = one.purposes?.has(OCSP_SIGNING) === true && maySign(one) && !one.isAuthority;
  const isFit = mayAnswer && one.isOcspUnchecked && one.unknownCritical.length === 0;
  const isSound = isStrongAlgorithm(one.signatureAlgorithm) && one.from <= now && one.until >= now;
  return isFit && isSound && isIssuedBy(one, issuer);
}

/** RFC 5280 4.2.1.12: either usage of a signature goes with the purpose. */
function maySign({ usage }: Certificate): boolean {
  return usage === null || usage.has(USAGE.digitalSignature) || usage.has(USAGE.nonRepudiation);
}

function isNamed(responderId: unknown, { subject, keyBits }: Certificate): boolean {
  if (responderId instanceof pkijs.RelativeDistinguishedNames) {
    return Buffer.from(responderId.toSchema().toBER()).equals(subject);
  }
  return responderId instanceof asn1js.OctetString && sha1(keyBits).equals(responderId.valueBlock.valueHexView);
}

/** An answer made before it was asked for may be an old one sent again; whoever allows that lives by the times alone. */
function bearsNonce({ tbsResponseData }: pkijs.BasicOCSPResponse, sent: Buffer, rule: OcspRules["nonce"]): boolean {
  const found = tbsResponseData.responseExtensions?.find(({ extnID }) => extnID === NONCE);
  return found === undefined ? rule === "optional" : sent.equals(found.extnValue.valueBlock.valueHexView);
}

function answerIn({ tbsResponseData }: pkijs.BasicOCSPResponse, id: pkijs.CertID, times: Times, now: Date): Answer | null {
  const about = tbsResponseData.responses.filter(({ certID }) => isSame(certID, id));
  const [single] = about;
  if (single === undefined || about.length !== 1) return null;
  const { thisUpdate, nextUpdate = null, singleExtensions = [] } = single;
  if (singleExtensions.some(({ critical }) => critical) || !isFresh({ thisUpdate, nextUpdate }, times, now)) return null;
  const status = statusOf(single.certStatus);
  return status && { status, nextUpdate };
}

function isSame(one: pkijs.CertID, other: pkijs.CertID): boolean {
  const bytes = ({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: pkijs.CertID) =>
    [issuerNameHash, issuerKeyHash, serialNumber]
      .map(({ valueBlock }) => Buffer.from(valueBlock.valueHexView).toString("hex"))
      .concat(hashAlgorithm.algorithmId)
      .join(" ");
  return bytes(one) === bytes(other);
}

/** CertStatus is a choice told apart by its tag: good [0], revoked [1], unknown [2] (RFC 6960 4.2.1). */
function statusOf(choice: unknown): CardStatus | null {
  if (!(choice instanceof asn1js.BaseBlock) || choice.idBlock.tagClass !== 3) return null;
  const { tagNumber } = choice.idBlock;
  if (tagNumber === STATUS_TAGS.good) return "good";
  if (tagNumber === STATUS_TAGS.unknown) return "unknown";
  if (tagNumber !== STATUS_TAGS.revoked) return null;
  return reasonOf(choice) === CERTIFICATE_HOLD ? "suspended" : "revoked";
}

/** RevokedInfo: when, and perhaps why, in a tag of its own. */
function reasonOf(choice: object): number | null {
  const [, tagged] = choice instanceof asn1js.Constructed ? choice.valueBlock.value : [];
  const [reason] = tagged instanceof asn1js.Constructed ? tagged.valueBlock.value : [];
  return reason instanceof asn1js.Enumerated ? reason.valueBlock.valueDec : null;
}
