/** What the responder says. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  certificateFile,
  issuerFile,
  askOcsp,
  openssl,
  openOffice,
  cardOf,
  VALID,
  CANCELLED,
  SUSPENDED,
} from "../../../tests/world/card-office.ts";
import type { CardOffice } from "./index.ts";

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
