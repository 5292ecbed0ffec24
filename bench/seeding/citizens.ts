/** Invented people by number: the n-th has a phone, a PIN and a key that can be told without looking anywhere. */
import type { Secrets } from "#platform/secrets";
import { argon2id } from "#platform/stretch";
import { systemRandom } from "#platform/world";

export type PinMode = "argon2" | "keyed";

/** Each begins ten million Portuguese mobile numbers. */
const prefixes = ["91", "92", "93", "96"] as const;
export const mostCitizens = prefixes.length * 10_000_000;

export const addressing = [
  "phone: +351, then 91, 92, 93 or 96 for each ten million citizens, then n modulo 10 000 000 in seven digits",
  "PIN:   (n * 7919 + 104729) modulo 1 000 000, in six digits",
] as const;

export function phoneOf(n: number): string {
  return `+351${prefixes[Math.floor(n / 10_000_000)] ?? ""}${padded(n % 10_000_000, 7)}`;
}

export function pinOf(n: number): string {
  return padded((n * 7919 + 104_729) % 1_000_000, 6);
}

/** Nine digits: no sample person of the sandbox has such a civil id. */
const civilIdOf = (n: number): string => `5${padded(n, 8)}`;

const padded = (value: number, length: number): string => String(value).padStart(length, "0");

const givenNames = ["Ana", "Rui", "Marta", "Tiago", "Inês", "Pedro", "Joana", "Nuno", "Clara", "Hugo"] as const;
const familyNames = ["Exemplo", "Amostra", "Ensaio", "Modelo", "Prova", "Invento", "Fictício"] as const;

export const citizenColumns =
  "id civil_id tax_number name given_names family_names birth_date nationality document_kind document_number document_expires updated_at".split(
    " ",
  );
export const keyColumns =
  "id citizen_id state channel level signature phone language pin_verifier pin_salt pin_mode pin_key_version pin_temporary valid_until created_at activated_at".split(
    " ",
  );

export type Cell = string | number | boolean | Buffer;

export interface SeededCitizen {
  readonly citizen: readonly Cell[];
  readonly key: readonly Cell[];
}

/** As core/mobile-keys/pins.ts keeps a PIN; the benchmark signs in with them, so that the two cannot part. */
async function verifierOf(secrets: Secrets, keyId: string, n: number, salt: Buffer, mode: PinMode): Promise<Buffer> {
  const stretched = mode === "argon2" ? await argon2id(pinOf(n), salt) : Buffer.from(pinOf(n));
  return secrets.mac("pin", Buffer.concat([Buffer.from(`${keyId}\n`), salt, stretched]));
}

export function createCitizenMaker(secrets: Secrets, mode: PinMode) {
  const version = secrets.version("pin");
  const now = new Date().toISOString();
  const validUntil = new Date(Date.now() + 5 * 365 * 86_400_000).toISOString();
  return async function citizen(n: number): Promise<SeededCitizen> {
    const [citizenId, keyId, salt] = [systemRandom.uuid(), systemRandom.uuid(), systemRandom.bytes(16)];
    const [given, family] = [givenNames[n % 10] ?? "", `${familyNames[n % 7] ?? ""} ${String(n)}`];
    const birth = `${String(1940 + (n % 60))}-${padded(1 + (n % 12), 2)}-${padded(1 + (n % 28), 2)}`;
    const civilId = civilIdOf(n);
    const verifier = await verifierOf(secrets, keyId, n, salt, mode);
    const document = ["CC", `${civilId}ZZ0`, validUntil.slice(0, 10)];
    return {
      citizen: [
        citizenId,
        civilId,
        padded(200_000_000 + n, 9),
        `${given} ${family}`,
        given,
        family,
        birth,
        "PT",
        ...document,
        now,
      ],
      key: [
        keyId,
        citizenId,
        "active",
        "desk",
        3,
        "available",
        phoneOf(n),
        "pt",
        verifier,
        salt,
        mode,
        version,
        false,
        validUntil,
        now,
        now,
      ],
    };
  };
}
