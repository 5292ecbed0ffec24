/** The cards, and the orders that the office takes about them. */
import assert from "node:assert/strict";
import { randomBytes, sign, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { askOcsp, verify, openssl, openOffice, run, cardOf, VALID, WITHOUT_CARD } from "../../../tests/world/card-office.ts";

interface Told {
  readonly pin: string;
  readonly standing: string;
  readonly certificate: string;
  readonly module: string | null;
  readonly tokenLabel: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly triesLeft: number;
  readonly key: string;
}
const read = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Told;

test("authorities and cards are the same after a restart; only another port certifies them again, with their old keys", async () => {
  const first = await openOffice();
  const card = await cardOf(first.office, VALID);
  const second = await openOffice(first.folder);
  assert.equal(
    second.office.authorities.root.certificate.fingerprint256,
    first.office.authorities.root.certificate.fingerprint256,
  );
  const moved = await cardOf(second.office, VALID);
  assert.notEqual(moved.id, card.id);
  assert.match(await verify(second, card, "authentication"), /: OK\n$/);
  assert.match(await verify(second, moved, "authentication"), /: OK\n$/);
  assert.match(await askOcsp(second, moved), /: good/);
  assert.equal((await cardOf(second.office, VALID)).id, moved.id);
});

test("a person without a citizen card has none here, and two who ask at once get the same card", async () => {
  const { office } = await openOffice();
  assert.equal(await office.cardOf(WITHOUT_CARD), undefined);
  assert.equal(await office.cardOf("00000000"), undefined);
  const [one, two] = await Promise.all([office.cardOf(VALID), office.cardOf(VALID)]);
  assert.ok(one !== undefined && one === two);
});

test("three wrong PINs block a card for good, also over a restart, until the office unblocks it", async () => {
  const { office, folder } = await openOffice();
  const card = await cardOf(office, VALID);
  assert.deepEqual(office.standings.tryPin(card, "9999"), { verdict: "wrong", triesLeft: 2 });
  assert.deepEqual(office.standings.tryPin(card, card.pin), { verdict: "right" });
  for (const left of [2, 1]) assert.deepEqual(office.standings.tryPin(card, "9999"), { verdict: "wrong", triesLeft: left });
  assert.deepEqual(office.standings.tryPin(card, "9999"), { verdict: "blocked" });
  assert.deepEqual(office.standings.tryPin(card, card.pin), { verdict: "blocked" });
  const { createCardStandings } = await import("./standing.ts");
  const reopened = createCardStandings({ clock: { now: () => new Date() }, shelfFolder: folder });
  assert.deepEqual(reopened.tryPin(card, card.pin), { verdict: "blocked" });
  office.standings.unblock(card);
  assert.deepEqual(office.standings.tryPin(card, card.pin), { verdict: "right" });
});

test("the hub tells of a card what is promised, and takes orders about it", async () => {
  const { hubUrl, office } = await openOffice();
  const told = await read(fetch(`${hubUrl}/cards/${VALID}`));
  assert.equal(told.pin, "0101");
  assert.equal(told.standing, "good");
  assert.ok(new X509Certificate(told.certificate).subject.includes("serialNumber=BI10000101"));
  for (const field of ["module", "tokenLabel", "reader", "use"]) assert.ok(field in told, field);
  assert.equal((await fetch(`${hubUrl}/cards/${WITHOUT_CARD}`)).status, 404);

  const order = async (body: unknown) =>
    fetch(`${hubUrl}/cards/${VALID}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  assert.equal((await read(order({ standing: "suspended" }))).standing, "suspended");
  assert.equal((await read(order({ standing: "revoked", reason: "keyCompromise" }))).standing, "revoked");
  assert.equal((await order({ standing: "good" })).status, 409);
  const card = await cardOf(office, VALID);
  for (const _ of [1, 2, 3]) office.standings.tryPin(card, "wrong");
  assert.equal((await read(order({ pin: "unblock" }))).triesLeft, 3);
  const reissued = await read(order({ reissue: "RSA-3072" }));
  assert.deepEqual([reissued.standing, reissued.key], ["good", "RSA-3072"]);
  for (const bad of [{}, { standing: "lost" }, { reissue: "RSA-512" }, { standing: "good", pin: "unblock" }, null])
    assert.equal((await order(bad)).status, 400, JSON.stringify(bad));
  const modes = await fetch(`${hubUrl}/card-office/modes`, { method: "POST", body: `{"ocsp":"sleepy"}` });
  assert.equal(modes.status, 400);
});

test("where SoftHSM is, a card is a PKCS#11 token that signs with its PIN and with no other", async (t) => {
  const { office, hubUrl, write } = await openOffice();
  const told = await read(fetch(`${hubUrl}/cards/${VALID}`));
  if (told.module === null || told.tokenLabel === null) return t.skip("SoftHSM or OpenSC is not installed");
  const { module, tokenLabel: label } = told;
  const card = await cardOf(office, VALID);
  const digest = write("digest.bin", randomBytes(32));
  const signed = async (pin: string) =>
    run(
      "pkcs11-tool",
      ["--module", module, "--token-label", label, "--login", "--pin", pin, "--id", "45", "--sign"].concat([
        "--mechanism",
        "ECDSA",
        "--input-file",
        digest,
        "--output-file",
        `${digest}.signature`,
        "--signature-format",
        "openssl",
      ]),
      { env: { ...process.env, ...told.environment } },
    );
  await assert.rejects(signed("9999"), /CKR_PIN_INCORRECT/);
  await signed(card.pin);
  const key = write("public.pem", card.authentication.certificate.publicKey.export({ type: "spki", format: "pem" }));
  const verified = await openssl(
    "pkeyutl",
    "-verify",
    "-pubin",
    "-inkey",
    key,
    "-sigfile",
    `${digest}.signature`,
    "-in",
    digest,
  );
  assert.match(verified, /Verified Successfully/);
  assert.ok(sign("sha256", Buffer.from("the key here is the key there"), card.authentication.privateKey).length > 60);
});
