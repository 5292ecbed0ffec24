/** The `web-eid:1.0` authentication token: read strictly, and verified over exactly our origin and the nonce we asked with. */
import { createHash, verify } from "node:crypto";
import type { KeyObject, VerifyKeyObjectInput } from "node:crypto";
import { constants } from "node:crypto";
import { z } from "zod";
import { readCertificate } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { isStrongKey } from "./signature.ts";

/** Of characters; a token with an RSA-4096 certificate has about 4 000. */
const LONGEST = 12_000;

/** The names are those of JWA (RFC 7518 3.1); each is bound to its curve, so that nobody can have a key read in another way. */
interface Algorithm {
  readonly hash: "sha256" | "sha384" | "sha512";
  readonly isFor: (key: KeyObject) => boolean;
  readonly options: Omit<VerifyKeyObjectInput, "key">;
  /** Bytes of a signature; null where the key says it. */
  readonly length: number | null;
}

const onCurve = (curve: string) => (key: KeyObject) => key.asymmetricKeyDetails?.namedCurve === curve;
const isRsa = (key: KeyObject) => key.asymmetricKeyType === "rsa";
const raw = { dsaEncoding: "ieee-p1363" } as const;
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  ES256: { hash: "sha256", isFor: onCurve("prime256v1"), options: raw, length: 64 },
  ES384: { hash: "sha384", isFor: onCurve("secp384r1"), options: raw, length: 96 },
  ES512: { hash: "sha512", isFor: onCurve("secp521r1"), options: raw, length: 132 },
  RS256: { hash: "sha256", isFor: isRsa, options: { padding: constants.RSA_PKCS1_PADDING }, length: null },
  PS256: { hash: "sha256", isFor: isRsa, options: pss, length: null },
};

const Token = z.strictObject({
  format: z.string().max(40),
  algorithm: z.string().max(10),
  unverifiedCertificate: z.string().min(1).max(8_000),
  signature: z.string().min(1).max(1_000),
  appVersion: z.string().max(300),
});

export type TokenReason =
  | "token.too-long"
  | "token.form"
  | "token.version"
  | "token.algorithm"
  | "token.certificate"
  | "token.key"
  | "token.signature-form"
  | "token.signature";

type Read =
  | {
      readonly ok: true;
      readonly certificate: Certificate;
      readonly prove: (origin: string, nonce: string) => TokenReason | null;
    }
  | { readonly ok: false; readonly reason: TokenReason };

const no = (reason: TokenReason) => ({ ok: false, reason }) as const;

/** Reads the token; `prove` then says whether its signature is over this origin and nonce, with the certificate's own key. */
export function readToken(text: string): Read {
  if (text.length > LONGEST) return no("token.too-long");
  const token = Token.safeParse(parsed(text)).data;
  if (!token) return no("token.form");
  // 1.1 and later say more, and mean more: a version nobody here has read is not guessed at.
  if (token.format !== "web-eid:1.0") return no("token.version");
  const algorithm = algorithmOf(token.algorithm);
  if (!algorithm) return no("token.algorithm");
  const der = fromBase64(token.unverifiedCertificate);
  const certificate = der && readCertificate(der);
  if (!certificate) return no("token.certificate");
  if (!isStrongKey(certificate.publicKey) || !algorithm.isFor(certificate.publicKey)) return no("token.key");
  const signature = fromBase64(token.signature);
  const { modulusLength = 0 } = certificate.publicKey.asymmetricKeyDetails ?? {};
  if (signature?.length !== (algorithm.length ?? modulusLength / 8)) return no("token.signature-form");
  return {
    ok: true,
    certificate,
    prove(origin, nonce) {
      const isRight = verify(
        algorithm.hash,
        signedContent(algorithm.hash, origin, nonce),
        { key: certificate.publicKey, ...algorithm.options },
        signature,
      );
      return isRight ? null : "token.signature";
    },
  };
}

function algorithmOf(name: string): Algorithm | undefined {
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
}

/** H(origin) || H(nonce): two hashes of fixed length, so that no character can move from one to the other. */
function signedContent(hash: Algorithm["hash"], origin: string, nonce: string): Buffer {
  return Buffer.concat([origin, nonce].map((text) => createHash(hash).update(text, "utf8").digest()));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only in its one canonical spelling: the same bytes written otherwise are not the same token. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}
