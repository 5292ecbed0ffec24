import { z } from "zod";
import type { PostalCarrier, PrintBatch } from "#core/messages";
import type { Clock } from "#platform/world";
import { createBoundedFetch } from "../bounded-fetch.ts";
import { readPrinterKey, sealBatch } from "./batch.ts";
import type { ComposedLetter } from "./batch.ts";
import type { LetterLanguages } from "./letter-words.ts";
import { composeLetter } from "./letter.ts";
import { seconds } from "#platform/duration";
import type { Duration } from "#platform/duration";

export interface PostalCarrierNeeds {
  /** The post office's API, to which `/batches/{reference}` and `/events` are added. */
  readonly url: string;
  readonly credential: string;
  /** File with the printer's public key: PEM or JWK. */
  readonly printerKey: string;
  readonly words: LetterLanguages;
  readonly clock: Clock;
  /** Prints on every letter that nothing here is real. */
  readonly sandbox: boolean;
}

const HANDED_WITHIN = seconds(30);
const NEWS_WITHIN = seconds(5);
const LARGEST_ANSWER = 1_048_576;
/** Fits a path and a Data Matrix; core's references are shorter. */
const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/;

const NEWS = z.object({
  events: z
    .array(
      z.object({
        letter: z.string().regex(REFERENCE),
        event: z.enum(["delivered", "returned"]),
        at: z.iso.datetime().transform((at) => new Date(at)),
      }),
    )
    .max(5_000),
  cursor: z.string().max(200),
});

/**
 * Letters to the post office, over HTTPS. `hand` ends when the batch is taken, or had been taken before under the same
 * reference, and throws otherwise; so does `news` when the office cannot be understood.
 */
export function createPostalCarrier(needs: PostalCarrierNeeds): PostalCarrier {
  const { words, sandbox, clock } = needs;
  const printer = readPrinterKey(needs.printerKey);
  const fetchBounded = createBoundedFetch(LARGEST_ANSWER);

  async function call(
    path: string,
    within: Duration,
    init: { method?: string; body?: string; type?: string } = {},
  ): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${needs.credential}`, accept: "application/json" };
    if (init.type !== undefined) headers["content-type"] = init.type;
    const { method = "GET", body = null } = init;
    const url = needs.url.replace(/\/$/, "") + path;
    const answer = await fetchBounded(url, { method, body, headers, signal: AbortSignal.timeout(within) });
    if (!answer.ok) throw new Error(`the post office answered ${answer.status}`);
    return answer;
  }

  async function hand(batch: PrintBatch): Promise<void> {
    for (const { reference } of [batch, ...batch.letters]) checkReference(reference);
    const letters: ComposedLetter[] = [];
    for (const letter of batch.letters) {
      const pdf = await composeLetter(letter, words, { sandbox });
      letters.push({ reference: letter.reference, civilId: letter.civilId, pdf });
    }
    const body = await sealBatch(batch.reference, letters, clock.now(), printer);
    await call(`/batches/${batch.reference}`, HANDED_WITHIN, { method: "PUT", body, type: "application/jose" });
  }

  async function news(cursor: string) {
    const answer = await call(`/events?after=${encodeURIComponent(cursor)}`, NEWS_WITHIN);
    return NEWS.parse(await answer.json());
  }

  return { hand, news };
}

function checkReference(reference: string): void {
  if (!REFERENCE.test(reference)) throw new Error("a reference for the post must be letters, digits, hyphens");
}
