/** The office, judged by openssl: what it signs must be what the standards say, not only what our own code can read. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes, sign, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { createCivilRegistrySandbox } from "../civil-registry/index.ts";
import { createSandboxClock } from "../clock/index.ts";
import { openDoor } from "../kit/door.ts";
import { findFreePort } from "../kit/free-port.ts";
import { createPeople } from "../people/index.ts";
import { pem } from "./certificate.ts";
import { createCardOffice, type Card, type CardOffice } from "./index.ts";

const run = promisify(execFile);

/** Both streams: openssl says its verdicts on one, its reasons on the other. */
async function openssl(...words: string[]): Promise<string> {
  const said = await run("openssl", words).catch((fault: unknown) => fault as { stdout: string; stderr: string });
  return said.stdout + said.stderr;
}

async function openOffice(folder = mkdtempSync(join(tmpdir(), "card-office-"))) {
  const port = await findFreePort();
  const clock = createSandboxClock({ shelfFolder: folder });
  const people = createPeople({ clock, shelfFolder: folder });
  const registry = createCivilRegistrySandbox({ people, clock, credential: "credential", shelfFolder: folder });
  const hubUrl = `http://localhost:${port}`;
  const office = await createCardOffice({ clock, shelfFolder: folder, people, current: registry.current, hubUrl });
  const door = await openDoor(office.routes.fetch, port);
  after(() => door.close());
  const write = (name: string, content: string | Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  return { office, clock, people, registry, hubUrl, folder, write };
}

type Opened = Awaited<ReturnType<typeof openOffice>>;

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

const VALID = "10000101";
const VALID_RSA = "10000202";
const EXPIRED = "10000303";
const CANCELLED = "10001313";
const SUSPENDED = "10001616";
const FOREIGN = "90001717";
const WITHOUT_CARD = "90000505";

async function cardOf(office: CardOffice, civilId: string): Promise<Card> {
  const card = await office.cardOf(civilId);
  assert.ok(card);
  return card;
}

type Use = "authentication" | "signature";

function certificateFile({ write }: Opened, card: Card, use: Use = "authentication"): string {
  return write(`${card.id}-${use}.pem`, pem(card[use].certificate.raw));
}

const issuerFile = ({ office, write }: Opened, use: Use) =>
  write(`${use}-issuer.pem`, pem(office.authorities[use].certificate.raw));

/** Asks the responder as openssl does, with a nonce, and trusts the root alone. */
async function askOcsp(opened: Opened, card: Card, use: Use = "authentication", ...more: string[]): Promise<string> {
  const { office, hubUrl } = opened;
  return openssl(
    ...["ocsp", "-issuer", issuerFile(opened, use), "-cert", certificateFile(opened, card, use)],
    ...["-url", `${hubUrl}/card-office/ocsp`, "-CAfile", office.authorities.bundleFile, ...more],
  ).then((said) => said.replaceAll("\n", " "));
}

async function verify(opened: Opened, card: Card, use: Use, ...more: string[]): Promise<string> {
  const { rootFile } = opened.office.authorities;
  const words = ["verify", "-x509_strict", "-CAfile", rootFile, "-untrusted", issuerFile(opened, use), ...more];
  return openssl(...words, certificateFile(opened, card, use));
}

const text = (opened: Opened, card: Card, use: Use) =>
  openssl("x509", "-noout", "-text", "-nameopt", "sep_comma_plus_space,utf8", "-in", certificateFile(opened, card, use));

test("openssl builds a strict path from both certificates of a card to the root, for elliptic and RSA cards", async () => {
  const opened = await openOffice();
  for (const civilId of [VALID, VALID_RSA]) {
    const card = await cardOf(opened.office, civilId);
    for (const use of ["authentication", "signature"] as const) assert.match(await verify(opened, card, use), /: OK\n$/);
  }
  assert.match(await text(opened, await cardOf(opened.office, VALID), "authentication"), /ASN1 OID: prime256v1/);
  assert.match(await text(opened, await cardOf(opened.office, VALID_RSA), "authentication"), /Public-Key: \(3072 bit\)/);
});

test("an authentication certificate signs challenges for TLS clients, a signature certificate only commits its holder", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  assert.match(await verify(opened, card, "authentication", "-purpose", "sslclient"), /: OK\n$/);
  assert.match(await verify(opened, card, "signature", "-purpose", "sslclient"), /unsuitable certificate purpose/);
  const [authentication, signature] = [await text(opened, card, "authentication"), await text(opened, card, "signature")];
  assert.match(authentication, /Key Usage: critical\s+Digital Signature\n/);
  assert.match(authentication, /TLS Web Client Authentication/);
  assert.match(signature, /Key Usage: critical\s+Non Repudiation\n/);
  assert.notEqual(
    card.authentication.certificate.publicKey.export({ format: "jwk" }).x,
    card.signature.certificate.publicKey.export({ format: "jwk" }).x,
  );
});

test("the subject is the national card's: names, and a serial number of BI, civil id and check digit, or a foreigner's document", async () => {
  const opened = await openOffice();
  const national = (await cardOf(opened.office, VALID)).authentication.certificate.subject;
  assert.match(
    national,
    /^C=PT\nO=Cartão de Exemplo\nOU=Cidadão Português\nOU=Autenticação do Cidadão\nSN=Exemplo Sereno\nGN=Leonor\n/,
  );
  assert.match(national, /\nserialNumber=BI10000101\d\nCN=Leonor Exemplo Sereno$/);
  const foreign = (await cardOf(opened.office, FOREIGN)).authentication.certificate.subject;
  assert.match(foreign, /\nOU=Cidadão Estrangeiro\n.*\nserialNumber=PASBR-XP001717\n/s);
});

test("the certificates say where to ask, at this sandbox's own port, and what is there is what they say", async () => {
  const opened = await openOffice();
  const { hubUrl, office } = opened;
  const said = await text(opened, await cardOf(office, VALID), "authentication");
  for (const place of ["ocsp", "ca/authentication.cer", "crl/authentication.crl"])
    assert.ok(said.includes(`URI:${hubUrl}/card-office/${place}\n`), place);
  const issuer = await (await fetch(`${hubUrl}/card-office/ca/authentication.cer`)).arrayBuffer();
  assert.ok(new X509Certificate(Buffer.from(issuer)).raw.equals(office.authorities.authentication.certificate.raw));
  assert.equal((await fetch(`${hubUrl}/card-office/ca/../root.key.pem`)).status, 404);
});

test("openssl asks the responder and is told good, with its nonce, by a delegated responder it can trust", async () => {
  const opened = await openOffice();
  for (const use of ["authentication", "signature"] as const) {
    const said = await askOcsp(opened, await cardOf(opened.office, VALID), use);
    assert.match(said, /: good.*Response verify OK/);
    assert.doesNotMatch(said, /WARNING/);
  }
  const responder = await askOcsp(opened, await cardOf(opened.office, VALID), "authentication", "-resp_text");
  assert.match(responder, /OCSP Signing.*OCSP No Check/);
});

test("a cancelled document's card is revoked, a held card suspended, and lifting the hold makes it good again", async () => {
  const opened = await openOffice();
  const { office } = opened;
  assert.match(await askOcsp(opened, await cardOf(office, CANCELLED)), /: revoked.*Reason: cessationOfOperation/);
  const suspended = await cardOf(office, SUSPENDED);
  assert.match(await askOcsp(opened, suspended), /: revoked.*Reason: certificateHold/);
  assert.equal(await office.setStanding(SUSPENDED, "good"), "set");
  assert.match(await askOcsp(opened, suspended), /: good/);
});

test("a revoked card stays revoked, and a new one in its place is good", async () => {
  const opened = await openOffice();
  const { office, people } = opened;
  const former = await cardOf(office, VALID);
  assert.equal(await office.setStanding(VALID, "revoked", "keyCompromise"), "set");
  assert.equal(await office.setStanding(VALID, "good"), "final");
  assert.match(await askOcsp(opened, former), /: revoked.*Reason: keyCompromise/);
  const person = people.findByCivilId(VALID);
  assert.ok(person);
  const reissued = await office.issueCard(person);
  assert.match(await askOcsp(opened, reissued), /: good/);
  assert.equal((await cardOf(office, VALID)).id, reissued.id);
});

test("the death of the holder, told to the registry, ends the certificates", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  opened.registry.record(VALID, { deceased: true });
  assert.match(await askOcsp(opened, card), /: revoked/);
});

test("a certificate nobody issued is unknown, and one of a stranger's issuer is not answered for", async () => {
  const opened = await openOffice();
  const other = await openOffice();
  const card = await cardOf(opened.office, VALID);
  const words = ["ocsp", "-issuer", issuerFile(opened, "authentication"), "-url", `${opened.hubUrl}/card-office/ocsp`];
  const unknown = await openssl(...words, "-serial", "0x1234567890", "-CAfile", opened.office.authorities.bundleFile);
  assert.match(unknown, /0x1234567890: unknown/);
  const stranger = await askOcsp({ ...other, hubUrl: opened.hubUrl }, await cardOf(other.office, VALID));
  assert.match(stranger, /unauthorized \(6\)/);
  assert.ok(card);
});

test("each way for the responder to fail is seen by openssl as what it is", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  const told = async (ocsp: Parameters<CardOffice["setModes"]>[0]["ocsp"]) => {
    opened.office.setModes(ocsp === undefined ? {} : { ocsp });
    return askOcsp(opened, card);
  };
  assert.match(await told("expired"), /Status times invalid|status expired/i);
  assert.match(await told("wrong-responder"), /Response Verify Failure/);
  assert.match(await told("no-purpose"), /Response Verify Failure.*missing ocspsigning usage/);
  assert.match(await told("unknown"), /: unknown/);
  assert.match(await told("try-later"), /trylater \(3\)/);
  assert.match(await told("no-nonce"), /WARNING: no nonce in response/);
  assert.match(await told("other-nonce"), /Nonce Verify error/);
  assert.match(await told("garbage"), /Error querying OCSP responder/);
  assert.match(await told("unreachable"), /Error querying OCSP responder/);
  assert.match(await told("normal"), /: good.*Response verify OK/);
});

test("the responder answers requests in the address too, and malformed ones without falling over", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  const file = join(opened.folder, "request.der");
  await openssl(
    "ocsp",
    "-issuer",
    issuerFile(opened, "authentication"),
    "-cert",
    certificateFile(opened, card),
    "-reqout",
    file,
    "-no_nonce",
  );
  const url = `${opened.hubUrl}/card-office/ocsp`;
  const asked = await fetch(`${url}/${encodeURIComponent(readFileSync(file).toString("base64"))}`);
  const answer = opened.write("answer.der", Buffer.from(await asked.arrayBuffer()));
  assert.match(await openssl("ocsp", "-respin", answer, "-noverify", "-text"), /Cert Status: good/);
  for (const bad of [Buffer.alloc(0), randomBytes(40), readFileSync(file).subarray(0, 30)]) {
    const response = await fetch(url, { method: "POST", body: new Uint8Array(bad) });
    const refusal = opened.write("refusal.der", Buffer.from(await response.arrayBuffer()));
    assert.match(await openssl("ocsp", "-respin", refusal, "-noverify"), /malformedrequest \(1\)/);
  }
  assert.equal((await fetch(url, { method: "POST", body: new Uint8Array(20_000) })).status, 413);
});

async function listOf(opened: Opened, authority: string): Promise<string> {
  const response = await fetch(`${opened.hubUrl}/card-office/crl/${authority}.crl`);
  return opened.write(`${authority}.crl`, Buffer.from(await response.arrayBuffer()));
}

test("openssl takes each authority's list, finds in it who is revoked, and refuses a path with such a one", async () => {
  const opened = await openOffice();
  const { office } = opened;
  const [good, revoked] = [await cardOf(office, VALID), await cardOf(office, SUSPENDED)];
  for (const authority of ["root", "authentication", "signature"] as const) {
    const list = await listOf(opened, authority);
    const issuer = opened.write("ca.pem", pem(office.authorities[authority].certificate.raw));
    assert.match(await openssl("crl", "-noout", "-in", list, "-CAfile", issuer), /verify OK/);
  }
  const lists = ["-crl_check", "-CRLfile", await listOf(opened, "authentication")];
  assert.match(await verify(opened, good, "authentication", ...lists), /: OK\n$/);
  assert.match(await verify(opened, revoked, "authentication", ...lists), /certificate revoked/);
  assert.match(await openssl("crl", "-noout", "-text", "-in", await listOf(opened, "authentication")), /Certificate Hold/);
});

test("a stale list, and one signed by somebody else, are seen as what they are", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  const judged = async () =>
    verify(opened, card, "authentication", "-crl_check", "-CRLfile", await listOf(opened, "authentication"));
  opened.office.setModes({ crl: "stale" });
  assert.match(await judged(), /CRL has expired/);
  opened.office.setModes({ crl: "wrong-issuer" });
  assert.match(await judged(), /CRL signature failure/);
  opened.office.setModes({ crl: "unreachable" });
  await assert.rejects(listOf(opened, "authentication"));
});

test("everything follows the sandbox's clock, also half a century on", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  assert.ok(opened.clock.advance("P50Y"));
  const then = Math.floor(opened.clock.now().getTime() / 1000).toString();
  assert.match(await verify(opened, card, "authentication", "-attime", then), /certificate has expired/);
  const person = opened.people.findByCivilId(VALID);
  assert.ok(person);
  const until = new Date(opened.clock.now().getTime() + 86_400_000);
  const future = await opened.office.issueCard(person, { until });
  assert.match(await verify(opened, future, "authentication", "-attime", then), /: OK\n$/);
  const list = await openssl("crl", "-noout", "-lastupdate", "-in", await listOf(opened, "authentication"));
  assert.match(list, new RegExp(`${opened.clock.now().getUTCFullYear()} GMT`));
  assert.match(
    await askOcsp(opened, future, "authentication", "-resp_text"),
    new RegExp(`Produced At: .*${opened.clock.now().getUTCFullYear()} GMT`),
  );
});

test("an expired document's card has expired", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, EXPIRED);
  assert.match(await verify(opened, card, "authentication"), /certificate has expired/);
});

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
