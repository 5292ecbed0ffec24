/** Reads a plain text e-mail (RFC 5322, RFC 2045, RFC 2047); of several parts it takes the first that is plain text. */

export interface ReadMail {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const DEEPEST = 5;

/** @param raw the message's octets as a latin1 string, one character an octet. */
export function readMail(raw: string): ReadMail {
  const whole = splitPart(raw);
  return {
    messageId: whole.headers.get("message-id") ?? "",
    from: decodeWords(whole.headers.get("from") ?? ""),
    subject: decodeWords(whole.headers.get("subject") ?? ""),
    text: textOf(whole, 0) ?? "",
  };
}

function splitPart(raw: string): Part {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const headers = new Map(
    lines.map((line) => [line.split(":", 1)[0]?.toLowerCase() ?? "", line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { headers, body: end ? raw.slice(end.index + end[0].length) : "" };
}

function textOf(part: Part, depth: number): string | null {
  const type = part.headers.get("content-type") ?? "text/plain";
  if (/^multipart\//i.test(type)) return depth < DEEPEST ? firstTextIn(part, parameter(type, "boundary"), depth) : null;
  if (!/^text\/plain/i.test(type)) return null;
  const octets = decodeTransfer(part.body, part.headers.get("content-transfer-encoding") ?? "7bit");
  return inCharset(octets, parameter(type, "charset") ?? "utf-8")
    .replace(/\r\n/g, "\n")
    .replace(/\n$/, "");
}

function firstTextIn(part: Part, boundary: string | undefined, depth: number): string | null {
  if (boundary === undefined) return null;
  const inner = `\n${part.body}`.split(`\n--${boundary}`).slice(1);
  const texts = inner.map((piece) => textOf(splitPart(piece.replace(/^[^\n]*\r?\n/, "")), depth + 1));
  return texts.find((text) => text !== null) ?? null;
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, "i").exec(header);
  return found?.[1] ?? found?.[2];
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, "base64");
  if (/^quoted-printable$/i.test(encoding)) return quotedPrintable(body.replace(/=[ \t]*\r?\n/g, ""));
  return Buffer.from(body, "latin1");
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
}

/** RFC 2047: white space between two encoded words is not there. */
function decodeWords(header: string): string {
  return header
    .replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, "$1")
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, how: string, word: string) =>
      inCharset(how.toLowerCase() === "b" ? Buffer.from(word, "base64") : quotedPrintable(word.replace(/_/g, " ")), charset),
    );
}

function inCharset(octets: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return octets.toString("latin1");
  }
}
