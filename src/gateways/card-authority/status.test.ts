import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import {
  authorityParts,
  extension,
  makeAnswer,
  makeCertificate,
  makeKey,
  makeList,
  pemOf,
  POLICY,
  PURPOSE,
} from "../../../tests/world/card-authorities.ts";
import type { AnswerWanted, Made } from "../../../tests/world/card-authorities.ts";
import { openCardWorld } from "../../../tests/world/card-world.ts";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { readCertificate } from "./certificate.ts";
import { readList } from "./crl.ts";
import { few, only, TAG } from "./der.ts";
import { isFresh } from "./freshness.ts";
import { limits } from "./status.ts";

const world = await openCardWorld();
const { root, issuing, clock, office, card, gateway, fresh, trust, authority } = world;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(clock.now().getTime() + hours * HOUR);

beforeEach(() => {
  world.allIsWell();
  office.asked = { ocsp: 0, crl: 0 };
});

/** What becomes of a fresh card, and whom that took. */
async function verdict(leaf: Made, one = gateway()): Promise<string> {
  const judged = await one.judgeCertificate(leaf.der);
  return `${judged.ok ? "taken" : judged.reason} after ${String(office.asked.ocsp)} OCSP, ${String(office.asked.crl)} CRL`;
}

const answering = (changes: Partial<AnswerWanted>) => (request: Buffer) =>
  makeAnswer(request, { status: "good", ...fresh(), ...changes });

/** Asks the same responder as we do, with OpenSSL's own client, and answers what it says. */
function opensslAsks(leaf: Made, answer: Buffer): string {
  const file = (name: string) => join(world.folder, name);
  writeFileSync(file("leaf.pem"), pemOf(leaf));
  writeFileSync(file("issuer.pem"), pemOf(issuing));
  writeFileSync(file("all.pem"), pemOf(root, issuing));
  writeFileSync(file("answer.der"), answer);
  const words = ["ocsp", "-issuer", file("issuer.pem"), "-cert", file("leaf.pem"), "-respin", file("answer.der"), "-no_nonce"];
  const at = String(Math.floor(clock.now().getTime() / 1000));
  const { stdout, stderr } = spawnSync(
    "openssl",
    [...words, "-CAfile", file("all.pem"), "-attime", at, "-validity_period", "999999999"],
    { encoding: "utf8" },
  );
  return stdout + stderr;
}

function opensslChecksList(leaf: Made, list: Buffer): boolean {
  const file = (name: string) => join(world.folder, name);
  const pem = `-----BEGIN X509 CRL-----\n${list
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")
    .trim()}\n-----END X509 CRL-----\n`;
  writeFileSync(file("leaf.pem"), pemOf(leaf));
  writeFileSync(file("all.pem"), pemOf(root, issuing));
  writeFileSync(file("list.pem"), pem);
  const at = String(Math.floor(clock.now().getTime() / 1000));
  const words = [
    "verify",
    "-attime",
    at,
    "-CAfile",
    file("all.pem"),
    "-CRLfile",
    file("list.pem"),
    "-crl_check",
    file("leaf.pem"),
  ];
  return spawnSync("openssl", words, { encoding: "utf8" }).status === 0;
}

for (const [status, expected] of [
  ["good", "taken"],
  ["revoked", "status.revoked"],
  ["suspended", "status.suspended"],
  ["unknown", "status.unknown"],
] as const) {
  test(`OCSP says ${status}: ${expected}, no list is looked at, and OpenSSL reads the same`, async () => {
    const leaf = await card();
    let said = Buffer.alloc(0);
    office.ocsp = async (request) => (said = Buffer.from(await answering({ status })(request)));
    assert.equal(await verdict(leaf), `${expected} after 1 OCSP, 0 CRL`);
    const read = opensslAsks(leaf, said);
    assert.match(read, /Response verify OK/);
    assert.match(read, new RegExp(`leaf\\.pem: ${status === "suspended" ? "revoked" : status}`));
  });
}

test("the issuer may answer for itself", async () => {
  office.ocsp = (request) => makeAnswer(request, { status: "good", ...fresh(), signer: issuing, certificates: [] });
  assert.equal(await verdict(await card()), "taken after 1 OCSP, 0 CRL");
});

/** Each makes the responder's "good" worth nothing: the list then decides, which here says revoked. */
const WORTHLESS: readonly (readonly [
  what: string,
  answer: () => Promise<(request: Buffer) => Promise<Buffer | null> | Buffer | null>,
])[] = [
  ["another certificate's answer", async () => answering({ about: await card() })],
  ["an answer with another nonce", async () => answering({ nonce: "other" })],
  ["an answer without a nonce", async () => answering({ nonce: "none" })],
  ["an expired answer", async () => answering({ thisUpdate: inHours(-3), nextUpdate: inHours(-1) })],
  ["an answer of tomorrow", async () => answering({ thisUpdate: inHours(24), nextUpdate: inHours(48) })],
  [
    "an answer of last week that promises to hold for years",
    async () => answering({ thisUpdate: inHours(-200), nextUpdate: inHours(20_000) }),
  ],
  ["an answer of an hour ago that promises nothing", async () => answering({ thisUpdate: inHours(-1), nextUpdate: null })],
  ["an answer signed with another key than the one it names", async () => answering({ forgedWith: makeKey("P-256") })],
  [
    "a responder that the issuer gave no such purpose",
    async () => {
      const impostor = await makeCertificate(
        { name: authorityParts("OCSP Falso"), purposes: [PURPOSE.clientAuthentication], noCheck: true },
        issuing,
      );
      return answering({ signer: impostor, certificates: [impostor] });
    },
  ],
  [
    "a responder with the purpose, from another authority",
    async () => {
      const stranger = await makeCertificate(authority("EC Desconhecida", "P-256"));
      const impostor = await makeCertificate(
        { name: authorityParts("OCSP Alheio"), purposes: [PURPOSE.ocspSigning], noCheck: true },
        stranger,
      );
      return answering({ signer: impostor, certificates: [impostor, stranger] });
    },
  ],
  [
    "a responder whose certificate has expired",
    async () => {
      const old = await makeCertificate(
        { name: authorityParts("OCSP Antigo"), purposes: [PURPOSE.ocspSigning], noCheck: true, until: "2027-02-01T00:00:00Z" },
        issuing,
      );
      return answering({ signer: old, certificates: [old] });
    },
  ],
  [
    "a responder certified with SHA-1",
    async () => {
      const weak = await makeCertificate(
        { name: authorityParts("OCSP Fraco"), purposes: [PURPOSE.ocspSigning], noCheck: true, hash: "SHA-1" },
        issuing,
      );
      return answering({ signer: weak, certificates: [weak] });
    },
  ],
  [
    "a responder whose key may sign nothing",
    async () => {
      const mute = await makeCertificate(
        { name: authorityParts("OCSP Mudo"), purposes: [PURPOSE.ocspSigning], noCheck: true, usage: ["keyAgreement"] },
        issuing,
      );
      return answering({ signer: mute, certificates: [mute] });
    },
  ],
  [
    "a responder whose own revocation nobody could ask",
    async () => {
      const checked = await makeCertificate(
        { name: authorityParts("OCSP Sem Isenção"), purposes: [PURPOSE.ocspSigning] },
        issuing,
      );
      return answering({ signer: checked, certificates: [checked] });
    },
  ],
  ["a cut connection", async () => () => null],
  ["silence", async () => () => new Promise<null>((resolve) => setTimeout(resolve, 2_500, null))],
  ["text", async () => () => Buffer.from("<html>")],
  ["nothing", async () => () => Buffer.alloc(0)],
  ["an answer cut short", async () => async (request) => (await answering({})(request)).subarray(0, -5)],
  [
    "an answer with something after it",
    async () => async (request) => Buffer.concat([await answering({})(request), Buffer.from([5, 0])]),
  ],
  ["an enormous answer", async () => () => Buffer.alloc(200_000, 0x30)],
  ["'try later'", async () => () => Buffer.from("30030a0103", "hex")],
];

for (const [what, answer] of WORTHLESS) {
  test(`${what} is not believed: the list is looked at`, async () => {
    const leaf = await card();
    office.ocsp = await answer();
    office.crl = () => makeList(issuing, { thisUpdate: inHours(0), nextUpdate: inHours(24), revoked: [[leaf, 1]] });
    const one = what === "silence" ? gateway({ limits: { ocspTimeout: 1_500 } }) : gateway();
    assert.equal(await verdict(leaf, one), "status.revoked after 1 OCSP, 1 CRL");
  });
}

test("of two responders of one name the one that signed is found, in whatever order they come", async () => {
  const renewed = await makeCertificate(
    { name: authorityParts("OCSP de Ensaio"), purposes: [PURPOSE.ocspSigning], policies: [], noCheck: true },
    issuing,
  );
  for (const certificates of [
    [world.responder, renewed],
    [renewed, world.responder],
  ]) {
    office.asked.ocsp = 0;
    office.ocsp = answering({ certificates });
    assert.equal(await verdict(await card()), "taken after 1 OCSP, 0 CRL");
  }
});

test("what was said at no time that there is, is not fresh", () => {
  const never = new Date(Number.NaN);
  assert.equal(isFresh({ thisUpdate: never, nextUpdate: null }, limits.ocsp, clock.now()), false);
  assert.equal(isFresh({ thisUpdate: never, nextUpdate: inHours(1) }, limits.ocsp, clock.now()), false);
  assert.equal(isFresh({ thisUpdate: inHours(0), nextUpdate: never }, limits.ocsp, clock.now()), false);
});

test("a clock that was ahead for a while keeps no answer longer for it", async () => {
  const one = gateway();
  const leaf = await card();
  clock.advance("PT1H");
  office.ocsp = answering({ ...fresh(), nextUpdate: inHours(8) });
  assert.equal(await verdict(leaf, one), "taken after 1 OCSP, 0 CRL");
  clock.advance(-50 * 60_000);
  office.ocsp = answering({ ...fresh(), status: "revoked" });
  assert.equal(await verdict(leaf, one), "status.revoked after 2 OCSP, 0 CRL");
});

test("where answers without a nonce are allowed, one is taken; another nonce still is not", async () => {
  office.ocsp = answering({ nonce: "none" });
  assert.equal(await verdict(await card(), gateway({ nonce: "optional" })), "taken after 1 OCSP, 0 CRL");
  office.ocsp = answering({ nonce: "other" });
  office.crl = () => null;
  assert.equal(await verdict(await card(), gateway({ nonce: "optional" })), "status.unavailable after 2 OCSP, 1 CRL");
});

for (const [what, reason, expected] of [
  ["is not on it", null, "taken"],
  ["is on it", 1, "status.revoked"],
  ["is on it without a reason", undefined, "status.revoked"],
  ["is on hold", 6, "status.suspended"],
  ["is on it to be taken off", 8, "taken"],
] as const) {
  test(`no responder, and the card ${what}: ${expected}; OpenSSL reads the list too`, async () => {
    const leaf = await card();
    office.ocsp = () => null;
    const revoked = reason === null ? [] : ([[leaf, reason ?? null]] as const);
    const list = await makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24), revoked });
    office.crl = () => list;
    assert.equal(await verdict(leaf), `${expected} after 1 OCSP, 1 CRL`);
    if (reason !== 8) assert.equal(opensslChecksList(leaf, list), expected === "taken");
  });
}

const NO_LIST: readonly (readonly [what: string, list: () => Promise<Buffer | null>])[] = [
  ["an expired list", () => makeList(issuing, { thisUpdate: inHours(-48), nextUpdate: inHours(-1) })],
  ["a list that promises no next one", () => makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: null })],
  [
    "a list of a month ago that promises to hold",
    () => makeList(issuing, { thisUpdate: inHours(-720), nextUpdate: inHours(720) }),
  ],
  ["a list of tomorrow", () => makeList(issuing, { thisUpdate: inHours(24), nextUpdate: inHours(48) })],
  ["another authority's list", () => makeList(root, { thisUpdate: inHours(-1), nextUpdate: inHours(24) })],
  ["a list signed by another", () => makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24), signer: root })],
  [
    "a list of changes only",
    () =>
      makeList(issuing, {
        thisUpdate: inHours(-1),
        nextUpdate: inHours(24),
        extra: [extension("2.5.29.27", new asn1js.Integer({ value: 1 }), true)],
      }),
  ],
  [
    "a list with an entry that says something critical nobody knows",
    async () => {
      const entryExtra = [extension("1.3.6.1.4.1.32473.9", new asn1js.Null(), true)];
      return makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24), revoked: [[await card(), 1]], entryExtra });
    },
  ],
  [
    "a list cut short",
    async () => (await makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24) })).subarray(0, -3),
  ],
  ["no list", async () => null],
  ["text", async () => Buffer.from("not here")],
];

for (const [what, list] of NO_LIST) {
  test(`no responder and ${what}: nobody passes unasked`, async () => {
    office.ocsp = () => null;
    office.crl = list;
    assert.equal(await verdict(await card()), "status.unavailable after 1 OCSP, 1 CRL");
  });
}

/** With the leading zero that keeps a number positive, and with none; of one byte and of twenty (RFC 5280 4.1.2.2). */
for (const serial of ["01", "7f", "0080", "00ff", "00ffffffff", "00f0".padEnd(42, "a")]) {
  test(`a card numbered ${serial} is asked about, and found on a list, as OpenSSL does both`, async () => {
    const leaf = await card({ serial: Buffer.from(serial, "hex") });
    let said = Buffer.alloc(0);
    office.ocsp = async (request) => (said = Buffer.from(await answering({})(request)));
    assert.equal(await verdict(leaf), "taken after 1 OCSP, 0 CRL");
    assert.match(opensslAsks(leaf, said), /leaf\.pem: good/);
    const list = await makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24), revoked: [[leaf, 1]] });
    [office.ocsp, office.crl] = [() => null, () => list];
    assert.equal(await verdict(leaf), "status.revoked after 2 OCSP, 1 CRL");
    assert.equal(opensslChecksList(leaf, list), false);
  });
}

test("a list of thousands, as real ones are, is read to its end, and OpenSSL reads it too", async () => {
  const [leaf, other] = [await card(), await card()];
  const numbered = (number: number) => {
    const valueHex = new Uint8Array([0x10, number >> 8, number & 0xff]).buffer;
    return { ...other, parsed: new pkijs.Certificate({ serialNumber: new asn1js.Integer({ valueHex }) }) };
  };
  const many = Array.from({ length: 3_000 }, (_, number) => [numbered(number), 1] as const);
  const list = await makeList(issuing, {
    thisUpdate: inHours(-1),
    nextUpdate: inHours(24),
    revoked: [...many, [leaf, 6]],
  });
  [office.ocsp, office.crl] = [() => null, () => list];
  assert.equal(await verdict(leaf), "status.suspended after 1 OCSP, 1 CRL");
  assert.equal(await verdict(other), "taken after 2 OCSP, 2 CRL");
  assert.equal(opensslChecksList(leaf, list), false);
  assert.equal(opensslChecksList(other, list), true);
});

test("a list in which any byte that was signed is turned is not believed", async () => {
  const believed = readCertificate(issuing.der);
  assert.ok(believed);
  const list = await makeList(issuing, { thisUpdate: inHours(-1), nextUpdate: inHours(24), revoked: [[await card(), 1]] });
  assert.ok(readList(list, believed, limits.crl, clock.now()));
  const signed = few(only(list, TAG.sequence), 3)[0]?.whole ?? Buffer.alloc(0);
  const first = list.indexOf(signed);
  for (let place = first; place < first + signed.length; place++) {
    const turned = Buffer.from(list);
    turned[place] = (turned[place] ?? 0) ^ 0x01;
    assert.equal(readList(turned, believed, limits.crl, clock.now()), null, `byte ${String(place)}`);
  }
});

test("a card that says nowhere whom to ask does not pass", async () => {
  assert.equal(await verdict(await card({ ocspUrls: [], crlUrls: [] })), "status.unavailable after 0 OCSP, 0 CRL");
});

test("an address that is no web address is never called", async () => {
  const leaf = await card({ ocspUrls: ["file:///etc/passwd", "ldap://x/"], crlUrls: ["ftp://x/list"] });
  assert.equal(await verdict(leaf), "status.unavailable after 0 OCSP, 0 CRL");
});

test("an answer is kept for its card, five minutes at most, and never beyond what it promised", async () => {
  const one = gateway();
  const leaf = await card();
  office.ocsp = answering({ nextUpdate: inHours(1) });
  assert.equal(await verdict(leaf, one), "taken after 1 OCSP, 0 CRL");
  assert.equal(await verdict(leaf, one), "taken after 1 OCSP, 0 CRL");
  assert.equal(await verdict(await card(), one), "taken after 2 OCSP, 0 CRL");
  clock.advance("PT5M1S");
  office.ocsp = answering({ status: "revoked", ...fresh(), nextUpdate: new Date(clock.now().getTime() + 60_000) });
  assert.equal(await verdict(leaf, one), "status.revoked after 3 OCSP, 0 CRL");
  clock.advance("PT1M1S");
  office.ocsp = answering({ nextUpdate: null });
  assert.equal(await verdict(leaf, one), "taken after 4 OCSP, 0 CRL");
  assert.equal(await verdict(leaf, one), "taken after 5 OCSP, 0 CRL");
});

test("a list is kept for every card on it, and what could not be had is not kept", async () => {
  const one = gateway();
  office.ocsp = () => null;
  office.crl = () => null;
  assert.equal(await verdict(await card(), one), "status.unavailable after 1 OCSP, 1 CRL");
  world.allIsWell();
  office.ocsp = () => null;
  assert.equal(await verdict(await card(), one), "taken after 2 OCSP, 2 CRL");
  assert.equal(await verdict(await card(), one), "taken after 3 OCSP, 2 CRL");
});

test("a hundred that ask about one card at once ask the responder once", async () => {
  const one = gateway({ limits: { ocspTimeout: 120_000 } });
  const leaf = await card();
  const all = await Promise.all(Array.from({ length: 100 }, () => one.judgeCertificate(leaf.der)));
  assert.ok(all.every(({ ok }) => ok));
  assert.equal(office.asked.ocsp, 1);
});

test("the issuing authority is asked about as well, where it says whom to ask: a revoked one vouches for nobody", async () => {
  const watched = await makeCertificate({ ...authority("EC Vigiada", "P-256", { policies: [POLICY] }), ...world.places }, root);
  const rootFresh = { ...fresh(), signer: root, certificates: [] };
  office.ocsp = (request) => makeAnswer(request, { status: "revoked", ...rootFresh });
  office.crl = () => makeList(watched, { thisUpdate: inHours(-1), nextUpdate: inHours(1) });
  assert.equal(
    await verdict(await card({}, watched), gateway({ trusted: trust(root, watched) })),
    "issuer.revoked after 2 OCSP, 1 CRL",
  );
});
