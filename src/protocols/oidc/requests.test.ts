import assert from "node:assert/strict";
import { test } from "node:test";
import { openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal } from "../../../tests/world/oidc/house.ts";

const { begun, start, callback, basic, by, openBrowser } = await openOidcFlows();

test("without PKCE, or with the plain method, there is no sign-in", async () => {
  const { url } = await start(basic, basicPortal);
  const variants: ((url: URL) => void)[] = [
    (bare) => ["code_challenge", "code_challenge_method"].forEach((name) => bare.searchParams.delete(name)),
    (plain) => plain.searchParams.set("code_challenge_method", "plain"),
    (silent) => silent.searchParams.delete("code_challenge_method"),
  ];
  for (const change of variants) {
    const changed = new URL(url);
    change(changed);
    const { left } = await openBrowser().follow(changed);
    assert.equal(left?.searchParams.get("error"), "invalid_request", changed.search);
  }
});

test("a redirect address is compared letter by letter, and a wrong one never gets an answer", async () => {
  const wrong = [
    "https://basic.example/Callback",
    "https://BASIC.example/callback",
    "https://basic.example/callback/",
    "https://basic.example/callback?extra=1",
    "https://basic.example/callback#fragment",
    "http://basic.example/callback",
    "https://basic.example:443/callback",
    "https://basic.example/a/../callback",
    "https://basic.example@evil.example/callback",
    "javascript:alert(1)",
  ];
  for (const uri of wrong) {
    const { url } = await start(basic, basicPortal, { redirect_uri: uri });
    const { left, response } = await openBrowser().follow(url);
    assert.equal(left, null, uri);
    assert.equal(response.status, 400, uri);
    const page = await response.text();
    assert.match(page, /data-page="oidc-error"/);
    assert.equal(page.includes("evil") || page.includes("alert"), false);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  }
});

test("an unknown portal gets a plain page that repeats nothing of the request, in the person's language", async () => {
  const { url } = await start(basic, basicPortal, { client_id: "<script>x</script>" });
  const { response } = await openBrowser().follow(url, { headers: { "accept-language": "en-GB,en" } });
  assert.equal(response.status, 400);
  const page = await response.text();
  assert.match(page, /lang="en"/);
  assert.equal(page.includes("script"), false);
});

test("a request may be posted, and one that is too long or no form is refused", async () => {
  const { url } = await start(basic, basicPortal);
  const post = (body: URLSearchParams | string) => openBrowser().follow("/oidc/authorize", { method: "POST", body });
  assert.ok((await post(url.searchParams)).left?.searchParams.get("code"));
  assert.equal((await post(new URLSearchParams({ state: "x".repeat(20_000) }))).response.status, 400);
  assert.equal((await post("text")).response.status, 400);
});

test("a scope of which a portal may have nothing is refused", async () => {
  const { left } = await callback(basic, basicPortal, { scope: "openid document" });
  assert.equal(left.searchParams.get("error"), "invalid_scope");
});

test("only the code flow is offered", async () => {
  for (const type of ["token", "id_token", "code id_token", "none"]) {
    const { url } = await start(basic, basicPortal, { response_type: type });
    const { left } = await openBrowser().follow(url);
    const parameters = new URLSearchParams(left?.search === "" ? left.hash.slice(1) : left?.search);
    assert.equal(parameters.get("error"), "unsupported_response_type", type);
  }
});

test("a sign-in without a person to ask is answered with an error", async () => {
  const { left } = await callback(basic, basicPortal, { prompt: "none" });
  assert.equal(left.searchParams.get("error"), "login_required");
});

by("plain", "the answer goes out with the decision: whoever comes for it afterwards finds nothing", async () => {
  const browser = openBrowser();
  await browser.go((await start(basic, basicPortal)).url);
  const [reference = ""] = [...begun.keys()].slice(-1);
  assert.equal((await browser.go(`/oidc/answer/${reference}`)).status, 400);
});

const oddities: readonly (readonly [string, string])[] = [
  ["scope", "openid openid2"],
  ["code_challenge_method", "plain"],
  ["response_mode", "form_post"],
  ["request", "eyJhbGciOiJub25lIn0.e30."],
  ["unknown", "1"],
];

by("plain", "whatever is out of the ordinary is the engine's to judge", async () => {
  for (const [name, value] of oddities) {
    const before = begun.size;
    const { url } = await start(basic, basicPortal, { [name]: value });
    await openBrowser().go(url);
    assert.equal(begun.size, before, `${name} began a plain sign-in`);
  }
  const { url } = await start(basic, basicPortal);
  url.searchParams.append("state", "twice");
  const before = begun.size;
  await openBrowser().go(url);
  assert.equal(begun.size, before, "a parameter given twice began a plain sign-in");
});
