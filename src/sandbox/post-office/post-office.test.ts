import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { CompactEncrypt } from "jose";
import { createPostalCarrier } from "#gateways/post";
import { letterEn } from "../../words/letter.en.ts";
import { letterPt } from "../../words/letter.pt.ts";
import { sealBatch } from "../../gateways/post/batch.ts";
import { createPostOffice, openPrinterKeyPair } from "./index.ts";
import type { DeliveredLetter } from "./mail-room.ts";
import { openBatch } from "./open-batch.ts";

const credential = "a credential of the sandbox";
const CIVIL_ID = "99999001";

function pinLetter(reference: string) {
  return {
    reference,
    civilId: CIVIL_ID,
    name: "Inês Exemplo",
    addressLines: ["Rua do Exemplo, 1", "0000-123 VILA EXEMPLO"],
    temporaryPin: "40718263",
    maskedPhone: "+351 ••• ••• 678",
    requestedAt: new Date("2026-11-23T10:00:00Z"),
    expiresAt: new Date("2026-12-23T10:00:00Z"),
  };
}

const BATCH = { reference: "B-1", letters: [pinLetter("CH-0001-AAAA")] };

function movableClock() {
  let time = Date.UTC(2026, 10, 23, 10);
  return { now: () => new Date(time), advanceDays: (days: number) => void (time += days * 86_400_000) };
}

async function setUp(t: TestContext, shelfFolder = mkdtempSync(join(tmpdir(), "chave-post-"))) {
  const clock = movableClock();
  const printerKeyPair = openPrinterKeyPair(shelfFolder);
  const open = () => createPostOffice({ clock, shelfFolder, credential, printerKeyPair });
  let office = open();
  const listener = getRequestListener((request) => office.routes.fetch(request));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/post-office`;
  const words = { pt: letterPt, en: letterEn };
  const needs = { url, credential, printerKey: printerKeyPair.publicKeyFile, words, clock, sandbox: true };
  return {
    clock,
    needs,
    printerKeyPair,
    carrier: createPostalCarrier(needs),
    restart: () => void (office = open()),
    request: async (path: string, init?: RequestInit) => office.routes.request(path, init),
    deliver: async () => (await office.routes.request("/post-office/deliver", { method: "POST" })).json(),
    letters: async () => (await (await office.routes.request(`/letterboxes/${CIVIL_ID}/letters`)).json()) as DeliveredLetter[],
  };
}

test("a letter lies in the letterbox within five working days, and not on the first", async (t) => {
  const { carrier, clock, letters, request } = await setUp(t);
  await carrier.hand(BATCH);
  clock.advanceDays(1);
  assert.deepEqual(await letters(), []);
  clock.advanceDays(6);
  const [letter, ...more] = await letters();
  assert.equal(more.length, 0);
  assert.deepEqual([letter?.kind, letter?.pdf], ["pin-letter", `/letters/${letter?.id}.pdf`]);
  const pdf = await request(letter?.pdf ?? "");
  assert.equal(pdf.headers.get("content-type"), "application/pdf");
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    "%PDF-",
  );
});

test("a letter still on its way cannot be read, and can be hurried", async (t) => {
  const { carrier, deliver, letters, request } = await setUp(t);
  await carrier.hand(BATCH);
  assert.equal((await request("/letters/CH-0001-AAAA.pdf")).status, 404);
  assert.deepEqual(await deliver(), { delivered: ["CH-0001-AAAA"] });
  assert.equal((await letters())[0]?.at, "2026-11-23T10:00:00.000Z");
});

test("a batch handed twice is printed once, also after a restart", async (t) => {
  const { carrier, deliver, letters, restart } = await setUp(t);
  await carrier.hand(BATCH);
  await carrier.hand(BATCH);
  restart();
  await carrier.hand(BATCH);
  await deliver();
  await deliver();
  restart();
  assert.equal((await letters()).length, 1);
});

test("a letter known from one batch is not printed again in another", async (t) => {
  const { carrier, deliver, letters } = await setUp(t);
  await carrier.hand(BATCH);
  await carrier.hand({ reference: "B-2", letters: [...BATCH.letters, pinLetter("CH-0002-BBBB")] });
  await deliver();
  assert.equal((await letters()).length, 2);
});

test("other letters under the name of a batch already taken are a fault", async (t) => {
  const { carrier } = await setUp(t);
  await carrier.hand(BATCH);
  await assert.rejects(carrier.hand({ ...BATCH, letters: [pinLetter("CH-0002-BBBB")] }), /409/);
});

test("news tells each event once, from where one stopped reading, over restarts", async (t) => {
  const { carrier, deliver, request, restart } = await setUp(t);
  await carrier.hand(BATCH);
  assert.deepEqual(await carrier.news(""), { events: [], cursor: "0" });
  await deliver();
  const first = await carrier.news("0");
  assert.deepEqual(first.events, [{ letter: "CH-0001-AAAA", event: "delivered", at: new Date("2026-11-23T10:00:00Z") }]);
  restart();
  for (const _ of "two") await request("/letters/CH-0001-AAAA/return", { method: "POST" });
  const second = await carrier.news(first.cursor);
  assert.deepEqual(
    second.events.map(({ event }) => event),
    ["returned"],
  );
  assert.deepEqual((await carrier.news(second.cursor)).events, []);
});

test("a letter sent back leaves the letterbox", async (t) => {
  const { carrier, deliver, letters, request } = await setUp(t);
  await carrier.hand(BATCH);
  await deliver();
  assert.equal((await request("/letters/CH-0001-AAAA/return", { method: "POST" })).status, 200);
  assert.deepEqual(await letters(), []);
  assert.equal((await request("/letters/nobody/return", { method: "POST" })).status, 404);
});

test("without the credential nothing is taken and nothing told", async (t) => {
  const { needs } = await setUp(t);
  const stranger = createPostalCarrier({ ...needs, credential: "another" });
  await assert.rejects(stranger.hand(BATCH), /401/);
  await assert.rejects(stranger.news(""), /401/);
});

test("a batch altered, under another name or for another printer is refused", async (t) => {
  const { printerKeyPair, needs, request } = await setUp(t);
  const { privateKey } = printerKeyPair;
  const seal = (key: Parameters<typeof sealBatch>[3]) =>
    sealBatch("B-1", [{ reference: "CH-1", civilId: CIVIL_ID, pdf: Buffer.from("%PDF-") }], needs.clock.now(), key);
  const good = await seal(createPublicKey(readFileSync(printerKeyPair.publicKeyFile)));
  const parts = good.split(".");
  const altered = parts
    .with(
      3,
      (parts[3] ?? "").replace(/^./, (first) => (first === "A" ? "B" : "A")),
    )
    .join(".");
  const foreign = await seal(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
  assert.ok(await openBatch(good, "B-1", privateKey));
  for (const [jwe, name] of [
    [altered, "B-1"],
    [good, "B-2"],
    [foreign, "B-1"],
    ["", "B-1"],
  ] as const) {
    assert.equal(await openBatch(jwe, name, privateKey), null);
    const init = { method: "PUT", body: jwe, headers: { authorization: `Bearer ${credential}` } };
    assert.equal((await request(`/post-office/batches/${name}`, init)).status, 422);
  }
});

test("a letter that is not the one its manifest lists is refused", async (t) => {
  const { printerKeyPair } = await setUp(t);
  const sealed = (listed: string, count = 1) => {
    const sha256 = createHash("sha256").update(listed).digest("hex");
    const manifest = { reference: "B-1", count, created: "2026-11-23T10:00:00.000Z", letters: [{ reference: "CH-1", sha256 }] };
    const letters = [
      { reference: "CH-1", civilId: CIVIL_ID, kind: "pin-letter", pdf: Buffer.from("printed").toString("base64") },
    ];
    return new CompactEncrypt(Buffer.from(JSON.stringify({ manifest, letters })))
      .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })
      .encrypt(createPublicKey(printerKeyPair.privateKey));
  };
  const { privateKey } = printerKeyPair;
  assert.ok(await openBatch(await sealed("printed"), "B-1", privateKey));
  assert.equal(await openBatch(await sealed("another"), "B-1", privateKey), null);
  assert.equal(await openBatch(await sealed("printed", 2), "B-1", privateKey), null);
});

test("a batch in transit cannot be read without the printer's key", async (t) => {
  const { printerKeyPair, needs } = await setUp(t);
  const letters = [{ reference: "CH-1", civilId: CIVIL_ID, pdf: Buffer.from("40718263") }];
  const jwe = await sealBatch("B-1", letters, needs.clock.now(), createPublicKey(readFileSync(printerKeyPair.publicKeyFile)));
  const seen = jwe
    .split(".")
    .map((part) => Buffer.from(part, "base64url").toString("latin1"))
    .join("\n");
  assert.doesNotMatch(seen, /CH-1|99999001|40718263|sha256/);
});

test("a post office that is not there makes the carrier throw", async (t) => {
  const { needs } = await setUp(t);
  const carrier = createPostalCarrier({ ...needs, url: "http://127.0.0.1:9" });
  await assert.rejects(carrier.hand(BATCH));
});

test("the letterbox has a page, plainly a sandbox's", async (t) => {
  const { carrier, deliver, request } = await setUp(t);
  await carrier.hand(BATCH);
  await deliver();
  const page = await (await request(`/letterboxes/${CIVIL_ID}`)).text();
  assert.match(page, /SANDBOX/);
  assert.match(page, /href="\/letters\/CH-0001-AAAA\.pdf"/);
});
