/** From a card's certificate up to a root we believe (RFC 5280 6.1, as far as a hierarchy of known authorities needs it). */
import type { Certificate } from "./certificate.ts";
import { isStrongAlgorithm, isStrongKey } from "./signature.ts";
import { isRoot } from "./trusted.ts";

/** Bits of key usage (RFC 5280 4.2.1.3). */
export const USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const;

const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
const SMART_CARD_SIGN_IN = "1.3.6.1.4.1.311.20.2.2";
const ANY_PURPOSE = "2.5.29.37.0";
const ANY_POLICY = "2.5.29.32.0";

export type PathReason =
  | "issuer.unknown"
  | "issuer.expired"
  | "issuer.not-authority"
  | "issuer.path-length"
  | "issuer.policy"
  | "certificate.algorithm"
  | "certificate.key"
  | "certificate.critical-extension"
  | "certificate.expired"
  | "certificate.not-yet-valid"
  | "certificate.is-authority"
  | "certificate.for-signatures"
  | "certificate.usage"
  | "certificate.purpose"
  | "certificate.policy";

/** The card's certificate first, the root last. */
export type Path = readonly [Certificate, ...Certificate[]];

type Verdict = { readonly ok: true; readonly path: Path } | { readonly ok: false; readonly reason: PathReason };

export interface PathRules {
  readonly trusted: readonly Certificate[];
  /** Of which the card's certificate must bear one; none: any will do. */
  readonly policies: readonly string[];
}

const no = (reason: PathReason): Verdict => ({ ok: false, reason });

/** Who issued comes before what for and until when: an unknown issuer's word on anything else is worth nothing. */
export function judgePath(leaf: Certificate, { trusted, policies }: PathRules, now: Date): Verdict {
  if (!isStrongKey(leaf.publicKey)) return no("certificate.key");
  const paths = pathsFrom([leaf], trusted);
  if (paths.length === 0) return no("issuer.unknown");
  const reasons = paths.map((path) => judgeAuthorities(path, policies, now));
  const sound = paths[reasons.indexOf(null)];
  const reason = sound === undefined ? reasons[0] : judgeLeaf(leaf, policies, now);
  if (sound === undefined || reason) return no(reason ?? "issuer.unknown");
  return { ok: true, path: sound };
}

/** Every way up; an authority whose certificate was renewed may be there twice. */
function pathsFrom(path: Path, trusted: readonly Certificate[]): Path[] {
  const last = path.at(-1) ?? path[0];
  if (path.length > 1 && isRoot(last)) return [path];
  const issuers = trusted.filter((one) => !path.includes(one) && isIssuedBy(last, one));
  return issuers.flatMap((issuer) => pathsFrom([...path, issuer], trusted));
}

/** `checkIssued` compares names, key identifiers and the right to sign certificates; the signature is the proof. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const fits = certificate.issuer.equals(issuer.subject) && certificate.x509.checkIssued(issuer.x509);
  return fits && certificate.x509.verify(issuer.publicKey);
}

/** The first authority is the one that issued the card. */
function judgeAuthorities([leaf, ...authorities]: Path, policies: readonly string[], now: Date): PathReason | null {
  if (!isStrongAlgorithm(leaf.signatureAlgorithm)) return "certificate.algorithm";
  for (const [below, authority] of authorities.entries()) {
    const reason = judgeAuthority(authority, below, policies, now);
    if (reason) return reason;
  }
  return null;
}

function judgeAuthority(authority: Certificate, below: number, policies: readonly string[], now: Date): PathReason | null {
  const isAnchor = isRoot(authority);
  if (!mayIssue(authority)) return "issuer.not-authority";
  if (authority.unknownCritical.length > 0) return "certificate.critical-extension";
  if (!isStrongKey(authority.publicKey)) return "certificate.key";
  if (!isAnchor && !isStrongAlgorithm(authority.signatureAlgorithm)) return "certificate.algorithm";
  if (authority.from > now || authority.until < now) return "issuer.expired";
  if (authority.pathLength !== null && authority.pathLength < below) return "issuer.path-length";
  // A root stands for itself; those below it were given the policies they may issue under (RFC 5280 6.1.3 d).
  const isAllowed = policies.length === 0 || isAnchor || [...policies, ANY_POLICY].some((one) => authority.policies.has(one));
  return isAllowed ? null : "issuer.policy";
}

function mayIssue({ isAuthority, usage }: Certificate): boolean {
  return isAuthority && usage?.has(USAGE.keyCertSign) !== false;
}

function judgeLeaf(leaf: Certificate, policies: readonly string[], now: Date): PathReason | null {
  const { usage, purposes } = leaf;
  if (leaf.isAuthority) return "certificate.is-authority";
  if (leaf.unknownCritical.length > 0) return "certificate.critical-extension";
  const signs = usage?.has(USAGE.digitalSignature) === true;
  if (!signs) return usage?.has(USAGE.nonRepudiation) ? "certificate.for-signatures" : "certificate.usage";
  const mayIdentify = [CLIENT_AUTHENTICATION, SMART_CARD_SIGN_IN, ANY_PURPOSE].some((purpose) => purposes?.has(purpose));
  if (purposes !== null && !mayIdentify) return "certificate.purpose";
  if (policies.length > 0 && !policies.some((policy) => leaf.policies.has(policy))) return "certificate.policy";
  if (leaf.from > now) return "certificate.not-yet-valid";
  return leaf.until < now ? "certificate.expired" : null;
}
