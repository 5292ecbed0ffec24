/** What a responder's answer is worth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  authorityParts,
  makeAnswer,
  makeCertificate,
  makeKey,
  makeList,
  PURPOSE,
} from "../../../tests/world/card-authorities.ts";
import { openStatusWorld } from "../../../tests/world/card-status.ts";
import { isFresh } from "./freshness.ts";
import { limits } from "./status.ts";

const world = await openStatusWorld();
const { issuing, clock, office, card, gateway, fresh, authority, inHours, answering, verdict, opensslAsks } = world;

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
