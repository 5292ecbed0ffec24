import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, codeIn, openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal, keyPortal, secret } from "../../../tests/world/oidc/house.ts";

const { callback, redeem, signAssertion, redeemByAssertion, basic, keyed, byBoth } = await openOidcFlows();

test("fifty parallel uses of one assertion: one passes", async () => {
  const codes = await Promise.all(Array.from({ length: 5 }, () => callback(keyed, keyPortal)));
  const assertion = await signAssertion({});
  const attempts = Array.from({ length: 50 }, (_, index) => codes[index % codes.length]).map((flow) => {
    assert.ok(flow);
    return redeemByAssertion(codeIn(flow.left), flow.verifier, assertion);
  });
  const bodies = await Promise.all((await Promise.all(attempts)).map(bodyOf));
  assert.equal(bodies.filter((body) => "access_token" in body).length, 1);
  assert.equal(bodies.filter((body) => body["error"] === "invalid_client").length, 49);
});

test("an assertion made for another server is refused, whatever host the request claims to be for", async () => {
  const { left, verifier } = await callback(keyed, keyPortal);
  const assertion = await signAssertion({ audience: "https://evil.example/oidc/token" });
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  const response = await redeemByAssertion(codeIn(left), verifier, assertion, headers);
  assert.equal((await bodyOf(response))["error"], "invalid_client");
});

test("an assertion that would live for a day is refused", async () => {
  const { left, verifier } = await callback(keyed, keyPortal);
  const response = await redeemByAssertion(codeIn(left), verifier, await signAssertion({ seconds: 86_400 }));
  assert.equal((await bodyOf(response))["error"], "invalid_client");
});

byBoth("a wrong secret is refused and says nothing", async () => {
  const { left, verifier } = await callback(basic, basicPortal);
  for (const wrong of ["kept-elsewhere", `${secret}x`, "x".repeat(5_000)]) {
    const response = await redeem(codeIn(left), verifier, undefined, wrong);
    assert.equal(response.status, 401);
    assert.deepEqual(await bodyOf(response), { error: "invalid_client", error_description: "client authentication failed" });
  }
});
