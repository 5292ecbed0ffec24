/** Where the two sides meet: the product's gateway judges the office's cards over the office's own responder and lists. */
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createCardAuthority } from "#gateways/card-authority";
import { silentLog, testRandom } from "../../../tests/world/world.ts";
import { createSandboxClock } from "../clock/index.ts";
import { openDoor } from "../kit/door.ts";
import { findFreePort } from "../kit/free-port.ts";
import { createPeople } from "../people/index.ts";
import { createCardOffice, POLICY, type Card, type CardOffice } from "./index.ts";
import { signToken } from "./reader/web-eid.ts";

const ORIGIN = "https://chave.example";
const NONCE = "q3J0Vt9kq3J0Vt9kq3J0Vt9kq3J0Vt9kq3J0Vt9kq3I=";
const [VALID, VALID_RSA, EXPIRED, CANCELLED, SUSPENDED, FOREIGN] =
  "10000101 10000202 10000303 10001313 10001616 90001717".split(" ");

async function meet() {
  const port = await findFreePort();
  const shelfFolder = mkdtempSync(join(tmpdir(), "meeting-"));
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const hubUrl = `http://localhost:${port}`;
  const office = await createCardOffice({ clock, shelfFolder, people, current: (person) => person, hubUrl });
  const door = await openDoor(office.routes.fetch, port);
  after(() => door.close());
  const trusted = office.authorities.bundleFile;
  const common = { trusted, policies: [POLICY.authentication], origin: ORIGIN, clock, random: testRandom, log: silentLog };
  const gateway = () => createCardAuthority({ ...common, nonce: "required" });
  const judge = async (civilId: string | undefined) =>
    gateway().judgeCertificate((await cardOf(office, civilId)).authentication.certificate.raw);
  return { office, gateway, judge };
}

async function cardOf(office: CardOffice, civilId = ""): Promise<Card> {
  const card = await office.cardOf(civilId);
  assert.ok(card);
  return card;
}

type Judged = Awaited<ReturnType<Awaited<ReturnType<typeof meet>>["judge"]>>;
const verdict = (judged: Judged): string => (judged.ok ? judged.card.name : judged.refusal);

test("each sample card is judged for what it is", async () => {
  const { judge } = await meet();
  assert.equal(verdict(await judge(VALID)), "Leonor Exemplo Sereno");
  assert.equal(verdict(await judge(VALID_RSA)), "Tomás Exemplo Ribeira");
  assert.equal(verdict(await judge(EXPIRED)), "card.expired");
  assert.equal(verdict(await judge(CANCELLED)), "card.revoked");
  assert.equal(verdict(await judge(SUSPENDED)), "card.suspended");
  const foreign = await judge(FOREIGN);
  assert.deepEqual(foreign.ok && foreign.card.holder, {
    kind: "foreign",
    documentKind: "PAS",
    country: "BR",
    number: "XP001717",
  });
});

test("a signature certificate identifies nobody", async () => {
  const { office, gateway } = await meet();
  const card = await cardOf(office, VALID);
  assert.equal(verdict(await gateway().judgeCertificate(card.signature.certificate.raw)), "card.wrong-certificate");
});

test("tokens of the virtual reader are taken, at their own origin and for their own nonce", async () => {
  const { office, gateway } = await meet();
  for (const civilId of [VALID, VALID_RSA]) {
    const token = JSON.stringify(signToken(await cardOf(office, civilId), ORIGIN, NONCE));
    assert.ok((await gateway().judgeWebEid(token, NONCE)).ok);
    assert.equal(verdict(await gateway().judgeWebEid(token, NONCE.replace("q", "r"))), "card.answer-invalid");
  }
  const elsewhere = JSON.stringify(signToken(await cardOf(office, VALID), "https://evil.example", NONCE));
  assert.equal(verdict(await gateway().judgeWebEid(elsewhere, NONCE)), "card.answer-invalid");
});

for (const ocsp of [
  "unreachable",
  "expired",
  "wrong-responder",
  "no-purpose",
  "try-later",
  "no-nonce",
  "other-nonce",
  "garbage",
] as const) {
  test(`with a responder that is "${ocsp}" the list decides, and without the list nobody passes`, async () => {
    const { office, judge } = await meet();
    office.setModes({ ocsp });
    assert.equal(verdict(await judge(VALID)), "Leonor Exemplo Sereno");
    assert.equal(verdict(await judge(SUSPENDED)), "card.suspended");
    for (const crl of ["unreachable", "stale", "wrong-issuer", "garbage"] as const) {
      office.setModes({ crl });
      assert.equal(verdict(await judge(VALID)), "card.status-unavailable", crl);
    }
  });
}

test("a responder that does not know a card is believed: nobody passes", async () => {
  const { office, judge } = await meet();
  office.setModes({ ocsp: "unknown" });
  assert.notEqual(verdict(await judge(VALID)), "Leonor Exemplo Sereno");
});
