import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as asn1js from "asn1js";
import {
  authorityParts,
  extension,
  holderParts,
  makeCertificate,
  makeKey,
  pemOf,
  POLICY,
  PURPOSE,
} from "../../../tests/world/card-authorities.ts";
import type { Made, Wanted } from "../../../tests/world/card-authorities.ts";
import { createLog } from "#platform/log";
import { readCertificate } from "./certificate.ts";
import { openCardWorld } from "../../../tests/world/card-world.ts";

const world = await openCardWorld();
const { root, issuing, card, gateway, trust, authority } = world;

async function reasonFor(wanted: Wanted, issuer?: Made, trusted: Made[] = [root, issuing]): Promise<string> {
  const judged = await gateway({ trusted: trust(...trusted) }).judgeCertificate((await card(wanted, issuer)).der);
  return judged.ok ? "taken" : `${judged.refusal} ${judged.reason}`;
}

/** What OpenSSL says of the same path at the same moment. */
function opensslVerifies(leaf: Made, ...authorities: Made[]): boolean {
  const [leafFile, caFile] = [join(world.folder, "leaf.pem"), join(world.folder, "cas.pem")];
  writeFileSync(leafFile, pemOf(leaf));
  writeFileSync(caFile, pemOf(...authorities));
  const at = String(Math.floor(world.clock.now().getTime() / 1000));
  const words = ["verify", "-attime", at, "-purpose", "sslclient", "-CAfile", caFile, leafFile];
  return spawnSync("openssl", words, { encoding: "utf8" }).status === 0;
}

test("a card of a known authority names its holder, and OpenSSL takes its path too", async () => {
  const leaf = await card();
  const judged = await gateway().judgeCertificate(leaf.der);
  assert.ok(judged.ok);
  assert.deepEqual(judged.card.holder, { kind: "national", civilId: "99000001" });
  assert.equal(judged.card.name, "Benedita Inventada Exemplar");
  assert.equal(judged.card.expiresAt.toISOString(), "2035-01-01T00:00:00.000Z");
  assert.match(judged.card.fingerprint, /^[0-9a-f]{64}$/);
  assert.ok(opensslVerifies(leaf, root, issuing));
});

for (const kind of ["P-256", "P-384", "P-521", "RSA-2048", "RSA-3072"] as const) {
  test(`a card with a key of ${kind} is taken`, async () => {
    assert.equal(await reasonFor({ key: makeKey(kind) }), "taken");
  });
}

const TABLE: readonly (readonly [what: string, wanted: Wanted, verdict: string])[] = [
  ["the signature certificate", { usage: ["nonRepudiation"] }, "card.wrong-certificate certificate.for-signatures"],
  ["a certificate without key usage", { usage: null }, "card.not-recognised certificate.usage"],
  ["one that may only agree on keys", { usage: ["keyAgreement"] }, "card.not-recognised certificate.usage"],
  ["one for servers", { purposes: [PURPOSE.serverAuthentication] }, "card.not-recognised certificate.purpose"],
  ["one for OCSP", { purposes: [PURPOSE.ocspSigning] }, "card.not-recognised certificate.purpose"],
  ["one without extended key usage", { purposes: null }, "taken"],
  ["one that signs and commits", { usage: ["digitalSignature", "nonRepudiation"] }, "taken"],
  ["another policy", { policies: ["1.2.3.4"] }, "card.not-recognised certificate.policy"],
  ["no policy", { policies: [] }, "card.not-recognised certificate.policy"],
  ["an expired one", { until: "2027-02-28T23:59:59Z" }, "card.expired certificate.expired"],
  ["one not valid yet", { from: "2027-03-01T10:00:01Z" }, "card.not-recognised certificate.not-yet-valid"],
  ["an authority's own", { authority: {}, usage: ["digitalSignature"] }, "card.not-recognised certificate.is-authority"],
  ["a short RSA key", { key: makeKey("RSA-1024") }, "card.not-recognised certificate.key"],
  ["a curve that is not ours", { key: makeKey("K-256") }, "card.not-recognised certificate.key"],
  ["a SHA-1 signature", { hash: "SHA-1" }, "card.not-recognised certificate.algorithm"],
  [
    "a critical extension nobody knows",
    { extra: [extension("1.3.6.1.4.1.32473.9", new asn1js.Null(), true)] },
    "card.not-recognised certificate.critical-extension",
  ],
  ["an extension nobody knows that is not critical", { extra: [extension("1.3.6.1.4.1.32473.9", new asn1js.Null())] }, "taken"],
  [
    "the same extension twice",
    { extra: [extension("2.5.29.15", new asn1js.BitString({ unusedBits: 7, valueHex: new Uint8Array([0x80]).buffer }), true)] },
    "card.not-recognised certificate.form",
  ],
  ["a number without a kind", { name: holderParts("990000017") }, "card.not-recognised certificate.subject"],
  ["a number too short", { name: holderParts("BI9900001") }, "card.not-recognised certificate.subject"],
  ["a number too long", { name: holderParts("BI9900000171") }, "card.not-recognised certificate.subject"],
  [
    "two numbers",
    { name: [...holderParts("BI990000017"), ["2.5.4.5", "BI990000025"]] },
    "card.not-recognised certificate.subject",
  ],
  ["no name", { name: holderParts("BI990000017").slice(0, 4) }, "card.not-recognised certificate.subject"],
];

for (const [what, wanted, verdict] of TABLE) {
  test(`${what}: ${verdict}`, async () => {
    assert.equal(await reasonFor(wanted), verdict);
  });
}

test("a card of an authority nobody here knows is refused for that, whatever else is wrong with it", async () => {
  const stranger = await makeCertificate(authority("EC Desconhecida", "P-256"));
  assert.equal(await reasonFor({}, stranger), "card.unknown-issuer issuer.unknown");
  assert.equal(await reasonFor({ until: "2026-01-01T00:00:00Z" }, stranger), "card.unknown-issuer issuer.unknown");
  assert.equal(opensslVerifies(await card({}, stranger), root, issuing), false);
});

test("an authority of the same name and another key is not the one we know", async () => {
  const double = await makeCertificate(authority("EC de Autenticação de Ensaio", "P-384"));
  assert.equal(await reasonFor({}, double), "card.unknown-issuer issuer.unknown");
});

test("a self-signed card is its own issuer, and so nobody's", async () => {
  const alone = await makeCertificate({});
  const judged = await gateway().judgeCertificate(alone.der);
  assert.ok(!judged.ok && judged.reason === "issuer.unknown");
});

test("an issuing authority without its root is no way up", async () => {
  const other = await makeCertificate(authority("EC Raiz Alheia", "P-256"));
  assert.equal(await reasonFor({}, issuing, [other, issuing]), "card.unknown-issuer issuer.unknown");
});

test("an expired authority, a plain certificate as issuer, one below where none may be, one without the policy", async () => {
  const expired = await makeCertificate(
    authority("EC Antiga", "P-256", { until: "2026-12-31T00:00:00Z", policies: [POLICY] }),
    root,
  );
  assert.equal(await reasonFor({}, expired, [root, expired]), "card.unknown-issuer issuer.expired");
  const below = await makeCertificate(authority("EC Abaixo", "P-256", { policies: [POLICY] }), issuing);
  assert.equal(await reasonFor({}, below, [root, issuing, below]), "card.unknown-issuer issuer.path-length");
  const other = await makeCertificate(authority("EC de Outra Coisa", "P-256", { policies: ["1.2.3.4"] }), root);
  assert.equal(await reasonFor({}, other, [root, other]), "card.unknown-issuer issuer.policy");
  const holder = await card({ usage: ["digitalSignature", "keyCertSign"] });
  assert.equal(await reasonFor({}, holder), "card.unknown-issuer issuer.unknown");
  assert.throws(() => gateway({ trusted: trust(root, holder) }), /no certificate of an authority/);
});

test("of an authority certified anew, the certificate that still holds counts", async () => {
  const old = await makeCertificate(
    {
      name: issuing.parsed.subject.typesAndValues.map(({ type }) => [
        type,
        type === "2.5.4.6" ? "PT" : "EC de Autenticação de Ensaio",
      ]),
      key: issuing.key,
      authority: {},
      policies: [POLICY],
      until: "2026-01-01T00:00:00Z",
    },
    root,
  );
  assert.equal(await reasonFor({}, issuing, [root, old, issuing]), "taken");
  assert.equal(await reasonFor({}, issuing, [root, old]), "card.unknown-issuer issuer.expired");
});

test("foreigners are named by their document; blanks and small letters do not matter, a missing check digit neither", async () => {
  const holderIn = async (number: string) => {
    const judged = await gateway().judgeCertificate((await card({ name: holderParts(number) })).der);
    return judged.ok ? judged.card.holder : judged.reason;
  };
  assert.deepEqual(await holderIn("PASAF-ABC123456"), {
    kind: "foreign",
    documentKind: "PAS",
    country: "AF",
    number: "ABC123456",
  });
  assert.deepEqual(await holderIn("BI 99000001 7"), { kind: "national", civilId: "99000001" });
  assert.deepEqual(await holderIn("BI99000001"), { kind: "national", civilId: "99000001" });
  assert.equal(await holderIn("PASAF-"), "certificate.subject");
  assert.equal(await holderIn("PASAF-A B-C"), "certificate.subject");
});

test("bytes that are no certificate, or not only one, or enormous, are nothing we recognise", async () => {
  const { der } = await card();
  const spoilt = Buffer.from(der);
  spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1;
  const inputs = [
    Buffer.alloc(0),
    Buffer.from("certificate"),
    der.subarray(0, -1),
    Buffer.concat([der, Buffer.from([0])]),
    Buffer.alloc(100_000, 0x30),
  ];
  for (const bytes of inputs) {
    const judged = await gateway().judgeCertificate(bytes);
    assert.ok(!judged.ok && judged.reason === "certificate.form", String(bytes.length));
  }
  const altered = await gateway().judgeCertificate(spoilt);
  assert.ok(!altered.ok && altered.reason === "issuer.unknown");
  const none = await gateway().judgeCertificate(null);
  assert.ok(!none.ok && none.refusal === "card.absent");
});

test("a certificate whose end is no time that there is, is none: it would never expire", async () => {
  const { der } = await card();
  const end = der.indexOf("350101000000Z");
  for (const time of ["3501010000ZZZ", "351301000000Z", "350230000000Z", "XXXXXXXXXXXXX", "350101000060Z", "35010100+0100"]) {
    const endless = Buffer.from(der);
    endless.write(time, end, "latin1");
    assert.equal(readCertificate(endless), null, time);
  }
});

test("why a card was not taken is written down, and not whose it was", async () => {
  let written = "";
  const log = createLog({ level: "info", destination: { write: (line: string) => void (written += line) } });
  const leaf = await card({ usage: ["nonRepudiation"] });
  await gateway({ log }).judgeCertificate(leaf.der);
  assert.match(written, /certificate\.for-signatures/);
  for (const personal of ["Benedita", "99000001", leaf.x509.serialNumber, leaf.x509.fingerprint256])
    assert.doesNotMatch(written, new RegExp(personal, "i"));
});

test("nobody is believed by mistake: a file without a root, an empty one, none at all", () => {
  assert.throws(() => gateway({ trusted: trust(issuing) }), /no self-signed root/);
  assert.throws(() => gateway({ trusted: trust() }), /no certificate/);
  assert.throws(() => gateway({ trusted: join(world.folder, "nowhere.pem") }), /ENOENT/);
});

test("no address in a certificate is ever called before its issuer is known", async () => {
  const stranger = await makeCertificate({ name: authorityParts("EC Desconhecida"), authority: {} });
  world.office.asked = { ocsp: 0, crl: 0 };
  await reasonFor({}, stranger);
  assert.deepEqual(world.office.asked, { ocsp: 0, crl: 0 });
});
