import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal } from "../../../tests/world/oidc/house.ts";

const { signedOut, wholeFlow, basic, openBrowser } = await openOidcFlows();

test("logout with an ID token ends our session at once and goes to a registered address only", async () => {
  const { tokens } = await wholeFlow(basic, basicPortal);
  const before = signedOut.length;
  const address = (uri: string) =>
    client.buildEndSessionUrl(basic, { id_token_hint: tokens.id_token ?? "", post_logout_redirect_uri: uri, state: "s1" });
  const browser = openBrowser();
  const { left } = await browser.follow(address("https://basic.example/bye"));
  assert.equal(left?.href, "https://basic.example/bye?state=s1");
  assert.equal(signedOut.length, before + 1);
  assert.equal(signedOut.at(-1)?.session, browser.jar.get("session")?.value);
  const wrong = await openBrowser().follow(address("https://basic.example/bye/"));
  assert.equal(wrong.left, null);
  assert.equal(wrong.response.status, 400);
  assert.equal(signedOut.length, before + 1);
});

test("logout without a token, or with a forged one, does not sign anybody out unasked", async () => {
  const before = signedOut.length;
  const browser = openBrowser();
  const asking = await browser.go(
    `/oidc/logout?client_id=${basicPortal.id}&post_logout_redirect_uri=https://basic.example/bye`,
  );
  const page = await asking.text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const forged = `${(await wholeFlow(basic, basicPortal)).tokens.id_token ?? ""}x`;
  assert.equal((await browser.go(`/oidc/logout?id_token_hint=${forged}`)).status, 400);
  assert.equal(signedOut.length, before);
  const post = (from: ReturnType<typeof openBrowser>) =>
    from.go("/oidc/logout/confirm", { method: "POST", body: new URLSearchParams({ ticket }) });
  assert.equal((await post(openBrowser())).status, 400, "the ticket is of one browser");
  assert.equal((await post(browser)).headers.get("location"), "https://basic.example/bye");
  assert.equal(signedOut.length, before + 1);
  const nobody = await browser.go("/oidc/logout?post_logout_redirect_uri=https://evil.example/");
  assert.equal((await nobody.text()).includes("evil"), false);
});
