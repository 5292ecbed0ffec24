/** DER taken apart without making anything of it: for lists so long that an object for each of their values would stop us. */

/** Tags (X.690 8.1.2) that are told apart here. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** With its tag and length. */
  readonly whole: Buffer;
}

/** The values that follow one another in these bytes. Throws where one is cut off, or has a length that DER does not write (X.690 10.1). */
export function* elementsIn(bytes: Buffer): Generator<Element> {
  for (let at = 0; at < bytes.length;) {
    const [start, length] = contentAt(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new RangeError("a value is cut off");
    yield { tag: bytes.readUInt8(at), content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
    at = end;
  }
}

function contentAt(bytes: Buffer, at: number): readonly [start: number, length: number] {
  const first = bytes.readUInt8(at);
  if (first < 0x80) return [at + 1, first];
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new RangeError("a length that DER does not write");
  return [at + 1 + count, bytes.readUIntBE(at + 1, count)];
}

/** All of them, where there are no more than so many; throws where there are. */
export function few(bytes: Buffer, most: number): Element[] {
  const found: Element[] = [];
  for (const element of elementsIn(bytes)) {
    if (found.length === most) throw new RangeError(`more than ${String(most)} values`);
    found.push(element);
  }
  return found;
}

/** The only value in these bytes. Throws when it is not of that kind, or something follows. */
export function only(bytes: Buffer, tag: number): Buffer {
  const [element] = few(bytes, 1);
  if (element?.tag !== tag) throw new TypeError("not the value it should be");
  return element.content;
}

/** A value of that tag with this content (X.690 8.1.3). */
export function wrapped(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from([tag, 0x84]), length, body]);
}
