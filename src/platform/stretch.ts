/** Makes each guess at a short secret dear: Argon2id (RFC 9106), 7 MiB, 5 passes, one lane. 32 bytes. Argon2id is the library's default algorithm. */
import { hashRaw } from "@node-rs/argon2";

export type Stretch = (secret: string, salt: Uint8Array) => Promise<Buffer>;

export const argon2id: Stretch = (secret, salt) =>
  hashRaw(secret, { memoryCost: 7168, timeCost: 5, parallelism: 1, outputLen: 32, salt });
