import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import smpp from "smpp";
import type { Pdu, Session } from "smpp";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import { createSmsCarrier } from "./index.ts";
import { encodeParts } from "./parts.ts";

const SMS = { to: "+351912345678", text: "123456 e o codigo", reference: "job-1" };
const FAST = { answer: PATIENCE_MILLISECONDS, enquire: 20, firstWait: 5, longestWait: 20 };
/** For those who wait for an answer in vain. */
const IMPATIENT = { ...FAST, answer: 500 };

/** A message centre that answers as the table says, and whoever leaves it; any other command meets silence. */
async function setUp(
  t: TestContext,
  answers: Readonly<Record<string, (pdu: Pdu, session: Session) => Pdu | null>>,
  timing = FAST,
) {
  const heard: string[] = [];
  const lines: string[] = [];
  const note = (about: object, message = "") => void lines.push(`${message} ${JSON.stringify(about)}`);
  const log = { debug: note, info: note, warn: note, error: note, child: () => log };
  const server = smpp.createServer((session) => {
    session.on("error", () => session.destroy());
    session.on("pdu", (pdu: Pdu) => {
      heard.push(pdu.command);
      const answer = pdu.command === "unbind" ? pdu.response() : (answers[pdu.command]?.(pdu, session) ?? null);
      if (answer) session.send(answer);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  const { port } = server.address() as AddressInfo;
  const carrier = createSmsCarrier({ url: `smpp://chave:secret@127.0.0.1:${port}`, log, timing });
  t.after(async () => {
    await carrier.close();
    for (const session of server.sessions) session.destroy();
    server.close();
  });
  return { carrier, heard, lines, server };
}

const yes = (pdu: Pdu) => pdu.response({ message_id: "m1" });
const refuse = (name: string) => (pdu: Pdu) => pdu.response({ command_status: smpp.errors[name] ?? 8 });
const count = (heard: readonly string[], command: string) => heard.filter((one) => one === command).length;

for (const status of ["ESME_RTHROTTLED", "ESME_RMSGQFUL"]) {
  test(`${status} makes the carrier throw`, async (t) => {
    const { carrier } = await setUp(t, { bind_transceiver: yes, enquire_link: yes, submit_sm: refuse(status) });
    await assert.rejects(carrier.send(SMS), new RegExp(status));
  });
}

test("a message centre that says nothing to a message makes the carrier throw", async (t) => {
  const { carrier } = await setUp(t, { bind_transceiver: yes, enquire_link: yes }, IMPATIENT);
  await assert.rejects(carrier.send(SMS), /no answer from the SMSC to submit_sm/);
});

test("a session that is silent to enquire_link is given up and bound again", async (t) => {
  const { carrier, heard } = await setUp(t, { bind_transceiver: yes, submit_sm: yes }, IMPATIENT);
  await carrier.send(SMS);
  while (count(heard, "bind_transceiver") < 2) await new Promise((turn) => setTimeout(turn, 5));
  await carrier.send(SMS);
  assert.equal(count(heard, "submit_sm"), 2);
});

test("a session lost in the middle of a message makes the carrier throw at once", async (t) => {
  const cut = (_: Pdu, session: Session) => (session.destroy(), null);
  const { carrier } = await setUp(t, { bind_transceiver: yes, enquire_link: yes, submit_sm: cut });
  await assert.rejects(carrier.send(SMS), /closed the session/);
});

test("neither number nor text reaches the log", async (t) => {
  const { carrier, lines } = await setUp(t, { bind_transceiver: yes, enquire_link: yes, submit_sm: yes });
  await carrier.send(SMS);
  assert.ok(lines.length > 0);
  assert.doesNotMatch(lines.join("\n"), /912345678|123456|codigo|secret/);
});

test("a number that is not E.164 and a closed carrier are faults", async (t) => {
  const { carrier } = await setUp(t, { bind_transceiver: yes, enquire_link: yes, submit_sm: yes });
  await assert.rejects(carrier.send({ ...SMS, to: "912345678" }), /E\.164/);
  await carrier.close();
  await assert.rejects(carrier.send(SMS), /closed/);
});

test("a text goes in one part while it fits, in GSM-7 while it can", () => {
  const shape = (text: string) => {
    const { dataCoding, parts } = encodeParts(text, () => 7);
    return [dataCoding, parts.length];
  };
  assert.deepEqual(shape("a".repeat(160)), [0, 1]);
  assert.deepEqual(shape("a".repeat(161)), [0, 2]);
  assert.deepEqual(shape("€".repeat(80)), [0, 1]);
  assert.deepEqual(shape("ã".repeat(70)), [8, 1]);
  assert.deepEqual(shape("ã".repeat(71)), [8, 2]);
});

test("no part begins or ends inside a sign", () => {
  const { parts } = encodeParts("a".repeat(152) + "€".repeat(20), () => 7);
  assert.equal(parts[0]?.at(-1), "a".charCodeAt(0));
  assert.equal(parts[1]?.[6], 0x1b);
});
