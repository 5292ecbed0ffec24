/** An issuer's list of revoked certificates (RFC 5280 5), believed only when it is whole, fresh and that issuer's own. */
import * as pkijs from "pkijs";
import { wholeValue } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { elementsIn, few, only, TAG, wrapped } from "./der.ts";
import type { Element } from "./der.ts";
import { USAGE } from "./path.ts";
import { isStrongAlgorithm, verifies } from "./signature.ts";
import { isFresh } from "./freshness.ts";
import type { CardStatus, Times } from "./freshness.ts";

/** 2.5.29.21, as it is written in DER. */
const REASON_CODE = Buffer.from("551d15", "hex");
const CERTIFICATE_HOLD = 6;
const REMOVE_FROM_CRL = 8;

export interface RevocationList {
  readonly nextUpdate: Date;
  statusOf(serial: string): CardStatus;
}

/**
 * Null when it cannot be believed. Lists that say less than all (critical extensions: for some certificates or reasons only,
 * changes since another list, other issuers' certificates) are among those.
 */
export function readList(der: Uint8Array, issuer: Certificate, times: Times, now: Date): RevocationList | null {
  try {
    return read(Buffer.from(der), issuer, times, now);
  } catch {
    return null;
  }
}

/** A list may name some hundred thousand certificates: they are gone through once it is known that its issuer wrote them. */
function read(der: Buffer, issuer: Certificate, times: Times, now: Date): RevocationList | null {
  const [tbs, algorithm, signature] = few(only(der, TAG.sequence), 3);
  if (tbs?.tag !== TAG.sequence || !algorithm || !signature) return null;
  const { entries, others } = withoutEntries(tbs);
  const header = wrapped(TAG.sequence, wrapped(TAG.sequence, ...others), algorithm.whole, signature.whole);
  const list = new pkijs.CertificateRevocationList({ schema: wholeValue(header) });
  const { thisUpdate, nextUpdate, crlExtensions } = list;
  if (!isFrom(list, tbs, issuer) || nextUpdate === undefined) return null;
  if (!isFresh({ thisUpdate: thisUpdate.value, nextUpdate: nextUpdate.value }, times, now)) return null;
  if (crlExtensions?.extensions.some(({ critical }) => critical)) return null;
  const revoked = new Map<string, CardStatus>();
  for (const entry of elementsIn(entries)) revoked.set(...standingIn(entry));
  return { nextUpdate: nextUpdate.value, statusOf: (serial) => revoked.get(serial) ?? "good" };
}

/** The revoked come after the times, where there are any; they are the only sequence there (RFC 5280 5.1). */
function withoutEntries({ content }: Element): { readonly entries: Buffer; readonly others: readonly Buffer[] } {
  const fields = few(content, 7);
  const last = fields.findLastIndex(({ tag }) => tag === TAG.utcTime || tag === TAG.generalizedTime);
  const next = fields[last + 1];
  const entries = next?.tag === TAG.sequence ? next : undefined;
  const others = fields.filter((field) => field !== entries).map(({ whole }) => whole);
  return { entries: entries?.content ?? Buffer.alloc(0), others };
}

function isFrom(list: pkijs.CertificateRevocationList, tbs: Element, issuer: Certificate): boolean {
  const { signatureAlgorithm, signature, signatureValue } = list;
  const isNamed = Buffer.from(list.issuer.toSchema().toBER()).equals(issuer.subject);
  const mayList = issuer.usage === null || issuer.usage.has(USAGE.cRLSign);
  const { algorithmId } = signatureAlgorithm;
  if (!isNamed || !mayList || !isStrongAlgorithm(algorithmId) || signature.algorithmId !== algorithmId) return false;
  return verifies(algorithmId, issuer.publicKey, tbs.whole, signatureValue.valueBlock.valueHexView);
}

/** Throws at whatever is not an entry in full, or says something critical that nobody here understands. */
function standingIn({ tag, content }: Element): [serial: string, CardStatus] {
  const [serial, , extensions] = few(content, 3);
  if (tag !== TAG.sequence || serial?.tag !== TAG.integer) throw new TypeError("no entry of a list");
  return [serial.content.toString("hex"), extensions ? statusIn(extensions) : "revoked"];
}

function statusIn(extensions: Element): CardStatus {
  let reason: number | undefined;
  for (const { content } of elementsIn(extensions.content)) {
    const [id, ...rest] = few(content, 3);
    const isCritical = rest[0]?.tag === TAG.boolean && rest[0].content[0] !== 0;
    if (isCritical) throw new TypeError("a critical extension");
    if (id?.content.equals(REASON_CODE)) reason = only(rest.at(-1)?.content ?? content, TAG.enumerated)[0];
  }
  if (reason === REMOVE_FROM_CRL) return "good";
  return reason === CERTIFICATE_HOLD ? "suspended" : "revoked";
}
