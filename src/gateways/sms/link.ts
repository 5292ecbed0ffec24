import { setTimeout as delay } from "node:timers/promises";
import smpp from "smpp";
import type { Pdu, Session } from "smpp";
import type { Log } from "#platform/log";
import { converse } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";

export interface Timing {
  /** For an answer, and for a session to be there to ask on. */
  readonly answerMs: number;
  readonly enquireMs: number;
  /** Between attempts to bind: doubled from the first to the longest. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** One transceiver session with the SMSC, kept alive, and bound again whenever it is lost. */
export interface Link {
  bound(): Promise<Conversation>;
  close(): Promise<void>;
}

export function createLink(needs: { url: URL; log: Log; timing: Timing; heard: (pdu: Pdu) => void }): Link {
  const { url, log, timing, heard } = needs;
  const stopping = new AbortController();
  let current = Promise.withResolvers<Conversation>();
  let running: Promise<void> | null = null;
  let open: Conversation | null = null;

  async function keepBound(): Promise<void> {
    for (let wait = timing.firstWaitMs; !stopping.signal.aborted; wait = Math.min(wait * 2, timing.longestWaitMs)) {
      if (await stayBound()) wait = timing.firstWaitMs;
      current = Promise.withResolvers();
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  /** True when the session had been bound before it was lost. */
  async function stayBound(): Promise<boolean> {
    open = converse(connect(url), timing.answerMs, heard);
    try {
      await open.ask("bind_transceiver", credentials(url));
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, "could not bind to the SMSC");
      open.destroy();
      return false;
    }
    current.resolve(open);
    log.info({}, "bound to the SMSC");
    await keptAlive(open);
    if (!stopping.signal.aborted) log.warn({}, "the session with the SMSC was lost");
    return true;
  }

  /** SMPP 3.4 7.2: a session that does not answer `enquire_link` is dead, whatever TCP thinks. */
  async function keptAlive(conversation: Conversation): Promise<void> {
    const timer = setInterval(() => {
      conversation.ask("enquire_link").catch(() => conversation.destroy());
    }, timing.enquireMs);
    await conversation.over;
    clearInterval(timer);
  }

  async function bound(): Promise<Conversation> {
    if (stopping.signal.aborted) throw new Error("the SMS carrier is closed");
    running ??= keepBound();
    return inTime(current.promise, timing.answerMs);
  }

  async function close(): Promise<void> {
    stopping.abort();
    await open?.ask("unbind").catch(() => undefined);
    open?.destroy();
    await running;
  }

  return { bound, close };
}

/** The library opens the socket; a request written before it is connected waits in the socket's buffer. */
function connect(url: URL): Session {
  const tls = url.protocol === "ssmpp:";
  const port = Number(url.port || (tls ? 3550 : 2775));
  return smpp.connect({ host: url.hostname, port, tls, ...(tls ? { servername: url.hostname } : {}) });
}

function credentials(url: URL) {
  return {
    system_id: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    system_type: url.searchParams.get("system_type") ?? "",
    interface_version: 0x34,
  };
}

/** With a bare timer: each message passes here, and to abort a promised one costs more than to encode the message. */
function inTime<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error("no session with the SMSC"));
    }, ms);
    void promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
