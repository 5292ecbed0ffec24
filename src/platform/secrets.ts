/** Keys that never lie in the database. Made and held by the `hsm` gateway: a key file in the sandbox, PKCS#11 in earnest. */

/**
 * What keys are for. Each purpose has a key of its own, so that one use can never be replayed as another. Whoever uses one
 * declares it beside that use, `declare module "#platform/secrets" { interface Purposes { ... } }`; whoever holds the keys
 * does not compile until it makes one for it.
 */
export interface Purposes {
  /** The payload of a job. */
  job: true;
  /** What is told about a person, while it lies in a table. */
  personal: true;
}

export type Purpose = keyof Purposes;

export interface Secrets {
  /** HMAC-SHA256 of `data` under the purpose's key, in its current version or the one named. 32 bytes. */
  mac(purpose: Purpose, data: string | Uint8Array, version?: number): Promise<Buffer>;
  version(purpose: Purpose): number;
  /** AES-256-GCM; `context` (what this is, and whose) is authenticated, so that a sealed value cannot be moved to another row. */
  seal(purpose: Purpose, plain: string, context: string): Promise<Buffer>;
  /** Throws when the value was altered, or sealed for another purpose or context. */
  open(purpose: Purpose, sealed: Uint8Array, context: string): Promise<string>;
}

/** An ES256 key whose private half stays where it is held. */
export interface SigningKey {
  readonly id: string;
  /** The public half as a JWK (RFC 7517), with `kid`, `alg` and `use`. */
  readonly publicJwk: Readonly<Record<string, string>>;
  /** Signature over `data`, raw r||s (RFC 7518 3.4), 64 bytes. */
  sign(data: Uint8Array): Promise<Buffer>;
}

export interface SigningKeys {
  /** The current key first; older ones stay published until what they signed has expired. */
  list(use: "id-token"): Promise<readonly SigningKey[]>;
}
