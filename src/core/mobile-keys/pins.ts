/**
 * What is kept of a PIN: HMAC(key outside the database, key id || salt || Argon2id(PIN, salt)). With the whole database
 * stolen not one PIN can be tried; Argon2id is the second wall, for the day the HMAC key leaks too (docs/law.md#pin-at-rest).
 */
import { bind } from "#platform/bind";
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

export interface PinNeeds {
  readonly secrets: Secrets;
  readonly stretch: Stretch;
  readonly random: Random;
  readonly mode: PinMode;
}

export function createPins(needs: PinNeeds): Pins {
  return bind(needs, { make, matches, matchNothing });
}

/** All of a record that is settled before the PIN is known. */
type PinSetting = Omit<PinRecord, "verifier">;

async function verifierOf({ secrets, stretch }: PinNeeds, keyId: string, pin: string, setting: PinSetting): Promise<Buffer> {
  const { salt, mode, keyVersion } = setting;
  const stretched = mode === "argon2" ? await stretch(pin, salt) : Buffer.from(pin);
  return secrets.mac("pin", Buffer.concat([Buffer.from(`${keyId}\n`), salt, stretched]), keyVersion);
}

function fresh({ random, mode, secrets }: PinNeeds): PinSetting {
  return { salt: random.bytes(16), mode, keyVersion: secrets.version("pin") };
}

async function make(needs: PinNeeds, keyId: string, pin: string): Promise<PinRecord> {
  const setting = fresh(needs);
  return { ...setting, verifier: await verifierOf(needs, keyId, pin, setting) };
}

async function matches(needs: PinNeeds, keyId: string, pin: string, record: PinRecord): Promise<boolean> {
  return same(record.verifier, await verifierOf(needs, keyId, pin, record));
}

async function matchNothing(needs: PinNeeds, pin: string): Promise<false> {
  await verifierOf(needs, "nobody", pin, fresh(needs));
  return false;
}
