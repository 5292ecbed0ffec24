/**
 * What is kept of a PIN: HMAC(key outside the database, key id || salt || Argon2id(PIN, salt)). With the whole database
 * stolen not one PIN can be tried; Argon2id is the second wall, for the day the HMAC key leaks too (law.md, "PIN at rest").
 */
import { same } from "#platform/fingerprint";
import type { Secrets } from "#platform/secrets";
import type { Stretch } from "#platform/stretch";
import type { Random } from "#platform/world";

declare module "#platform/secrets" {
  interface Purposes {
    /** PINs lie in the database under it. */
    pin: true;
  }
}

/** "keyed" leaves Argon2id out, for installations whose HMAC key cannot leave an HSM. */
export type PinMode = "argon2" | "keyed";

export interface PinRecord {
  readonly verifier: Buffer;
  readonly salt: Buffer;
  readonly mode: PinMode;
  readonly keyVersion: number;
}

export interface Pins {
  make(keyId: string, pin: string): Promise<PinRecord>;
  matches(keyId: string, pin: string, record: PinRecord): Promise<boolean>;
  /** Takes as long as `matches` and is never true: for numbers that nobody has. */
  matchNothing(pin: string): Promise<false>;
}

export function createPins({
  secrets,
  stretch,
  random,
  mode,
}: {
  secrets: Secrets;
  stretch: Stretch;
  random: Random;
  mode: PinMode;
}): Pins {
  async function verifierOf(
    keyId: string,
    pin: string,
    { salt, mode: how, keyVersion }: Omit<PinRecord, "verifier">,
  ): Promise<Buffer> {
    const stretched = how === "argon2" ? await stretch(pin, salt) : Buffer.from(pin);
    return secrets.mac("pin", Buffer.concat([Buffer.from(`${keyId}\n`), salt, stretched]), keyVersion);
  }

  const fresh = () => ({ salt: random.bytes(16), mode, keyVersion: secrets.version("pin") });

  return {
    async make(keyId, pin) {
      const record = fresh();
      return { ...record, verifier: await verifierOf(keyId, pin, record) };
    },
    async matches(keyId, pin, record) {
      return same(record.verifier, await verifierOf(keyId, pin, record));
    },
    async matchNothing(pin) {
      await verifierOf("nobody", pin, fresh());
      return false;
    },
  };
}
