/**
 * The octets that ask for prepared statements (PostgreSQL 15, "Message Formats" in 55.7): for each Bind and Execute, then one
 * Sync, in one buffer. `pg` makes a buffer of each message, and the socket gathers them again.
 */

/** A statement the connection knows, with its values: octets are sent as they are, text for PostgreSQL to read. */
export interface Bound {
  readonly name: string;
  readonly values: readonly (Buffer | string | null)[];
}

export function messagesOf(asked: readonly Bound[]): Buffer {
  const lengths = asked.map(lengthsOf);
  const size = lengths.reduce((sum, { whole }) => sum + 1 + whole + executeSize, syncSize);
  const octets = Buffer.allocUnsafe(size);
  let at = 0;
  for (const [place, bound] of asked.entries()) at = writeStatement(octets, at, bound, lengths[place] ?? none);
  octets.writeUInt8(code.sync, at);
  octets.writeInt32BE(4, at + 1);
  return octets;
}

const code = { bind: 0x42, execute: 0x45, sync: 0x53 } as const;
const executeSize = 1 + 4 + 1 + 4;
const syncSize = 1 + 4;

interface Lengths {
  /** Of the Bind message, without its first octet. */
  readonly whole: number;
  /** Of each value; -1 for null. */
  readonly values: readonly number[];
}
const none: Lengths = { whole: 0, values: [] };

function lengthsOf({ name, values }: Bound): Lengths {
  const each = values.map((value) => {
    if (value === null) return -1;
    return typeof value === "string" ? Buffer.byteLength(value) : value.length;
  });
  const sum = each.reduce((total, length) => total + 2 + 4 + Math.max(0, length), 0);
  // Length, unnamed portal, name, number of formats, number of values, number of result formats.
  return { whole: 4 + 1 + Buffer.byteLength(name) + 1 + 2 + 2 + 2 + sum, values: each };
}

function writeStatement(octets: Buffer, start: number, { name, values }: Bound, lengths: Lengths): number {
  let at = octets.writeUInt8(code.bind, start);
  at = octets.writeInt32BE(lengths.whole, at);
  at = octets.writeUInt8(0, at);
  at += octets.write(name, at);
  at = octets.writeUInt8(0, at);
  at = octets.writeInt16BE(values.length, at);
  for (const value of values) at = octets.writeInt16BE(Buffer.isBuffer(value) ? 1 : 0, at);
  at = octets.writeInt16BE(values.length, at);
  for (const [place, value] of values.entries()) {
    at = octets.writeInt32BE(lengths.values[place] ?? -1, at);
    if (value !== null) at += typeof value === "string" ? octets.write(value, at) : value.copy(octets, at);
  }
  at = octets.writeInt16BE(0, at);
  at = octets.writeUInt8(code.execute, at);
  at = octets.writeInt32BE(executeSize - 1, at);
  at = octets.writeUInt8(0, at);
  return octets.writeInt32BE(0, at);
}
