/** A message centre that speaks SMPP 3.4: binds, takes messages, sends receipts. */
import { randomUUID, timingSafeEqual, createHash } from "node:crypto";
import type { AddressInfo, Server } from "node:net";
import smpp from "smpp";
import type { Pdu, PduFields, Session, ShortMessage } from "smpp";
import type { Clock } from "#platform/world";
import type { Concat } from "./join-parts.ts";
import type { Phones } from "./phones.ts";

export interface SmscLogin {
  readonly systemId: string;
  readonly password: string;
}

interface SmscNeeds {
  readonly port: number;
  readonly login: SmscLogin;
  readonly clock: Clock;
  readonly phones: Phones;
}

const BINDS = new Set(["bind_transceiver", "bind_transmitter", "bind_receiver"]);
/** SMPP 3.4 5.2.12, 5.2.17, 5.2.28. */
const RECEIPT_WANTED = 0x01;
const IS_RECEIPT = 0x04;
const DELIVERED = 2;
/** SMPP 3.4 5.2.19: the default alphabet, Latin 1, UCS-2. Others a phone cannot show for certain: 1 is ASCII to some, GSM to others. */
const READABLE = new Set([0, 3, 8]);
const TIME_TO_BIND_MS = 10_000;

/** The needs, and what is open: sessions to be ended and receipts to be forgotten when the centre stops. */
interface Centre extends SmscNeeds {
  readonly sessions: Set<Session>;
  readonly receipts: Set<NodeJS.Timeout>;
}

export function createSmsc(needs: SmscNeeds) {
  const centre: Centre = { ...needs, sessions: new Set(), receipts: new Set() };
  const server = smpp.createServer((session) => admit(centre, session));
  return {
    start: () => listen(server, needs.port),
    stop: () => close(centre, server),
    port: () => (server.address() as AddressInfo).port,
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function close({ receipts, sessions }: Centre, server: Server): Promise<void> {
  for (const timer of receipts) clearTimeout(timer);
  for (const session of sessions) session.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

function admit(centre: Centre, session: Session): void {
  const late = setTimeout(() => session.destroy(), TIME_TO_BIND_MS);
  centre.sessions.add(session);
  session.on("error", () => session.destroy());
  session.on("close", () => {
    centre.sessions.delete(session);
    clearTimeout(late);
  });
  let bound = false;
  session.on("pdu", (pdu: Pdu) => {
    if (pdu.isResponse()) return;
    if (!BINDS.has(pdu.command)) return serve(centre, session, pdu, bound);
    const verdict = bound ? "ESME_RALYBND" : judgeLogin(pdu, centre.login);
    bound ||= verdict === "ESME_ROK";
    if (bound) clearTimeout(late);
    answer(session, pdu, verdict, { system_id: "chave-smsc" });
  });
}

function serve(centre: Centre, session: Session, pdu: Pdu, bound: boolean): void {
  switch (pdu.command) {
    case "submit_sm":
      return bound ? takeMessage(centre, session, pdu) : answer(session, pdu, "ESME_RINVBNDSTS");
    case "enquire_link":
      return answer(session, pdu, "ESME_ROK");
    case "unbind":
      answer(session, pdu, "ESME_ROK");
      return session.close();
    default:
      return refuse(session, pdu);
  }
}

/** SMPP 3.4 4.3: to what we do not know. */
function refuse(session: Session, { sequence_number }: Pdu): void {
  session.send(new smpp.PDU("generic_nack", { command_status: statusOf("ESME_RINVCMDID"), sequence_number }));
}

function takeMessage(centre: Centre, session: Session, pdu: Pdu): void {
  const to = `+${(pdu.destination_addr ?? "").replace(/^\+/, "")}`;
  if (!/^\+[1-9]\d{5,14}$/.test(to)) return answer(session, pdu, "ESME_RINVDSTADR");
  const sms = readMessage(pdu);
  if (!sms) return answer(session, pdu, "ESME_RSUBMITFAIL");
  const taken = centre.phones.take({ to, from: pdu.source_addr ?? "", ...sms });
  if (taken === "refused") return answer(session, pdu, "ESME_RX_T_APPN");
  const id = randomUUID();
  answer(session, pdu, "ESME_ROK", { message_id: id });
  const isWanted = ((pdu.registered_delivery ?? 0) & RECEIPT_WANTED) !== 0;
  if (isWanted && taken.deliveredIn !== null) sendReceipt(centre, session, { pdu, id, seconds: taken.deliveredIn });
}

interface Receipt {
  readonly pdu: Pdu;
  readonly id: string;
  /** Until the phone has the message. */
  readonly seconds: number;
}

function sendReceipt({ receipts, clock }: Centre, session: Session, { pdu, id, seconds }: Receipt): void {
  const timer = setTimeout(() => {
    receipts.delete(timer);
    session.send(receiptFor(pdu, id, clock.now()));
  }, seconds * 1000);
  receipts.add(timer.unref());
}

function judgeLogin(pdu: Pdu, login: SmscLogin): string {
  if (!same(pdu.system_id ?? "", login.systemId)) return "ESME_RINVSYSID";
  return same(pdu.password ?? "", login.password) ? "ESME_ROK" : "ESME_RINVPASWD";
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function answer(session: Session, pdu: Pdu, verdict: string, fields: PduFields = {}): void {
  const status = statusOf(verdict);
  session.send(pdu.response(status === 0 ? fields : { command_status: status }));
}

function statusOf(name: string): number {
  return smpp.errors[name] ?? 0x08;
}

/** The library has decoded the text by its `data_coding` and set the user data header apart. */
function readMessage(pdu: Pdu): { readonly text: string; readonly concat?: Concat } | null {
  if (!READABLE.has(pdu.data_coding ?? 0)) return null;
  const message = shortMessageOf(pdu);
  if (!message || typeof message.message !== "string") return null;
  const concat = concatOf(message.udh ?? []) ?? sarOf(pdu);
  return { text: message.message, ...(concat ? { concat } : {}) };
}

function shortMessageOf(pdu: Pdu): ShortMessage | null {
  const payload = pdu.message_payload ?? pdu.short_message;
  return payload === undefined || typeof payload === "string" || Buffer.isBuffer(payload) ? null : payload;
}

/** 3GPP TS 23.040 9.2.3.24.1: element 0, three octets: reference, parts in all, this part. */
function concatOf(elements: readonly Buffer[]): Concat | undefined {
  const element = elements.find((one) => one.length === 5 && one[0] === 0);
  return element && { joint: element.readUInt8(2), total: element.readUInt8(3), sequence: element.readUInt8(4) };
}

/** SMPP 3.4 5.3.2.22 and the next two say the same without a header. */
function sarOf(pdu: Pdu): Concat | undefined {
  const { sar_msg_ref_num: joint, sar_total_segments: total, sar_segment_seqnum: sequence } = pdu;
  if (joint === undefined || total === undefined || sequence === undefined) return undefined;
  return { joint, total, sequence };
}

/** SMPP 3.4 appendix B: the text every message centre sends, and the same facts as parameters. */
function receiptFor(pdu: Pdu, id: string, at: Date): Pdu {
  const stamp = at.toISOString().replace(/\D/g, "").slice(2, 12);
  const text = `id:${id} sub:001 dlvrd:001 submit date:${stamp} done date:${stamp} stat:DELIVRD err:000 text:`;
  return new smpp.PDU("deliver_sm", {
    ...(pdu.destination_addr === undefined ? {} : { source_addr: pdu.destination_addr }),
    ...(pdu.source_addr === undefined ? {} : { destination_addr: pdu.source_addr }),
    source_addr_ton: 1,
    source_addr_npi: 1,
    esm_class: IS_RECEIPT,
    data_coding: 0,
    short_message: text,
    receipted_message_id: id,
    message_state: DELIVERED,
  });
}
