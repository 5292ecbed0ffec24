/** What the office certifies. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { test } from "node:test";
import {
  askOcsp,
  verify,
  certificateText,
  listOf,
  openssl,
  openOffice,
  cardOf,
  VALID,
  VALID_RSA,
  EXPIRED,
  FOREIGN,
} from "../../../tests/world/card-office.ts";

test("openssl builds a strict path from both certificates of a card to the root, for elliptic and RSA cards", async () => {
  const opened = await openOffice();
  for (const civilId of [VALID, VALID_RSA]) {
    const card = await cardOf(opened.office, civilId);
    for (const use of ["authentication", "signature"] as const) assert.match(await verify(opened, card, use), /: OK\n$/);
  }
  assert.match(await certificateText(opened, await cardOf(opened.office, VALID), "authentication"), /ASN1 OID: prime256v1/);
  assert.match(
    await certificateText(opened, await cardOf(opened.office, VALID_RSA), "authentication"),
    /Public-Key: \(3072 bit\)/,
  );
});

test("an authentication certificate signs challenges for TLS clients, a signature certificate only commits its holder", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  assert.match(await verify(opened, card, "authentication", "-purpose", "sslclient"), /: OK\n$/);
  assert.match(await verify(opened, card, "signature", "-purpose", "sslclient"), /unsuitable certificate purpose/);
  const [authentication, signature] = [
    await certificateText(opened, card, "authentication"),
    await certificateText(opened, card, "signature"),
  ];
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
  const said = await certificateText(opened, await cardOf(office, VALID), "authentication");
  for (const place of ["ocsp", "ca/authentication.cer", "crl/authentication.crl"])
    assert.ok(said.includes(`URI:${hubUrl}/card-office/${place}\n`), place);
  const issuer = await (await fetch(`${hubUrl}/card-office/ca/authentication.cer`)).arrayBuffer();
  assert.ok(new X509Certificate(Buffer.from(issuer)).raw.equals(office.authorities.authentication.certificate.raw));
  assert.equal((await fetch(`${hubUrl}/card-office/ca/../root.key.pem`)).status, 404);
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
