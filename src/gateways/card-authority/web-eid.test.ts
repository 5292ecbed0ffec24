/** Forged tokens, each spoilt in one thing and refused for that thing alone. */
import assert from "node:assert/strict";
import { createHash, randomBytes, sign } from "node:crypto";
import { test } from "node:test";
import { authorityParts, makeAnswer, makeCertificate, makeKey, makeToken } from "../../../tests/world/card-authorities.ts";
import { openCardWorld, origin } from "../../../tests/world/card-world.ts";

const world = await openCardWorld();
const { card, gateway, fresh, office, authority } = world;
const authorityGate = gateway();
const nonce = randomBytes(32).toString("base64");
const mine = await card();
const rsa = await card({ key: makeKey("RSA-2048") });
const other = await card();
const good = makeToken(mine, { origin, nonce });

async function reasonFor(token: object | string, asked = nonce): Promise<string> {
  const judged = await authorityGate.judgeWebEid(typeof token === "string" ? token : JSON.stringify(token), asked);
  return judged.ok ? "taken" : judged.reason;
}

const text = (base64: string) => Buffer.from(base64, "base64");
const flipped = (base64: string, place: number) => {
  const bytes = text(base64);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes.toString("base64");
};

for (const [algorithm, kind] of [
  ["ES256", "P-256"],
  ["ES384", "P-384"],
  ["ES512", "P-521"],
  ["RS256", "RSA-2048"],
  ["PS256", "RSA-3072"],
] as const) {
  test(`a token of ${algorithm} from a card with ${kind} is taken, and names its holder`, async () => {
    const judged = await authorityGate.judgeWebEid(
      JSON.stringify(makeToken(await card({ key: makeKey(kind) }), { algorithm, origin, nonce })),
      nonce,
    );
    assert.ok(judged.ok);
    assert.deepEqual(judged.card.holder, { kind: "national", civilId: "99000001" });
  });
}

/** ECDSA as ASN.1 writes it, which is not what Web EID says. */
const derSignature = () => {
  const content = Buffer.concat([origin, nonce].map((one) => createHash("sha256").update(one).digest()));
  return sign("sha256", content, mine.key).toString("base64");
};
const signedOver = (content: Buffer) =>
  sign("sha256", content, { key: mine.key, dsaEncoding: "ieee-p1363" }).toString("base64");
const hashed = (one: string) => createHash("sha256").update(one).digest();
const withAlgorithm = (algorithm: string) => ({ ...good, algorithm });
const stranger = await makeCertificate(authority("EC Desconhecida", "P-256"));

const FORGED: readonly (readonly [what: string, token: () => object | string | Promise<object | string>, reason: string])[] = [
  ["made for another origin", () => makeToken(mine, { origin: "https://chave.example.net", nonce }), "token.signature"],
  ["made for our origin with a slash", () => makeToken(mine, { origin: `${origin}/`, nonce }), "token.signature"],
  ["made for our name without TLS", () => makeToken(mine, { origin: "http://chave.example", nonce }), "token.signature"],
  ["made with another nonce", () => makeToken(mine, { origin, nonce: randomBytes(32).toString("base64") }), "token.signature"],
  [
    "made with the nonce's bytes, not its text",
    () => ({
      ...good,
      signature: signedOver(Buffer.concat([hashed(origin), createHash("sha256").update(text(nonce)).digest()])),
    }),
    "token.signature",
  ],
  ["over origin and nonce put together", () => ({ ...good, signature: signedOver(hashed(origin + nonce)) }), "token.signature"],
  [
    "over nonce and origin",
    () => ({ ...good, signature: signedOver(Buffer.concat([hashed(nonce), hashed(origin)])) }),
    "token.signature",
  ],
  ["over nothing", () => ({ ...good, signature: signedOver(Buffer.alloc(0)) }), "token.signature"],
  ["signed by another key", () => makeToken(mine, { origin, nonce, key: makeKey("P-256") }), "token.signature"],
  [
    "with another person's certificate in it",
    () => ({ ...good, unverifiedCertificate: other.der.toString("base64") }),
    "token.signature",
  ],
  ["with one bit of the signature turned", () => ({ ...good, signature: flipped(good.signature, 10) }), "token.signature"],
  ["with a signature of zeros", () => ({ ...good, signature: Buffer.alloc(64).toString("base64") }), "token.signature"],
  [
    "with an RSA signature one bit off",
    () => {
      const token = makeToken(rsa, { algorithm: "RS256", origin, nonce });
      return { ...token, signature: flipped(token.signature, 0) };
    },
    "token.signature",
  ],
  [
    "RS256 said to be PS256",
    () => ({ ...makeToken(rsa, { algorithm: "RS256", origin, nonce }), algorithm: "PS256" }),
    "token.signature",
  ],
  ["with a signature in ASN.1", () => ({ ...good, signature: derSignature() }), "token.signature-form"],
  [
    "with a signature cut short",
    () => ({ ...good, signature: text(good.signature).subarray(0, 63).toString("base64") }),
    "token.signature-form",
  ],
  [
    "with a signature and more",
    () => ({ ...good, signature: Buffer.concat([text(good.signature), Buffer.alloc(1)]).toString("base64") }),
    "token.signature-form",
  ],
  [
    "with a signature in base64url",
    () => ({ ...good, signature: text(good.signature).toString("base64url") }),
    "token.signature-form",
  ],
  [
    "with a signature without padding",
    () => ({ ...good, signature: good.signature.replaceAll("=", "") }),
    "token.signature-form",
  ],
  [
    "with a signature broken over lines",
    () => ({ ...good, signature: good.signature.replace(/(.{20})/, "$1\n") }),
    "token.signature-form",
  ],
  ["with the algorithm 'none'", () => withAlgorithm("none"), "token.algorithm"],
  ["with HS256", () => withAlgorithm("HS256"), "token.algorithm"],
  ["with RS512, which we do not speak", () => withAlgorithm("RS512"), "token.algorithm"],
  ["with the algorithm in small letters", () => withAlgorithm("es256"), "token.algorithm"],
  ["with '__proto__' for an algorithm", () => withAlgorithm("__proto__"), "token.algorithm"],
  ["with ES384 on a P-256 key", () => withAlgorithm("ES384"), "token.key"],
  ["with RS256 on an EC key", () => withAlgorithm("RS256"), "token.key"],
  ["with ES256 on an RSA key", () => makeToken(rsa, { algorithm: "ES256", origin, nonce }), "token.key"],
  [
    "with a weak RSA key",
    async () => makeToken(await card({ key: makeKey("RSA-1024") }), { algorithm: "RS256", origin, nonce }),
    "token.key",
  ],
  ["of version 1.1", () => ({ ...good, format: "web-eid:1.1" }), "token.version"],
  ["of version 2", () => ({ ...good, format: "web-eid:2.0" }), "token.version"],
  ["of another format", () => ({ ...good, format: "jwt" }), "token.version"],
  ["without a signature", () => ({ ...good, signature: undefined }), "token.form"],
  ["without a certificate", () => ({ ...good, unverifiedCertificate: "" }), "token.form"],
  ["with a member nobody knows", () => ({ ...good, publicKey: "x" }), "token.form"],
  ["with a number for a signature", () => ({ ...good, signature: 7 }), "token.form"],
  ["that is a list", () => [good], "token.form"],
  ["that is no JSON", () => "web-eid", "token.form"],
  ["cut short", () => JSON.stringify(good).slice(0, -9), "token.form"],
  ["empty", () => "", "token.form"],
  ["enormous", () => ({ ...good, appVersion: "x".repeat(20_000) }), "token.too-long"],
  [
    "with a certificate cut short",
    () => ({ ...good, unverifiedCertificate: mine.der.subarray(0, -20).toString("base64") }),
    "token.certificate",
  ],
  [
    "with something after the certificate",
    () => ({ ...good, unverifiedCertificate: Buffer.concat([mine.der, Buffer.from([0])]).toString("base64") }),
    "token.certificate",
  ],
  ["with the certificate in PEM", () => ({ ...good, unverifiedCertificate: mine.x509.toString() }), "token.certificate"],
  [
    "with the certificate in base64url",
    () => ({ ...good, unverifiedCertificate: mine.der.toString("base64url") }),
    "token.certificate",
  ],
  [
    "with the certificate encoded anew, not in DER",
    () => ({ ...good, unverifiedCertificate: indefinite(mine.der).toString("base64") }),
    "token.certificate",
  ],
  [
    "from the signature certificate",
    async () => makeToken(await card({ usage: ["nonRepudiation"] }), { origin, nonce }),
    "certificate.for-signatures",
  ],
  [
    "from an expired card",
    async () => makeToken(await card({ until: "2027-02-01T00:00:00Z" }), { origin, nonce }),
    "certificate.expired",
  ],
  [
    "from a card not valid yet",
    async () => makeToken(await card({ from: "2028-01-01T00:00:00Z" }), { origin, nonce }),
    "certificate.not-yet-valid",
  ],
  ["from an unknown authority", async () => makeToken(await card({}, stranger), { origin, nonce }), "issuer.unknown"],
  [
    "from a certificate its own maker signed",
    async () => makeToken(await makeCertificate({ name: authorityParts("Ninguém") }), { origin, nonce }),
    "issuer.unknown",
  ],
];

/** The outer length left open: BER, which says the same, and which OpenSSL reads. */
function indefinite(der: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.from([0, 0])]);
}

for (const [what, token, reason] of FORGED) {
  test(`a token ${what}: ${reason}`, async () => {
    assert.equal(await reasonFor(await token()), reason);
  });
}

test("a token from a revoked card is refused for that, and one nobody can be asked about too", async () => {
  office.ocsp = (request) => makeAnswer(request, { status: "revoked", ...fresh() });
  assert.equal(await reasonFor(makeToken(await card(), { origin, nonce })), "status.revoked");
  office.ocsp = () => null;
  office.crl = () => null;
  assert.equal(await reasonFor(makeToken(await card(), { origin, nonce })), "status.unavailable");
  world.allIsWell();
});

test("a right token is worth nothing under the nonce of another question", async () => {
  assert.equal(await reasonFor(good), "taken");
  assert.equal(await reasonFor(good, randomBytes(32).toString("base64")), "token.signature");
});
