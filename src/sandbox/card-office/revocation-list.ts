/** Each authority's list of revoked certificates (RFC 5280 5). */
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { Authority } from "./authorities.ts";
import { bytes, certificateTime, distinguishedName, signingKey } from "./certificate.ts";
import { authorityKey } from "./extensions.ts";
import { REASON, type Revocation } from "./standing.ts";
import { days, later } from "#platform/duration";

export const CRL_MODES = ["normal", "unreachable", "stale", "wrong-issuer", "garbage"] as const;
export type CrlMode = (typeof CRL_MODES)[number];

export interface Revoked extends Revocation {
  /** Serial number in hexadecimal. */
  readonly serial: string;
}

export interface ListTimes {
  readonly from: Date;
  readonly until: Date;
}

/** A day long; a stale one ended a week ago. */
export function listTimes(now: Date, stale: boolean): ListTimes {
  const from = later(now, stale ? -days(8) : 0);
  return { from, until: later(from, days(1)) };
}

/** DER of the list. `signer` is the authority itself, but for a test of who signed. */
export async function makeRevocationList(
  authority: Authority,
  revoked: readonly Revoked[],
  { from, until }: ListTimes,
  signer: Authority = authority,
): Promise<Buffer> {
  const list = new pkijs.CertificateRevocationList();
  list.version = 1;
  list.issuer = distinguishedName(authority.name);
  list.thisUpdate = certificateTime(from);
  list.nextUpdate = certificateTime(until);
  // An empty list of the revoked is left out (RFC 5280 5.1.2.6).
  if (revoked.length > 0) list.revokedCertificates = revoked.map(entryOf);
  list.crlExtensions = new pkijs.Extensions({ extensions: [authorityKey(authority.keys.publicKey), numberOf(from)] });
  await list.sign(signingKey(signer.keys.privateKey), "SHA-256");
  const schema = list.toSchema(true) as asn1js.Sequence; // The library says any.
  return Buffer.from(schema.toBER());
}

function entryOf({ serial, at, reason }: Revoked): pkijs.RevokedCertificate {
  const code = new asn1js.Enumerated({ value: REASON[reason] });
  const extensions = [new pkijs.Extension({ extnID: "2.5.29.21", critical: false, extnValue: code.toBER() })];
  return new pkijs.RevokedCertificate({
    userCertificate: new asn1js.Integer({ valueHex: bytes(Buffer.from(serial, "hex")) }),
    revocationDate: certificateTime(at),
    crlEntryExtensions: new pkijs.Extensions({ extensions }),
  });
}

/** A number that grows with time (RFC 5280 5.2.3): the second it was made. */
function numberOf(moment: Date): pkijs.Extension {
  const number = new asn1js.Integer({ value: Math.floor(moment.getTime() / 1000) });
  return new pkijs.Extension({ extnID: "2.5.29.20", critical: false, extnValue: number.toBER() });
}
