/** The responder: RFC 6960, signed by a responder that the certificate's own issuer delegated to (4.2.2.2). */
import { createHash, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { Clock } from "#platform/world";
import type { Authorities, Authority } from "./authorities.ts";
import { bytes, distinguishedName, makeCertificate, signingKey, wholeSecond, type KeyPair } from "./certificate.ts";
import { impostorExtensions, responderExtensions } from "./extensions.ts";
import { AUTHORITIES, responderName, type AuthorityName } from "./names.ts";
import { REASON, type Revocation } from "./standing.ts";

export const OCSP_MODES = [
  "normal",
  "unreachable",
  "expired",
  "wrong-responder",
  "no-purpose",
  "unknown",
  "try-later",
  "no-nonce",
  "other-nonce",
  "garbage",
] as const;
export type OcspMode = (typeof OCSP_MODES)[number];

/** What the office knows of a certificate of one of its authorities. */
export type CertificateStatus = "good" | "unknown" | Revocation;

export interface OcspNeeds {
  readonly clock: Clock;
  readonly authorities: Authorities;
  statusOf(issuer: AuthorityName, serial: string): CertificateStatus;
}

export interface OcspResponder {
  /** DER in, DER out; never throws for what it was sent. */
  answer(request: Uint8Array, mode: Exclude<OcspMode, "unreachable">): Promise<Buffer>;
}

const MINUTES_FRESH = 60;
const DAYS_OF_A_RESPONDER = 30;
const NONCE = "1.3.6.1.5.5.7.48.1.2";
const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const DIGESTS: Readonly<Record<string, string>> = { "1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256" };
const LONGEST_NONCE = 128; // RFC 9654 2.1

/** Response statuses of RFC 6960 4.2.1. */
const STATUS = { successful: 0, malformedRequest: 1, tryLater: 3, unauthorized: 6 } as const;

interface Responder {
  readonly keys: KeyPair;
  readonly certificate: X509Certificate;
}

export function createOcspResponder(needs: OcspNeeds): OcspResponder {
  const responders = createResponders(needs);

  async function answer(der: Uint8Array, mode: Exclude<OcspMode, "unreachable">): Promise<Buffer> {
    if (mode === "garbage") return randomBytes(64);
    if (mode === "try-later") return failure("tryLater");
    const request = readRequest(der);
    if (request === undefined) return failure("malformedRequest");
    const [issuer, ...others] = new Set(request.asked.map((id) => issuerOf(id, needs.authorities)?.authority));
    if (issuer === undefined || others.length > 0) return failure("unauthorized");
    const responder = await responders.for(issuer, mode);
    const data = responseData(issuer, request, mode, needs);
    return signed(data, responder);
  }
  return { answer };
}

interface Asked {
  readonly asked: readonly pkijs.CertID[];
  readonly nonce: pkijs.Extension | undefined;
}

function readRequest(der: Uint8Array): Asked | undefined {
  try {
    const { tbsRequest } = pkijs.OCSPRequest.fromBER(bytes(der));
    const nonce = tbsRequest.requestExtensions?.find(({ extnID }) => extnID === NONCE);
    if ((nonce?.extnValue.valueBlock.valueHexView.length ?? 0) > LONGEST_NONCE + 3) return undefined;
    const asked = tbsRequest.requestList.map(({ reqCert }) => reqCert);
    return asked.length === 0 ? undefined : { asked, nonce };
  } catch {
    return undefined;
  }
}

/** An issuer is named by the hashes of its name and of its key (RFC 6960 4.1.1). */
function issuerOf(id: pkijs.CertID, authorities: Authorities): Authority | undefined {
  const digest = DIGESTS[id.hashAlgorithm.algorithmId];
  if (digest === undefined) return undefined;
  const hash = (data: ArrayBuffer | Uint8Array) => createHash(digest).update(new Uint8Array(data)).digest();
  const found = AUTHORITIES.find((authority) => {
    const certificate = pkijs.Certificate.fromBER(bytes(authorities[authority].certificate.raw));
    const name = hash(certificate.subject.toSchema().toBER());
    const key = hash(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView);
    return name.equals(id.issuerNameHash.valueBlock.valueHexView) && key.equals(id.issuerKeyHash.valueBlock.valueHexView);
  });
  return found === undefined ? undefined : authorities[found];
}

function responseData(issuer: AuthorityName, { asked, nonce }: Asked, mode: OcspMode, needs: OcspNeeds): pkijs.ResponseData {
  const now = needs.clock.now();
  // An expired one was right two days ago.
  const thisUpdate = wholeSecond(mode === "expired" ? new Date(now.getTime() - 2 * 86_400_000) : now);
  const nextUpdate = new Date(thisUpdate.getTime() + MINUTES_FRESH * 60_000);
  const responses = asked.map((certID) => {
    const serial = Buffer.from(certID.serialNumber.valueBlock.valueHexView).toString("hex");
    const status = mode === "unknown" ? "unknown" : needs.statusOf(issuer, serial);
    return new pkijs.SingleResponse({ certID, certStatus: statusBlock(status), thisUpdate, nextUpdate });
  });
  const echoed = nonceFor(nonce, mode);
  return new pkijs.ResponseData({
    responderID: distinguishedName(responderName(issuer)),
    producedAt: thisUpdate,
    responses,
    ...(echoed === undefined ? {} : { responseExtensions: [echoed] }),
  });
}

function nonceFor(nonce: pkijs.Extension | undefined, mode: OcspMode): pkijs.Extension | undefined {
  if (nonce === undefined || mode === "no-nonce") return undefined;
  if (mode !== "other-nonce") return nonce;
  const other = new asn1js.OctetString({ valueHex: bytes(randomBytes(16)) });
  return new pkijs.Extension({ extnID: NONCE, critical: false, extnValue: other.toBER() });
}

/** CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL } (RFC 6960 4.2.1). */
function statusBlock(status: CertificateStatus): asn1js.BaseBlock {
  const idBlock = (tagNumber: number) => ({ tagClass: 3, tagNumber });
  if (status === "good") return new asn1js.Primitive({ idBlock: idBlock(0) });
  if (status === "unknown") return new asn1js.Primitive({ idBlock: idBlock(2) });
  const reason = new asn1js.Enumerated({ value: REASON[status.reason] });
  return new asn1js.Constructed({
    idBlock: idBlock(1),
    value: [
      new asn1js.GeneralizedTime({ valueDate: wholeSecond(status.at) }),
      new asn1js.Constructed({ idBlock: idBlock(0), value: [reason] }),
    ],
  });
}

async function signed(tbsResponseData: pkijs.ResponseData, { keys, certificate }: Responder): Promise<Buffer> {
  const response = new pkijs.BasicOCSPResponse({ tbsResponseData });
  response.certs = [pkijs.Certificate.fromBER(bytes(certificate.raw))];
  await response.sign(signingKey(keys.privateKey), "SHA-256");
  const responseBytes = new pkijs.ResponseBytes({
    responseType: BASIC_RESPONSE,
    response: new asn1js.OctetString({ valueHex: response.toSchema().toBER() }),
  });
  return answered("successful", responseBytes);
}

const failure = (status: keyof typeof STATUS) => answered(status);

function answered(status: keyof typeof STATUS, responseBytes?: pkijs.ResponseBytes): Buffer {
  const responseStatus = new asn1js.Enumerated({ value: STATUS[status] });
  const response = new pkijs.OCSPResponse({ responseStatus, ...(responseBytes === undefined ? {} : { responseBytes }) });
  return Buffer.from(response.toSchema().toBER());
}

/** Responders are made when first needed and again when the clock has outrun them. */
function createResponders({ clock, authorities }: OcspNeeds) {
  const made = new Map<string, Promise<Responder>>();

  async function responderOf(authority: AuthorityName, mode: OcspMode): Promise<Responder> {
    // The stranger has everything a responder needs, from another authority of the same house.
    const named = mode === "wrong-responder" ? stranger(authority) : authority;
    const genuine = mode !== "no-purpose";
    const place = `${named} ${authority} ${genuine}`;
    const former = await made.get(place);
    if (former !== undefined && new Date(former.certificate.validTo).getTime() > clock.now().getTime() + 3_600_000)
      return former;
    const fresh = makeResponder(authorities[named], authority, genuine, clock.now());
    made.set(place, fresh);
    return fresh;
  }
  return { for: responderOf };
}

const stranger = (authority: AuthorityName): AuthorityName => (authority === "signature" ? "authentication" : "signature");

async function makeResponder(signer: Authority, named: AuthorityName, genuine: boolean, now: Date): Promise<Responder> {
  const keys: KeyPair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const extensions = (genuine ? responderExtensions : impostorExtensions)(keys.publicKey, signer.keys.publicKey);
  const until = new Date(now.getTime() + DAYS_OF_A_RESPONDER * 86_400_000);
  const from = new Date(now.getTime() - 3 * 86_400_000);
  const der = await makeCertificate(
    { subject: responderName(named), publicKey: keys.publicKey, from, until, extensions },
    signer,
  );
  return { keys, certificate: new X509Certificate(der) };
}
