import smpp from "smpp";

export interface EncodedParts {
  /** SMPP 3.4 5.2.19: 0 is the SMSC's default alphabet (GSM 03.38), 8 is UCS-2. */
  readonly dataCoding: 0 | 8;
  /** What goes into `short_message`; more than one carry a concatenation header (3GPP TS 23.040 9.2.3.24.1). */
  readonly parts: readonly Buffer[];
}

/** Octets a part may hold: alone, and beside the six octets of a concatenation header (seven septets in GSM-7). */
const ROOM = { 0: { alone: 160, joined: 153 }, 8: { alone: 140, joined: 134 } } as const;
const MOST_PARTS = 255;

/**
 * Text as an SMSC wants it: one part wherever it fits, GSM-7 wherever it can be.
 * @param joint one octet, the same for all parts of one message; asked for where there are several.
 */
export function encodeParts(text: string, joint: () => number): EncodedParts {
  const dataCoding = smpp.encodings.ASCII.match(text) ? 0 : 8;
  const encoding = dataCoding === 0 ? smpp.encodings.ASCII : smpp.encodings.UCS2;
  const whole = encoding.encode(text);
  if (whole.length <= ROOM[dataCoding].alone) return { dataCoding, parts: [whole] };
  const pieces = cut(
    [...text].map((sign) => encoding.encode(sign)),
    ROOM[dataCoding].joined,
  );
  if (pieces.length > MOST_PARTS) throw new Error("text too long for an SMS");
  const octet = joint();
  return { dataCoding, parts: pieces.map((piece, at) => Buffer.concat([header(octet, pieces.length, at + 1), piece])) };
}

/** Cuts between signs, never inside one: half an escape sequence or half a surrogate pair is unreadable on the phone. */
function cut(signs: readonly Buffer[], room: number): Buffer[] {
  const pieces: Buffer[][] = [[]];
  let used = 0;
  for (const sign of signs) {
    if (used + sign.length > room) {
      pieces.push([]);
      used = 0;
    }
    pieces.at(-1)?.push(sign);
    used += sign.length;
  }
  return pieces.map((piece) => Buffer.concat(piece));
}

function header(joint: number, total: number, sequence: number): Buffer {
  return Buffer.from([5, 0, 3, joint, total, sequence]);
}
