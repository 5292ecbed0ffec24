import { inflateSync } from "node:zlib";

const HEADER = 44;
const ENTRY = 20;

/**
 * A WOFF 1.0 file (W3C WOFF 1.0, 3 to 5) as the plain SFNT font inside it. The PDF library could read WOFF, but would inflate it
 * anew, slowly, for each letter: three quarters of the time a letter takes.
 */
export function unwrapWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => readTable(woff, HEADER + at * ENTRY));
  const head = Buffer.alloc(12 + count * 16);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  let offset = head.length;
  for (const [at, { tag, checksum, data, size }] of tables.entries()) {
    head.write(tag, 12 + at * 16, "latin1");
    for (const [field, value] of [checksum, offset, size].entries()) head.writeUInt32BE(value, 16 + at * 16 + field * 4);
    offset += data.length;
  }
  return Buffer.concat([head, ...tables.map(({ data }) => data)]);
}

function readTable(woff: Buffer, entry: number) {
  const [offset, packed, size, checksum] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(entry + field)) as [
    number,
    number,
    number,
    number,
  ];
  const stored = woff.subarray(offset, offset + packed);
  const data = packed < size ? inflateSync(stored, { maxOutputLength: size }) : stored;
  const padding = Buffer.alloc((4 - (size % 4)) % 4);
  return { tag: woff.toString("latin1", entry, entry + 4), checksum, size, data: Buffer.concat([data, padding]) };
}
