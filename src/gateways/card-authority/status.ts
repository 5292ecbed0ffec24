/** Whether a certificate still holds: its issuer's responder first, its issuer's list when there is no answer, else nothing. */
import { createBoundedCache } from "#platform/bounded-cache";
import type { Log } from "#platform/log";
import type { Clock, Random } from "#platform/world";
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

export function createStatus({ clock, random, log, nonce, limits: bounds }: StatusNeeds): StatusOf {
  const fetchAnswer = createBoundedFetch(bounds.largestAnswer);
  const fetchList = createBoundedFetch(bounds.largestList);
  const answers = createKept<Answer>(clock, 10_000);
  const lists = createKept<RevocationList>(clock, 64);

  async function ask(certificate: Certificate, issuer: Certificate): Promise<Answer | null> {
    for (const url of certificate.ocspUrls.slice(0, 2)) {
      const question = askAbout(certificate, issuer, random);
      const body = await reached(log, "ocsp", () => fetchAnswer(url, posted(question.der, bounds.ocspTimeout)));
      const answer = body && readAnswer(body, question, issuer, { nonce, times: bounds.ocsp }, clock.now());
      if (answer) return answer;
      if (body) log.warn({ gateway: "card-authority", source: "ocsp" }, "an answer that cannot be believed");
    }
    return null;
  }

  async function fetchedList(url: string, issuer: Certificate): Promise<RevocationList | null> {
    const signal = () => AbortSignal.timeout(bounds.crlTimeout);
    const body = await reached(log, "crl", () => fetchList(url, { signal: signal() }));
    const list = body && readList(body, issuer, bounds.crl, clock.now());
    if (body && !list) log.warn({ gateway: "card-authority", source: "crl" }, "a list that cannot be believed");
    return list;
  }

  async function lookUp({ crlUrls, serial }: Certificate, issuer: Certificate): Promise<Answer | null> {
    for (const url of crlUrls.slice(0, 2)) {
      const name = `${issuer.x509.fingerprint256} ${url}`;
      const list = await lists(name, bounds.keepList, () => fetchedList(url, issuer));
      if (list) return { status: list.statusOf(serial), nextUpdate: list.nextUpdate };
    }
    return null;
  }

  return async (certificate, issuer) => {
    const name = `${issuer.x509.fingerprint256} ${certificate.serial}`;
    // "Unknown" is an answer: an issuer that never issued this number outweighs a list that does not name it.
    const answer = await answers(
      name,
      bounds.keep,
      async () => (await ask(certificate, issuer)) ?? (await lookUp(certificate, issuer)),
    );
    return answer?.status ?? null;
  };
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

interface Until {
  readonly nextUpdate: Date | null;
}

/** Kept until its next update, `keep` at most; whoever asks meanwhile waits for the same answer. What could not be had is not kept. */
function createKept<Value extends Until>(clock: Clock, most: number) {
  const kept = createBoundedCache<Value>({ most, clock });
  const asked = new Map<string, Promise<Value | null>>();

  function store(name: string, value: Value, keep: number): void {
    // An answer that promises no next one could be another at any moment.
    const promised = (value.nextUpdate?.getTime() ?? 0) - clock.now().getTime();
    kept.set(name, value, Math.min(keep, promised));
  }

  async function fetched(name: string, keep: number, ask: () => Promise<Value | null>): Promise<Value | null> {
    try {
      const value = await ask();
      if (value) store(name, value, keep);
      return value;
    } finally {
      asked.delete(name);
    }
  }

  return async (name: string, keep: number, ask: () => Promise<Value | null>): Promise<Value | null> => {
    const found = kept.get(name);
    if (found !== undefined) return found;
    const under = asked.get(name) ?? fetched(name, keep, ask);
    asked.set(name, under);
    return under;
  };
}
