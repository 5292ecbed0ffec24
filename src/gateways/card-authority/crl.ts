/** An issuer's list of revoked certificates (RFC 5280 5), believed only when it is whole, fresh and that issuer's own. */
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { wholeValue } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { USAGE } from "./path.ts";
import { isStrongAlgorithm, verifies } from "./signature.ts";
import { isFresh } from "./freshness.ts";
import type { CardStatus, Times } from "./freshness.ts";

const REASON_CODE = "2.5.29.21";
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
    return read(der, issuer, times, now);
  } catch {
    return null;
  }
}

function read(der: Uint8Array, issuer: Certificate, times: Times, now: Date): RevocationList | null {
  const list = new pkijs.CertificateRevocationList({ schema: wholeValue(der) });
  const { thisUpdate, nextUpdate, crlExtensions, revokedCertificates = [] } = list;
  if (!isFrom(list, issuer) || nextUpdate === undefined) return null;
  if (!isFresh({ thisUpdate: thisUpdate.value, nextUpdate: nextUpdate.value }, times, now)) return null;
  if (crlExtensions?.extensions.some(({ critical }) => critical)) return null;
  const revoked = new Map<string, CardStatus>();
  for (const entry of revokedCertificates) {
    if (entry.crlEntryExtensions?.extensions.some(({ critical }) => critical)) return null;
    revoked.set(Buffer.from(entry.userCertificate.valueBlock.valueHexView).toString("hex"), entryStatus(entry));
  }
  return { nextUpdate: nextUpdate.value, statusOf: (serial) => revoked.get(serial) ?? "good" };
}

function isFrom(list: pkijs.CertificateRevocationList, issuer: Certificate): boolean {
  const { signatureAlgorithm, signature, signatureValue, tbsView } = list;
  const isNamed = Buffer.from(list.issuer.toSchema().toBER()).equals(issuer.subject);
  const mayList = issuer.usage === null || issuer.usage.has(USAGE.cRLSign);
  const { algorithmId } = signatureAlgorithm;
  if (!isNamed || !mayList || !isStrongAlgorithm(algorithmId) || signature.algorithmId !== algorithmId) return false;
  return verifies(algorithmId, issuer.publicKey, tbsView, signatureValue.valueBlock.valueHexView);
}

function entryStatus({ crlEntryExtensions }: pkijs.RevokedCertificate): CardStatus {
  const found: unknown = crlEntryExtensions?.extensions.find(({ extnID }) => extnID === REASON_CODE)?.parsedValue;
  const reason = found instanceof asn1js.Enumerated ? found.valueBlock.valueDec : null;
  if (reason === REMOVE_FROM_CRL) return "good";
  return reason === CERTIFICATE_HOLD ? "suspended" : "revoked";
}
