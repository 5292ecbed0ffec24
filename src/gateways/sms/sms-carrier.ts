import { createHash } from "node:crypto";
import type { PduFields } from "smpp";
import type { Pdu } from "smpp";
import type { SmsCarrier } from "#core/messages";
import type { Log } from "#platform/log";
import { createLink } from "./link.ts";
import type { Timing } from "./link.ts";
import { encodeParts } from "./parts.ts";
import { createWindow } from "./window.ts";
import { seconds } from "#platform/duration";

export interface SmsCarrierNeeds {
  /** `smpp://system_id:password@host:port?from=Chave&system_type=`; `ssmpp:` for TLS. */
  readonly url: string;
  readonly log: Log;
  readonly timing?: Partial<Timing>;
}

const TIMING: Timing = { answer: seconds(5), enquire: seconds(30), firstWait: seconds(0.25), longestWait: seconds(30) };
const WINDOW = 50;
const LONGEST_QUEUE = 10_000;
/** 3GPP TS 23.040 9.1.2.5: an alphanumeric sender has at most 11 characters. */
const SENDER = /^[A-Za-z0-9 ]{1,11}$/;
const E164 = /^\+[1-9]\d{5,14}$/;
/** SMPP 3.4 5.2.5, 5.2.6, 5.2.12, 5.2.17. */
const ALPHANUMERIC = { ton: 5, npi: 0 };
const INTERNATIONAL = { ton: 1, npi: 1 };
const UDH_PRESENT = 0x40;
/** Nothing is done with a receipt, and each is a message more for both sides (SMPP 3.4 5.2.17). */
const WITHOUT_RECEIPT = 0;

/**
 * SMS over SMPP 3.4. Binds at the first message and stays bound until `close`; messages travel side by side over that one
 * session. `send` ends when the SMSC has taken every part, and throws when it refused (throttled or queue full among
 * others), was silent for five seconds, or was not there.
 */
export function createSmsCarrier(needs: SmsCarrierNeeds): SmsCarrier & { close(): Promise<void> } {
  const { log } = needs;
  const url = new URL(needs.url);
  const from = url.searchParams.get("from") ?? "Chave";
  if (!SENDER.test(from)) throw new Error("the SMS sender must be 1 to 11 letters or digits");
  const link = createLink({ url, log, timing: { ...TIMING, ...needs.timing }, heard: (pdu) => noteReceipt(log, pdu) });
  const inWindow = createWindow(WINDOW, LONGEST_QUEUE);

  async function send(sms: { readonly to: string; readonly text: string; readonly reference: string }): Promise<void> {
    if (!E164.test(sms.to)) throw new Error("an SMS needs a number in E.164");
    const { dataCoding, parts } = encodeParts(sms.text, () => jointOf(sms.reference));
    const common = { ...addresses(from, sms.to), data_coding: dataCoding, registered_delivery: WITHOUT_RECEIPT };
    const esmClass = parts.length > 1 ? UDH_PRESENT : 0;
    await Promise.all(parts.map((part) => submit({ ...common, esm_class: esmClass, short_message: part }, sms.reference)));
  }

  function submit(fields: PduFields, reference: string): Promise<void> {
    return inWindow(async () => {
      const conversation = await link.bound();
      const answer = await conversation.ask("submit_sm", fields);
      log.debug({ reference, messageId: answer.message_id }, "the SMSC took an SMS");
    });
  }

  return { send, close: link.close };
}

function addresses(from: string, to: string): PduFields {
  return {
    source_addr_ton: ALPHANUMERIC.ton,
    source_addr_npi: ALPHANUMERIC.npi,
    source_addr: from,
    dest_addr_ton: INTERNATIONAL.ton,
    dest_addr_npi: INTERNATIONAL.npi,
    destination_addr: to.slice(1),
  };
}

/** The same for a retry of the same job, so that a phone can join parts of two attempts. */
function jointOf(reference: string): number {
  return createHash("sha256").update(reference).digest().readUInt8(0);
}

/** A receipt's own text repeats the beginning of the message: only its id and state may be logged. */
function noteReceipt(log: Log, pdu: Pdu): void {
  if (pdu.command !== "deliver_sm" || pdu.receipted_message_id === undefined) return;
  log.debug({ messageId: pdu.receipted_message_id, state: pdu.message_state }, "SMS receipt");
}
