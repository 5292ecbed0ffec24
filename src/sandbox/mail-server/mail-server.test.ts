import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createEmailCarrier } from "#gateways/email";
import { createMailServer } from "./index.ts";
import type { MailServer, StoredMail } from "./index.ts";
import { readMail } from "./read-mail.ts";

const TEXT = "Olá Inês,\n\na sua chave foi alterada às 10h. Se não foi você, vá a um balcão.\n.\nLinha final =3D";
const MAIL = {
  to: "ines@exemplo.test",
  subject: "A sua chave: alteração do número de telemóvel, confirmada às 10h",
  text: TEXT,
  reference: "job-1",
};
const clock = { now: () => new Date("2026-11-23T10:00:00Z") };

async function setUp(t: TestContext) {
  const shelfFolder = mkdtempSync(join(tmpdir(), "chave-mail-"));
  const server = createMailServer({ port: 0, clock, shelfFolder });
  await server.start();
  const carrier = createEmailCarrier({ url: `smtp://127.0.0.1:${server.port()}`, from: "Chave <chave@chave.test>" });
  t.after(async () => {
    await carrier.close();
    await server.stop();
  });
  return { server, carrier, shelfFolder };
}

async function messagesOf(server: Pick<MailServer, "routes">, address: string): Promise<StoredMail[]> {
  return (await (await server.routes.request(`/mailboxes/${address}/messages`)).json()) as StoredMail[];
}

test("an e-mail arrives as it was written", async (t) => {
  const { server, carrier } = await setUp(t);
  await carrier.send(MAIL);
  const [mail, ...more] = await messagesOf(server, "Ines%40exemplo.test");
  assert.equal(more.length, 0);
  assert.deepEqual(
    [mail?.from, mail?.to, mail?.subject, mail?.text, mail?.at],
    ["Chave <chave@chave.test>", MAIL.to, MAIL.subject, TEXT, "2026-11-23T10:00:00.000Z"],
  );
});

test("a retry of the same e-mail arrives once, another arrives before it", async (t) => {
  const { server, carrier } = await setUp(t);
  await carrier.send(MAIL);
  await carrier.send(MAIL);
  await carrier.send({ ...MAIL, subject: "Outra", reference: "job-2" });
  const subjects = (await messagesOf(server, MAIL.to)).map((mail) => mail.subject);
  assert.deepEqual(subjects, ["Outra", MAIL.subject]);
});

test("what was taken is there after a restart", async (t) => {
  const { server, carrier, shelfFolder } = await setUp(t);
  await carrier.send(MAIL);
  assert.deepEqual(
    await messagesOf(createMailServer({ port: 0, clock, shelfFolder }), MAIL.to),
    await messagesOf(server, MAIL.to),
  );
});

for (const to of ["a@b.test, c@d.test", "a@b.test\r\nBcc: c@d.test", "Name <a@b.test>", "nobody"]) {
  test(`nothing goes to ${JSON.stringify(to)}`, async (t) => {
    const { carrier } = await setUp(t);
    await assert.rejects(carrier.send({ ...MAIL, to }), /one bare address/);
  });
}

test("a subject cannot carry a header", async (t) => {
  const { carrier } = await setUp(t);
  await assert.rejects(carrier.send({ ...MAIL, subject: "Hello\r\nBcc: c@d.test" }), /one line/);
});

test("a server that is not there makes the carrier throw", async (t) => {
  const { server, carrier } = await setUp(t);
  await server.stop();
  await assert.rejects(carrier.send(MAIL));
});

test("of several parts the plain one is read", () => {
  const raw = [
    "From: a@b.test",
    "Subject: =?utf-8?Q?Ol=C3=A1_?=\r\n =?utf-8?B?SW7Dqg==?=",
    'Content-Type: multipart/alternative; boundary="x"',
    "",
    "--x",
    "Content-Type: text/html",
    "",
    "<p>no</p>",
    "--x",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from("sim, é isto").toString("base64"),
    "--x--",
  ].join("\r\n");
  assert.deepEqual(readMail(raw), { messageId: "", from: "a@b.test", subject: "Olá Inê", text: "sim, é isto" });
});
