import { randomBytes, randomUUID } from "node:crypto";

/** What the product may not make for itself: the time and chance. Handed in, so that tests and the sandbox can move them. */

export interface Clock {
  now(): Date;
}

/** Every value comes from the operating system's CSPRNG. */
export interface Random {
  bytes(length: number): Buffer;
  /** `length` decimal digits, each uniform. */
  digits(length: number): string;
  /** 256 bits in base64url: identifiers that must not be guessed. */
  token(): string;
  uuid(): string;
}

export const systemClock: Clock = { now: () => new Date() };

/** `randomUUID` draws ahead by itself. */
export const systemRandom: Random = { ...createRandom(drawnAhead(randomBytes)), uuid: () => randomUUID() };

/**
 * A sign-in draws some thirty short values, and each call of the system's generator costs more than the bytes do: they are
 * drawn by the page. What was handed out is wiped here.
 */
function drawnAhead(draw: (length: number) => Buffer): (length: number) => Buffer {
  const page = 4_096;
  let drawn: Buffer = Buffer.alloc(0);
  return (length) => {
    if (length > page) return draw(length);
    if (drawn.length < length) drawn = draw(page);
    const bytes = Buffer.from(drawn.subarray(0, length));
    drawn.fill(0, 0, length);
    drawn = drawn.subarray(length);
    return bytes;
  };
}

export function createRandom(bytes: (length: number) => Buffer): Random {
  return {
    bytes,
    digits: (length) => uniformDigits(bytes, length),
    token: () => bytes(32).toString("base64url"),
    uuid: () => uuidOf(bytes(16)),
  };
}

/** Bytes of 250 and more are thrown away: their remainder by ten would favour the digits 0 to 5. */
function uniformDigits(bytes: Random["bytes"], length: number): string {
  let digits = "";
  while (digits.length < length) {
    for (const byte of bytes(length + 4)) if (byte < 250 && digits.length < length) digits += String(byte % 10);
  }
  return digits;
}

/** RFC 9562 5.4: version 4, variant 10. */
function uuidOf(octets: Buffer): string {
  const marked = Buffer.from(octets);
  marked.writeUInt8((marked.readUInt8(6) & 0x0f) | 0x40, 6);
  marked.writeUInt8((marked.readUInt8(8) & 0x3f) | 0x80, 8);
  return marked.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
