/** The office's hierarchy: a self-signed root, and below it the authorities for authentication and for signature. Made once and kept. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "#platform/world";
import { makeCertificate, pem, type KeyPair, type Signer } from "./certificate.ts";
import { authorityExtensions, rootExtensions } from "./extensions.ts";
import { AUTHORITIES, authorityName, type Addresses, type AuthorityName } from "./names.ts";

export interface Authority extends Signer {
  readonly authority: AuthorityName;
  readonly certificate: X509Certificate;
}

export interface Authorities {
  readonly root: Authority;
  readonly authentication: Authority;
  readonly signature: Authority;
  /** PEM of the root alone: what is trusted. */
  readonly rootFile: string;
  /** PEM of the root and of both authorities below it. */
  readonly bundleFile: string;
}

interface Needs {
  readonly clock: Clock;
  readonly folder: string;
  readonly addresses: Addresses;
}

/** Old enough to have signed cards that have expired since, and to outlive every clock of the sandbox. */
const YEARS_BEFORE = 12;
const YEARS_AFTER = 70;

export async function openAuthorities(needs: Needs): Promise<Authorities> {
  mkdirSync(needs.folder, { recursive: true });
  const root = await openAuthority("root", needs);
  const authentication = await openAuthority("authentication", needs, root);
  const signature = await openAuthority("signature", needs, root);
  const rootFile = join(needs.folder, "root.pem");
  const bundleFile = join(needs.folder, "authorities.pem");
  const all = AUTHORITIES.map((name) => ({ root, authentication, signature })[name]);
  place(bundleFile, all.map(({ certificate }) => pem(certificate.raw)).join(""));
  return { root, authentication, signature, rootFile, bundleFile };
}

/** The addresses in a certificate follow the port; an authority whose addresses have moved is certified again, with its old key. */
async function openAuthority(authority: AuthorityName, needs: Needs, root?: Authority): Promise<Authority> {
  const keys = openKeys(join(needs.folder, `${authority}.key.pem`));
  const file = join(needs.folder, `${authority}.pem`);
  const earlier = existsSync(file) ? new X509Certificate(readFileSync(file)) : undefined;
  const fits = earlier !== undefined && (root === undefined || earlier.infoAccess?.includes(needs.addresses.ocsp) === true);
  if (fits) return { authority, name: authorityName(authority), keys, certificate: earlier };
  const der = await certify(authority, keys, needs, root);
  place(file, pem(der));
  return { authority, name: authorityName(authority), keys, certificate: new X509Certificate(der) };
}

function certify(authority: AuthorityName, keys: KeyPair, { clock, addresses }: Needs, root?: Authority): Promise<Buffer> {
  const now = clock.now();
  const name = authorityName(authority);
  const extensions =
    root === undefined || authority === "root"
      ? rootExtensions(keys.publicKey)
      : authorityExtensions(authority, keys.publicKey, { addresses, issuer: "root", issuerKey: root.keys.publicKey });
  const times = { from: yearsAfter(now, -YEARS_BEFORE), until: yearsAfter(now, YEARS_AFTER) };
  return makeCertificate({ subject: name, publicKey: keys.publicKey, ...times, extensions }, root ?? { name, keys });
}

export function yearsAfter(moment: Date, years: number): Date {
  const moved = new Date(moment);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return moved;
}

function openKeys(file: string): KeyPair {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    place(file, privateKey.export({ type: "pkcs8", format: "pem" }));
  }
  const privateKey = createPrivateKey(readFileSync(file));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Whole or not at all: a key cut short by a kill would never open again. */
function place(file: string, text: string | Buffer): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
