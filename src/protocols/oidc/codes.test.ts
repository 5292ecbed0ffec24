import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as client from "openid-client";
import { bodyOf, codeIn, openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal, person } from "../../../tests/world/oidc/house.ts";
import { purgeOidc } from "./index.ts";

const { issuer, clock, watched, callback, wholeFlow, redeem, basic, by, byBoth } = await openOidcFlows();

/** Resolves for everybody when `count` have come. */
function gate(count: number): () => Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let waiting = 0;
  return () => {
    if (++waiting === count) resolve(undefined);
    return promise;
  };
}

by(
  "engine",
  "fifty parallel redemptions of one code in the worst order: one succeeds, and what it gave is taken back",
  async (t) => {
    t.after(() => (watched.around = null));
    const { left, verifier } = await callback(basic, basicPortal);
    const code = codeIn(left);
    const allHaveRead = gate(50);
    const allHaveRevoked = gate(49 + 1);
    // The worst order there is: all read the code before one redeems it, and the winner writes its token after the last revocation.
    watched.around = async (text, run, values) => {
      if (values.includes("AccessToken")) await allHaveRevoked();
      const rows = await run();
      if (text.startsWith("select")) await allHaveRead();
      if (text.startsWith("with gone")) void allHaveRevoked();
      return rows;
    };
    const responses = await Promise.all(Array.from({ length: 50 }, () => redeem(code, verifier)));
    watched.around = null;
    const bodies = await Promise.all(responses.map(bodyOf));
    const won = bodies.filter((body) => "access_token" in body);
    assert.equal(won.length, 1);
    assert.equal(bodies.filter((body) => body["error"] === "invalid_grant").length, 49);
    const userinfo = await fetch(`${issuer}/oidc/userinfo`, {
      headers: { authorization: `Bearer ${String(won[0]?.["access_token"])}` },
    });
    assert.equal(userinfo.status, 401);
  },
);

byBoth("fifty parallel redemptions of one code: one succeeds, and what it gave is taken back", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = codeIn(left);
  const bodies = await Promise.all((await Promise.all(Array.from({ length: 50 }, () => redeem(code, verifier)))).map(bodyOf));
  const won = bodies.filter((body) => "access_token" in body);
  assert.equal(won.length, 1);
  assert.equal(bodies.filter((body) => body["error"] === "invalid_grant").length, 49);
  const headers = { authorization: `Bearer ${String(won[0]?.["access_token"])}` };
  assert.equal((await fetch(`${issuer}/oidc/userinfo`, { headers })).status, 401);
});

byBoth("a code used again later is refused, and its access token dies", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = codeIn(left);
  const { access_token: token } = await bodyOf(await redeem(code, verifier));
  const userinfo = () => fetch(`${issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${String(token)}` } });
  assert.equal((await userinfo()).status, 200);
  assert.equal((await redeem(code, verifier)).status, 400);
  assert.equal((await userinfo()).status, 401);
});

byBoth("a code with another verifier or another redirect address is refused", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  const code = codeIn(left);
  assert.equal((await redeem(code, client.randomPKCECodeVerifier())).status, 400);
  assert.equal((await redeem(code, verifier, "https://basic.example/other")).status, 400);
  assert.equal((await redeem(code, verifier)).status, 200);
});

by("engine", "what lies in the table names no person and redeems nothing", async () => {
  const { left } = await callback(basic, basicPortal);
  const code = codeIn(left);
  const rows = await watched.db<{ id_hash: Buffer; payload: Buffer | null }>`select id_hash, payload from oidc.object`;
  const dump = rows.map((row) => `${row.id_hash.toString("latin1")} ${row.payload?.toString("latin1") ?? ""}`).join("\n");
  for (const telling of [code, person.name, "citizen-1", basicPortal.id]) assert.equal(dump.includes(telling), false, telling);
  assert.ok(rows.some((row) => row.id_hash.equals(createHash("sha256").update(`AuthorizationCode:${code}`).digest())));
});

by("engine", "one whole flow costs ten statements", async (t) => {
  watched.count = 0;
  watched.texts.length = 0;
  const { tokens, claims } = await wholeFlow(basic, basicPortal);
  await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
  t.diagnostic(`${String(watched.count)} statements: ${watched.texts.join(" | ")}`);
  assert.equal(watched.count, 10);
});

by("plain", "one whole flow costs three statements", async (t) => {
  watched.count = 0;
  watched.texts.length = 0;
  const { tokens, claims } = await wholeFlow(basic, basicPortal);
  const told = await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
  assert.equal(told["name"], person.name);
  t.diagnostic(`${String(watched.count)} statements: ${watched.texts.join(" | ")}`);
  assert.equal(watched.count, 3);
});

by("plain", "the plain flow's table names no person and redeems nothing", async () => {
  const { left } = await callback(basic, basicPortal);
  const code = codeIn(left);
  const rows = await watched.db<{ code_hash: Buffer; payload: Buffer }>`select code_hash, payload from oidc.plain_flow`;
  const dump = rows.map((row) => `${row.code_hash.toString("latin1")} ${row.payload.toString("latin1")}`).join("\n");
  for (const telling of [code, person.name, "citizen-1", basicPortal.id]) assert.equal(dump.includes(telling), false, telling);
  assert.ok(rows.some((row) => row.code_hash.equals(createHash("sha256").update(code).digest())));
});

byBoth("a code left for a minute is worthless, and what has expired is deleted", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  clock.advance("PT61S");
  assert.equal((await redeem(codeIn(left), verifier)).status, 400);
  clock.advance("PT1H");
  await purgeOidc(watched.db, clock);
  const [{ count } = { count: -1 }] = await watched.db<{
    count: number;
  }>`select (select count(*) from oidc.object)::int + (select count(*) from oidc.plain_flow)::int as count`;
  assert.equal(count, 0);
});
