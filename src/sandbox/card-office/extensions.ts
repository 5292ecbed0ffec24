/** The extensions of the office's certificates (RFC 5280 4.2). */
import { createHash, type KeyObject } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { bytes, publicKeyInfo } from "./certificate.ts";
import { POLICY, PURPOSE, type Addresses, type AuthorityName, type CertificateUse } from "./names.ts";

const ANY_POLICY = "2.5.29.32.0";
const NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
const OCSP_ACCESS = "1.3.6.1.5.5.7.48.1";
const ISSUERS_ACCESS = "1.3.6.1.5.5.7.48.2";

/** Bits of the key usage as they are numbered in RFC 5280 4.2.1.3. */
const USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const;

interface Place {
  readonly addresses: Addresses;
  /** Who signs the certificate, and with what. */
  readonly issuer: AuthorityName;
  readonly issuerKey: KeyObject;
}

export function rootExtensions(key: KeyObject): pkijs.Extension[] {
  return [authorityConstraints(), usage("keyCertSign", "cRLSign"), subjectKey(key), authorityKey(key)];
}

/** A certificate authority below the root: no other below it. */
export function authorityExtensions(use: CertificateUse, key: KeyObject, place: Place): pkijs.Extension[] {
  return [
    authorityConstraints(0),
    usage("keyCertSign", "cRLSign"),
    subjectKey(key),
    policies(POLICY.practices, POLICY[use], ANY_POLICY),
    ...revocationPlaces(place),
  ];
}

/** A card's certificate: either signs a challenge or commits its holder, never both (RFC 5280 4.2.1.3). */
export function holderExtensions(use: CertificateUse, key: KeyObject, place: Place): pkijs.Extension[] {
  const purpose =
    use === "authentication" ? [usage("digitalSignature"), purposes(PURPOSE.clientAuthentication)] : [usage("nonRepudiation")];
  return [leafConstraints(), ...purpose, subjectKey(key), policies(POLICY[use]), ...revocationPlaces(place)];
}

/** A responder's: nobody asks whether it is revoked, so it lives days (RFC 6960 4.2.2.2.1). */
export function responderExtensions(key: KeyObject, issuerKey: KeyObject): pkijs.Extension[] {
  const noCheck = extension(NO_CHECK, new asn1js.Null());
  return [
    leafConstraints(),
    usage("digitalSignature"),
    purposes(PURPOSE.ocspSigning),
    noCheck,
    subjectKey(key),
    authorityKey(issuerKey),
  ];
}

/** Like a responder's, without the purpose that would make it one. */
export function impostorExtensions(key: KeyObject, issuerKey: KeyObject): pkijs.Extension[] {
  return [leafConstraints(), usage("digitalSignature"), subjectKey(key), authorityKey(issuerKey)];
}

/** SHA-1 over the bits of the key: a name, not a protection (RFC 5280 4.2.1.2 method 1). */
export function keyIdentifier(key: KeyObject): Buffer {
  const bits = publicKeyInfo(key).subjectPublicKey.valueBlock.valueHexView;
  return createHash("sha1").update(bits).digest();
}

function extension(extnID: string, value: asn1js.BaseBlock, critical = false): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}

function authorityConstraints(pathLenConstraint?: number): pkijs.Extension {
  const limit = pathLenConstraint === undefined ? {} : { pathLenConstraint };
  return extension("2.5.29.19", new pkijs.BasicConstraints({ cA: true, ...limit }).toSchema(), true);
}

function leafConstraints(): pkijs.Extension {
  return extension("2.5.29.19", new pkijs.BasicConstraints({ cA: false }).toSchema(), true);
}

function usage(...names: readonly (keyof typeof USAGE)[]): pkijs.Extension {
  const highest = Math.max(...names.map((name) => USAGE[name]));
  const bits = names.reduce((all, name) => all | (0x80 >> USAGE[name]), 0);
  const value = new asn1js.BitString({ unusedBits: 7 - highest, valueHex: new Uint8Array([bits]).buffer });
  return extension("2.5.29.15", value, true);
}

function purposes(...keyPurposes: string[]): pkijs.Extension {
  return extension("2.5.29.37", new pkijs.ExtKeyUsage({ keyPurposes }).toSchema());
}

function policies(...oids: string[]): pkijs.Extension {
  const certificatePolicies = oids.map((policyIdentifier) => new pkijs.PolicyInformation({ policyIdentifier }));
  return extension("2.5.29.32", new pkijs.CertificatePolicies({ certificatePolicies }).toSchema());
}

function subjectKey(key: KeyObject): pkijs.Extension {
  return extension("2.5.29.14", new asn1js.OctetString({ valueHex: bytes(keyIdentifier(key)) }));
}

export function authorityKey(key: KeyObject): pkijs.Extension {
  const identifier = new asn1js.OctetString({ valueHex: bytes(keyIdentifier(key)) });
  return extension("2.5.29.35", new pkijs.AuthorityKeyIdentifier({ keyIdentifier: identifier }).toSchema());
}

/** Where it can be learned whether the certificate still holds, and who signed it. */
function revocationPlaces({ addresses, issuer, issuerKey }: Place): pkijs.Extension[] {
  const accessDescriptions = [
    new pkijs.AccessDescription({ accessMethod: OCSP_ACCESS, accessLocation: at(addresses.ocsp) }),
    new pkijs.AccessDescription({ accessMethod: ISSUERS_ACCESS, accessLocation: at(addresses.certificate(issuer)) }),
  ];
  const lists = [new pkijs.DistributionPoint({ distributionPoint: [at(addresses.crl(issuer))] })];
  return [
    authorityKey(issuerKey),
    extension("1.3.6.1.5.5.7.1.1", new pkijs.InfoAccess({ accessDescriptions }).toSchema()),
    extension("2.5.29.31", new pkijs.CRLDistributionPoints({ distributionPoints: lists }).toSchema()),
  ];
}

const UNIFORM_RESOURCE = 6;

function at(url: string): pkijs.GeneralName {
  return new pkijs.GeneralName({ type: UNIFORM_RESOURCE, value: url });
}
