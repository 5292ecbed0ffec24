/** `fetch` that never follows a redirect and never holds more of an answer than it was told to expect. */

export class AnswerTooLarge extends Error {
  override readonly name = "AnswerTooLarge";
}

/** A fetch whose answers are read whole, up to `most` bytes; more than that is a fault. */
export function createBoundedFetch(most: number): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const answer = await fetch(url, { ...init, redirect: "manual" });
    const body = await readUpTo(answer, most);
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(empty ? null : body, { status: answer.status, headers: answer.headers });
  };
}

async function readUpTo(answer: Response, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | Uint8Array[] = answer.body ?? [];
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw new AnswerTooLarge(`an answer of more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
