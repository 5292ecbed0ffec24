/** Whether a certificate still holds: its issuer's responder first, its issuer's list when there is no answer, else nothing. */
import type { Log } from "#platform/log";
import type { Clock, Random } from "#platform/world";
import { createRecent, type Recent } from "./recent.ts";
import { createBoundedFetch } from "../bounded-fetch.ts";
import type { Certificate } from "./certificate.ts";
import { readList } from "./crl.ts";
import type { RevocationList } from "./crl.ts";
import type { Answer, CardStatus, Times } from "./freshness.ts";
import { askAbout, readAnswer } from "./ocsp.ts";
import type { OcspRules } from "./ocsp.ts";

export interface StatusLimits {
  /** Milliseconds a status, and a list, is kept at most; never beyond its own `nextUpdate`. */
  readonly keep: number;
  readonly keepList: number;
  readonly ocspTimeout: number;
  readonly crlTimeout: number;
  readonly ocsp: Times;
  readonly crl: Times;
  /** Bytes. */
  readonly largestAnswer: number;
  readonly largestList: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const limits: StatusLimits = {
  keep: 5 * MINUTE,
  keepList: 60 * MINUTE,
  ocspTimeout: 3_000,
  crlTimeout: 8_000,
  ocsp: { skew: 5 * MINUTE, oldest: DAY, oldestWithoutNext: 15 * MINUTE },
  crl: { skew: 5 * MINUTE, oldest: 8 * DAY, oldestWithoutNext: 0 },
  largestAnswer: 64 * 1024,
  largestList: 16 * 1024 * 1024,
};

export interface StatusNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly nonce: OcspRules["nonce"];
  readonly limits: StatusLimits;
}

/** Null: nobody could be asked, and so nobody may pass. */
export type StatusOf = (certificate: Certificate, issuer: Certificate) => Promise<CardStatus | null>;

interface Desk extends StatusNeeds {
  readonly fetchAnswer: ReturnType<typeof createBoundedFetch>;
  readonly fetchList: ReturnType<typeof createBoundedFetch>;
  readonly answers: Recent<Answer>;
  readonly lists: Recent<RevocationList>;
}

export function createStatus(needs: StatusNeeds): StatusOf {
  const { clock, limits: bounds } = needs;
  const desk: Desk = {
    ...needs,
    fetchAnswer: createBoundedFetch(bounds.largestAnswer),
    fetchList: createBoundedFetch(bounds.largestList),
    answers: createRecent(clock, 10_000),
    lists: createRecent(clock, 64),
  };
  return (certificate, issuer) => statusOf(desk, certificate, issuer);
}

async function statusOf(desk: Desk, certificate: Certificate, issuer: Certificate): Promise<CardStatus | null> {
  const name = `${issuer.x509.fingerprint256} ${certificate.serial}`;
  // "Unknown" is an answer: an issuer that never issued this number outweighs a list that does not name it.
  const answer = await desk.answers(
    name,
    desk.limits.keep,
    async () => (await ask(desk, certificate, issuer)) ?? (await lookUp(desk, certificate, issuer)),
  );
  return answer?.status ?? null;
}

async function ask(desk: Desk, certificate: Certificate, issuer: Certificate): Promise<Answer | null> {
  const { clock, random, log, nonce, limits: bounds, fetchAnswer } = desk;
  for (const url of certificate.ocspUrls.slice(0, 2)) {
    const question = askAbout(certificate, issuer, random);
    const body = await reached(log, "ocsp", () => fetchAnswer(url, posted(question.der, bounds.ocspTimeout)));
    const answer = body && readAnswer(body, question, issuer, { nonce, times: bounds.ocsp }, clock.now());
    if (answer) return answer;
    if (body) log.warn({ gateway: "card-authority", source: "ocsp" }, "an answer that cannot be believed");
  }
  return null;
}

async function lookUp(desk: Desk, { crlUrls, serial }: Certificate, issuer: Certificate): Promise<Answer | null> {
  for (const url of crlUrls.slice(0, 2)) {
    const name = `${issuer.x509.fingerprint256} ${url}`;
    const list = await desk.lists(name, desk.limits.keepList, () => fetchedList(desk, url, issuer));
    if (list) return { status: list.statusOf(serial), nextUpdate: list.nextUpdate };
  }
  return null;
}

async function fetchedList(desk: Desk, url: string, issuer: Certificate): Promise<RevocationList | null> {
  const { clock, log, limits: bounds, fetchList } = desk;
  const body = await reached(log, "crl", () => fetchList(url, { signal: AbortSignal.timeout(bounds.crlTimeout) }));
  const list = body && readList(body, issuer, bounds.crl, clock.now());
  if (body && !list) log.warn({ gateway: "card-authority", source: "crl" }, "a list that cannot be believed");
  return list;
}

function posted(body: Buffer, timeout: number): RequestInit {
  const headers = { "content-type": "application/ocsp-request", accept: "application/ocsp-response" };
  return { method: "POST", headers, body: new Uint8Array(body), signal: AbortSignal.timeout(timeout) };
}

/** Null for whatever the network does to us; said to the log by its kind alone. */
async function reached(log: Log, source: "ocsp" | "crl", call: () => Promise<Response>): Promise<Uint8Array | null> {
  try {
    const answer = await call();
    if (answer.status === 200) return new Uint8Array(await answer.arrayBuffer());
    log.warn({ gateway: "card-authority", source, status: answer.status }, "no answer about a certificate");
  } catch (fault) {
    const reason = fault instanceof Error ? fault.name : "unknown";
    log.warn({ gateway: "card-authority", source, reason }, "no answer about a certificate");
  }
  return null;
}
