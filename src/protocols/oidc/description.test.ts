import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { decodeJwt, decodeProtectedHeader } from "jose";
import * as client from "openid-client";
import { bodyOf, openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal, person, secret } from "../../../tests/world/oidc/house.ts";
import { createOidc } from "./index.ts";

const { issuer, keys, needs, oidc, start, wholeFlow, discover, basic } = await openOidcFlows();

const eidas = (name: string) => `http://eidas.europa.eu/LoA/${name}`;
const levels = ["1", "2", "3", "4", eidas("high"), eidas("low"), eidas("substantial")];

test("the description tells machines what this door offers, and nothing it does not", async () => {
  const description = await bodyOf(
    await fetch(`${issuer}/.well-known/openid-configuration`, { headers: { "x-forwarded-host": "evil.example" } }),
  );
  assert.equal(description["issuer"], issuer);
  assert.equal(description["token_endpoint"], `${issuer}/oidc/token`);
  assert.equal(description["end_session_endpoint"], `${issuer}/oidc/logout`);
  assert.deepEqual(description["response_types_supported"], ["code"]);
  assert.deepEqual(description["grant_types_supported"], ["authorization_code"]);
  assert.deepEqual(description["subject_types_supported"], ["pairwise"]);
  assert.deepEqual(description["id_token_signing_alg_values_supported"], ["ES256"]);
  assert.deepEqual(description["code_challenge_methods_supported"], ["S256"]);
  assert.deepEqual((description["acr_values_supported"] as string[]).toSorted(), levels);
  assert.equal("registration_endpoint" in description, false);
});

test("the key set holds no private half", async () => {
  const text = await (await fetch(`${issuer}/oidc/jwks`)).text();
  assert.equal(text.includes('"d":'), false);
  assert.match(text, /"alg":"ES256"/);
});

test("a new signing key is taken up without a restart, and the old one stays published", async () => {
  const next = await keys.announceSigningKey();
  await oidc.takeUpKeys();
  const published = async () => await (await fetch(`${issuer}/oidc/jwks`)).text();
  assert.ok((await published()).includes(next));
  await keys.useSigningKey(next);
  await oidc.takeUpKeys();
  const { claims, tokens } = await wholeFlow(await discover(basicPortal, client.ClientSecretBasic(secret)), basicPortal);
  assert.equal(claims["name"], person.name);
  assert.equal(decodeProtectedHeader(tokens.id_token ?? "").kid, next);
  assert.equal(decodeJwt(tokens.id_token ?? "").iss, issuer);
});

test("behind a proxy the cookies are for https alone and every address comes from the issuer", async () => {
  const behind = await createOidc({ ...needs, issuer: "https://chave.example", highestLevel: 3, sandbox: false });
  const door = createServer((req, res) => void behind.handle(req, res));
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const local = `http://127.0.0.1:${String((door.address() as AddressInfo).port)}`;
  try {
    const description = await bodyOf(
      await fetch(`${local}/.well-known/openid-configuration`, { headers: { "x-forwarded-proto": "http" } }),
    );
    assert.equal(description["token_endpoint"], "https://chave.example/oidc/token");
    assert.deepEqual(
      (description["acr_values_supported"] as string[]).toSorted(),
      levels.filter((one) => one !== "4" && one !== eidas("high")),
      "no level is promised that nobody can reach",
    );
    const { url } = await start(basic, basicPortal);
    const response = await fetch(`${local}${url.pathname}${url.search}`, { redirect: "manual" });
    assert.equal(response.status, 303);
    const cookies = response.headers.getSetCookie();
    assert.equal(cookies.length, 2);
    for (const cookie of cookies) assert.match(cookie, /; secure; httponly/i);
  } finally {
    door.close();
  }
});

test("an issuer with a path, or one that is not https in earnest, is refused at the start", async () => {
  await assert.rejects(createOidc({ ...needs, issuer: "https://chave.example/", sandbox: false }));
  await assert.rejects(createOidc({ ...needs, issuer: "http://chave.example", sandbox: false }));
});
