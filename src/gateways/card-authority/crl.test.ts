/** What an authority's list is worth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { extension, makeList } from "../../../tests/world/card-authorities.ts";
import { openStatusWorld } from "../../../tests/world/card-status.ts";
import { readCertificate } from "./certificate.ts";
import { readList } from "./crl.ts";
import { few, only, TAG } from "./der.ts";
import { limits } from "./status.ts";

const { root, issuing, clock, office, card, inHours, verdict, opensslChecksList } = await openStatusWorld();

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
