/** Who is asked whether a card still holds, and how long an answer is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAnswer, makeCertificate, makeList, POLICY } from "../../../tests/world/card-authorities.ts";
import { openStatusWorld } from "../../../tests/world/card-status.ts";

const world = await openStatusWorld();
const {
  root,
  issuing,
  clock,
  office,
  card,
  gateway,
  fresh,
  trust,
  authority,
  inHours,
  answering,
  verdict,
  opensslAsks,
  opensslChecksList,
} = world;

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
