/** A signing key whose private half stays where it is held, in the form the engine can use. */
import { createPublicKey } from "node:crypto";
import { ExternalSigningKey } from "oidc-provider";
import type { SigningKey } from "#platform/secrets";

/** A class because the engine asks `instanceof`. */
class EngineKey extends ExternalSigningKey {
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    super();
    this.#key = key;
  }

  override get kid() {
    return this.#key.id;
  }

  override get alg() {
    return "ES256";
  }

  override keyObject() {
    return createPublicKey({ key: { ...this.#key.publicJwk }, format: "jwk" });
  }

  override async sign(data: Uint8Array) {
    return this.#key.sign(data);
  }
}

export function engineKeyOf(key: SigningKey): ExternalSigningKey {
  return new EngineKey(key);
}
