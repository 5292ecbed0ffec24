import { setTimeout as delay } from "node:timers/promises";
import smpp from "smpp";
import type { Pdu, Session } from "smpp";
import { bind } from "#platform/bind";
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

interface LinkNeeds {
  readonly url: URL;
  readonly log: Log;
  readonly timing: Timing;
  readonly heard: (pdu: Pdu) => void;
}

interface State extends LinkNeeds {
  readonly stopping: AbortController;
  /** The session to speak on, once there is one. */
  current: PromiseWithResolvers<Conversation>;
  running: Promise<void> | null;
  open: Conversation | null;
}

export function createLink(needs: LinkNeeds): Link {
  const stopping = new AbortController();
  const state: State = { ...needs, stopping, current: Promise.withResolvers(), running: null, open: null };
  return bind(state, { bound, close });
}

async function bound(state: State): Promise<Conversation> {
  if (state.stopping.signal.aborted) throw new Error("the SMS carrier is closed");
  state.running ??= keepBound(state);
  return inTime(state.current.promise, state.timing.answerMs);
}

async function close(state: State): Promise<void> {
  state.stopping.abort();
  await state.open?.ask("unbind").catch(() => undefined);
  state.open?.destroy();
  await state.running;
}

async function keepBound(state: State): Promise<void> {
  const { stopping, timing } = state;
  for (let wait = timing.firstWaitMs; !stopping.signal.aborted; wait = Math.min(wait * 2, timing.longestWaitMs)) {
    if (await stayBound(state)) wait = timing.firstWaitMs;
    state.current = Promise.withResolvers();
    await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

/** True when the session had been bound before it was lost. */
async function stayBound(state: State): Promise<boolean> {
  const { url, log, timing, heard, stopping } = state;
  const conversation = converse(connect(url), timing.answerMs, heard);
  state.open = conversation;
  try {
    await conversation.ask("bind_transceiver", credentials(url));
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "could not bind to the SMSC");
    conversation.destroy();
    return false;
  }
  state.current.resolve(conversation);
  log.info({}, "bound to the SMSC");
  await keptAlive(conversation, timing);
  if (!stopping.signal.aborted) log.warn({}, "the session with the SMSC was lost");
  return true;
}

/** SMPP 3.4 7.2: a session that does not answer `enquire_link` is dead, whatever TCP thinks. */
async function keptAlive(conversation: Conversation, { enquireMs }: Timing): Promise<void> {
  const timer = setInterval(() => {
    conversation.ask("enquire_link").catch(() => conversation.destroy());
  }, enquireMs);
  await conversation.over;
  clearInterval(timer);
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
