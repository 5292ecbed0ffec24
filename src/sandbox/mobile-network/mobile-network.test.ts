import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import type { Hono } from "hono";
import smpp from "smpp";
import type { Pdu, PduFields, Session } from "smpp";
import { createSmsCarrier } from "#gateways/sms";
import { createMobileNetwork } from "./index.ts";
import type { SmsMessage } from "./join-parts.ts";
import type { NetworkMode } from "./phones.ts";

const PHONE = "+351912345678";
const CODE = '123456 e o codigo para ENTRAR em "PORTAL". Valido 5 min. Nao o diga a ninguem.\n@localhost #123456';
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const FAST = { answer: 2_000, enquire: 30_000, firstWait: 10, longestWait: 50 };

function movableClock() {
  let time = Date.UTC(2026, 10, 23, 10);
  return { now: () => new Date(time), advance: (seconds: number) => void (time += seconds * 1000) };
}

async function messagesOf(network: { routes: Hono }, phone: string): Promise<SmsMessage[]> {
  return (await (await network.routes.request(`/phones/${phone}/messages`)).json()) as SmsMessage[];
}

async function setUp(t: TestContext, port = 0, shelfFolder = mkdtempSync(join(tmpdir(), "chave-sms-"))) {
  const clock = movableClock();
  const network = createMobileNetwork({ port, clock, shelfFolder });
  await network.start();
  const carrier = createSmsCarrier({
    url: `smpp://chave:sandbox@127.0.0.1:${network.port()}?from=Chave`,
    log: quiet,
    timing: FAST,
  });
  t.after(async () => {
    await carrier.close();
    await network.stop();
  });
  const messages = (phone = PHONE) => messagesOf(network, phone);
  const setNetwork = async (mode: NetworkMode, seconds?: number) => {
    const order = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ mode, seconds }) };
    assert.equal((await network.routes.request(`/phones/${PHONE}/network`, order)).status, 200);
  };
  return {
    clock,
    network,
    carrier,
    messages,
    setNetwork,
    shelfFolder,
    send: (text: string) => carrier.send({ to: PHONE, text, reference: "job-1" }),
  };
}

test("a message arrives as it was written, however the phone's number is written in the address", async (t) => {
  const { send, messages } = await setUp(t);
  await send(CODE);
  for (const phone of [PHONE, "351912345678", "%2B351912345678"]) {
    const [first, ...more] = await messages(phone);
    assert.deepEqual([first?.from, first?.text, first?.at, more.length], ["Chave", CODE, "2026-11-23T10:00:00.000Z", 0]);
  }
});

for (const [kind, text] of [
  ["160 signs of GSM-7", "a".repeat(160)],
  ["161 signs of GSM-7", "b".repeat(161)],
  ["long text with signs that take two septets", "€[]".repeat(120)],
  ["accents outside GSM-7", "O código é válido: ação, coração"],
  ["long text outside GSM-7, with surrogate pairs", "ção 🔑 ".repeat(60)],
] as const) {
  test(`${kind} arrives as one message, unchanged`, async (t) => {
    const { send, messages } = await setUp(t);
    await send(text);
    assert.deepEqual(
      (await messages()).map((message) => message.text),
      [text],
    );
  });
}

test("many messages travel side by side and all arrive", async (t) => {
  const { carrier, messages } = await setUp(t);
  const texts = Array.from({ length: 200 }, (_, at) => `message ${at}`);
  await Promise.all(texts.map((text, at) => carrier.send({ to: PHONE, text, reference: `job-${at}` })));
  const arrived = (await messages()).map((message) => message.text);
  assert.deepEqual(arrived.sort(), texts.sort());
});

test("the newest message comes first", async (t) => {
  const { send, messages } = await setUp(t);
  await send("first");
  await send("second");
  assert.deepEqual(
    (await messages()).map((message) => message.text),
    ["second", "first"],
  );
});

test("a network that rejects makes the carrier throw", async (t) => {
  const { send, messages, setNetwork } = await setUp(t);
  await setNetwork("reject");
  await assert.rejects(send(CODE), /ESME_RX_T_APPN/);
  assert.deepEqual(await messages(), []);
});

test("a network that drops takes the message and never delivers it", async (t) => {
  const { send, messages, setNetwork, clock } = await setUp(t);
  await setNetwork("drop");
  await send(CODE);
  clock.advance(86_400);
  assert.deepEqual(await messages(), []);
});

test("a slow network delivers when its seconds have passed", async (t) => {
  const { send, messages, setNetwork, clock } = await setUp(t);
  await setNetwork("slow", 30);
  await send(CODE);
  clock.advance(29);
  assert.equal((await messages()).length, 0);
  clock.advance(1);
  assert.equal((await messages()).length, 1);
});

test("a network that duplicates delivers twice, long messages too", async (t) => {
  const { send, messages, setNetwork } = await setUp(t);
  await setNetwork("duplicate");
  await send("c".repeat(300));
  const arrived = await messages();
  assert.deepEqual(
    arrived.map((message) => message.text),
    ["c".repeat(300), "c".repeat(300)],
  );
  assert.notEqual(arrived[0]?.id, arrived[1]?.id);
});

test("a mode with seconds ends by itself", async (t) => {
  const { send, messages, setNetwork, clock } = await setUp(t);
  await setNetwork("reject", 60);
  clock.advance(60);
  await send(CODE);
  assert.equal((await messages()).length, 1);
});

test("an unknown mode and a malformed number are mistakes", async (t) => {
  const { network } = await setUp(t);
  const order = { method: "POST", headers: { "content-type": "application/json" }, body: '{"mode":"broken"}' };
  assert.equal((await network.routes.request(`/phones/${PHONE}/network`, order)).status, 400);
  assert.equal((await network.routes.request("/phones/911/messages")).status, 400);
});

test("messages survive a restart of the network, and the carrier binds again by itself", async (t) => {
  const { network, carrier, clock, shelfFolder, send } = await setUp(t);
  await send("before");
  const port = network.port();
  await network.stop();
  const again = createMobileNetwork({ port, clock, shelfFolder });
  await again.start();
  t.after(() => again.stop());
  await untilTaken(() => carrier.send({ to: PHONE, text: "after", reference: "job-2" }));
  const arrived = await messagesOf(again, PHONE);
  assert.deepEqual(
    arrived.map((message) => message.text),
    ["after", "before"],
  );
});

test("a wrong password binds nobody", async (t) => {
  const { network } = await setUp(t);
  const url = `smpp://chave:wrong@127.0.0.1:${network.port()}`;
  const carrier = createSmsCarrier({ url, log: quiet, timing: { ...FAST, answer: 200 } });
  t.after(() => carrier.close());
  await assert.rejects(carrier.send({ to: PHONE, text: CODE, reference: "x" }), /no session/);
});

test("a message before the bind is refused, and a delivered one is receipted", async (t) => {
  const { network } = await setUp(t);
  const session = smpp.connect({ host: "127.0.0.1", port: network.port(), tls: false });
  t.after(() => session.destroy());
  const sms = {
    source_addr: "X",
    destination_addr: "351912345678",
    registered_delivery: 1,
    data_coding: 0,
    short_message: "hi",
  };
  assert.equal((await ask(session, "submit_sm", sms)).command_status, smpp.errors.ESME_RINVBNDSTS);
  await ask(session, "bind_transceiver", { system_id: "chave", password: "sandbox" });
  const receipt = new Promise<Pdu>((heard) => session.once("deliver_sm", heard));
  const taken = await ask(session, "submit_sm", sms);
  assert.equal((await receipt).receipted_message_id, taken.message_id);
});

test("the phone's page shows the message as text and says it is a sandbox", async (t) => {
  const { send, network } = await setUp(t);
  await send("<b>bold</b>");
  const page = await (await network.routes.request(`/phones/${PHONE}`)).text();
  assert.match(page, /SANDBOX/);
  assert.match(page, /&lt;b&gt;bold/);
  assert.doesNotMatch(page, /<script/);
});

/** As the outbox does: a message the network did not take is handed over again. */
async function untilTaken(send: () => Promise<void>): Promise<void> {
  await send().catch(() => untilTaken(send));
}

function ask(session: Session, command: string, fields: PduFields): Promise<Pdu> {
  session.send(new smpp.PDU(command, fields));
  return new Promise((heard) => session.once(`${command}_resp`, heard));
}
