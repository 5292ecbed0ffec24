/** What a form brought, read with bounds: nothing that a page of ours would not send gets past here. */
export interface Form {
  /** The field's text without surrounding blanks; "" when it is absent. */
  text(name: string): string;
  all(name: string): readonly string[];
}

export type FormMistake = "mediaType" | "tooLarge" | "malformed";

const maximumBytes = 16_384;
const maximumFields = 64;
/** The only field that may come more than once. */
const repeatable = new Set(["attribute"]);

export async function readForm(request: Request): Promise<Form | FormMistake> {
  const type = (request.headers.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return "mediaType";
  // A body that breaks off is no fault of ours, and nobody is left to be told.
  const body = await readBounded(request).catch(() => "malformed" as const);
  if (body === "malformed") return body;
  return body ? parseForm(body) : "tooLarge";
}

async function readBounded(request: Request): Promise<Buffer | null> {
  const announced = request.headers.get("Content-Length");
  if (announced !== null) {
    // HTTP holds the sender to the length it announced (RFC 9112 6.2): no stream need be watched.
    return Number(announced) > maximumBytes ? null : Buffer.from(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = request.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maximumBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function parseForm(body: Uint8Array): Form | "malformed" {
  const fields = new Map<string, string[]>();
  try {
    const pairs = strict.decode(body).split("&").filter(Boolean);
    if (pairs.length > maximumFields) return "malformed";
    for (const pair of pairs) {
      const [name = "", ...value] = pair.split("=").map(decode);
      fields.set(name, [...(fields.get(name) ?? []), value.join("=")]);
    }
  } catch {
    return "malformed";
  }
  if ([...fields].some(([name, values]) => values.length > 1 && !repeatable.has(name))) return "malformed";
  return {
    text: (name) => fields.get(name)?.[0]?.trim() ?? "",
    all: (name) => fields.get(name) ?? [],
  };
}

/** Throws on a broken escape, on bytes that are not UTF-8 and on control characters. */
function decode(part: string): string {
  const text = decodeURIComponent(part.replaceAll("+", " "));
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) throw new Error("control character in a form");
  return text;
}
