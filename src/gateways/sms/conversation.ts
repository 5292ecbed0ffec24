import smpp from "smpp";
import type { Pdu, PduFields, Session } from "smpp";

/** Requests and answers over one session, matched by sequence number (SMPP 3.4 2.9). */
export interface Conversation {
  /** Throws when refused, when no answer comes in time, or when the session is lost. */
  ask(command: string, fields?: PduFields): Promise<Pdu>;
  /** Ends when the session has ended, for whatever reason. */
  readonly over: Promise<void>;
  destroy(): void;
}

/** What the SMSC may ask of us. Others it is told we do not know (`generic_nack`), but never a message without an answer. */
const ANSWERED = new Set(["deliver_sm", "enquire_link", "unbind", "unknown"]);

type Settle = (answer: Pdu | Error) => void;

export function converse(session: Session, answerMs: number, heard: (pdu: Pdu) => void): Conversation {
  const waiting = new Map<number, Settle>();
  const over = new Promise<void>((ended) => session.once("close", () => ended()));

  session.on("error", () => session.destroy());
  session.on("close", () => {
    for (const settle of waiting.values()) settle(new Error("the SMSC closed the session"));
  });
  session.on("pdu", (pdu: Pdu) => {
    if (pdu.isResponse()) return waiting.get(pdu.sequence_number)?.(pdu);
    if (ANSWERED.has(pdu.command)) session.send(pdu.response());
    if (pdu.command === "unbind") session.close();
    heard(pdu);
  });

  async function ask(command: string, fields: PduFields = {}): Promise<Pdu> {
    const pdu = new smpp.PDU(command, fields);
    if (!session.send(pdu)) throw new Error("the session with the SMSC is closed");
    const answer = await answerTo(pdu.sequence_number, command);
    if (answer.command_status !== 0) throw new Error(`the SMSC refused ${command}: ${nameOf(answer.command_status)}`);
    return answer;
  }

  function answerTo(sequence: number, command: string): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(new Error(`no answer from the SMSC to ${command}`)), answerMs);
      const settle: Settle = (answer) => {
        clearTimeout(timer);
        waiting.delete(sequence);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      waiting.set(sequence, settle);
    });
  }

  return { ask, over, destroy: () => session.destroy() };
}

function nameOf(status: number): string {
  const named = Object.entries(smpp.errors).find(([, code]) => code === status);
  return named?.[0] ?? `0x${status.toString(16)}`;
}
