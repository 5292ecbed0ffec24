import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignIn } from "#core/sign-in";
import { aClient, signInAt, sites } from "../../../tests/pages/page-fakes.ts";

const at = (page: string) => `/sign-in/abc_DEF-123${page}`;
const secret = "s".repeat(43);

async function posted(signIn: Partial<SignIn>, from: string, to: string, fields: Record<string, string> | [string, string][]) {
  const client = aClient(sites({ signIn }));
  const csrf = await client.csrfOf(at(from));
  const all: [string, string][] = [["csrf", csrf], ...(Array.isArray(fields) ? fields : Object.entries(fields))];
  const response = await client.post(at(to), all);
  return { client, response, text: await response.text() };
}

test("a sign-in opens at the page of its step, and every other page leads there", async () => {
  const pages = { identify: "/identify", code: "/code", "new-pin": "/new-pin", consent: "/consent" } as const;
  for (const step of ["identify", "code", "new-pin", "consent"] as const) {
    const client = aClient(sites({ signIn: { view: signInAt(step) } }));
    assert.equal((await client.ask(at(""))).headers.get("Location"), at(pages[step]));
    for (const page of Object.values(pages)) {
      const response = await client.ask(at(page));
      if (page === pages[step]) assert.match(await response.text(), new RegExp(`data-page="sign-in-${step}"`));
      else assert.equal(response.headers.get("Location"), at(pages[step]));
    }
  }
  const finished = aClient(sites({ signIn: { view: signInAt("finished") } }));
  assert.equal((await finished.ask(at("/consent"))).headers.get("Location"), "/oidc/back");
});

test("every step says who asks, and lets its forms end at the portal and nowhere else", async () => {
  for (const step of ["identify", "code", "new-pin", "consent"] as const) {
    const response = await aClient(sites({ signIn: { view: signInAt(step) } })).ask(at(`/${step}`));
    assert.match(response.headers.get("Content-Security-Policy") ?? "", /form-action 'self' https:\/\/volta\.exemplo\.pt;/);
    const text = await response.text();
    assert.match(text, /As Minhas Faturas/);
    assert.match(text, /faturas\.exemplo\.pt/);
  }
});

test("a sign-in of another browser, or one that is over, is a page of its own", async () => {
  const response = await aClient(sites({ signIn: { view: async () => ({ ok: false, refusal: "sign-in.gone" }) } })).ask(
    at("/identify"),
  );
  assert.equal(response.status, 410);
  assert.match(await response.text(), /data-page="sign-in-gone" data-refusal="sign-in\.gone"/);
});

test("phone and PIN reach core as numbers, and lead to the code", async () => {
  const given: unknown[] = [];
  const identify: SignIn["identify"] = async (id, visitor, what) => {
    given.push(id, visitor.language, what);
    return { ok: true };
  };
  const { response } = await posted({ view: signInAt("identify"), identify }, "/identify", "/identify", {
    phone: "912 345 678",
    pin: "482913",
  });
  assert.equal(response.headers.get("Location"), at("/code"));
  assert.deepEqual(given, ["abc_DEF-123", "pt", { phone: "+351912345678", pin: "482913" }]);
});

test("a refusal is one message that names no cause, keeps the phone and never the PIN", async () => {
  const identify: SignIn["identify"] = async () => ({ ok: false, refusal: "sign-in.refused" });
  const { response, text } = await posted({ view: signInAt("identify"), identify }, "/identify", "/identify", {
    phone: "912 345 678",
    pin: "482913",
  });
  assert.equal(response.status, 422);
  assert.match(text, /data-refusal="sign-in\.refused"/);
  assert.match(text, /value="912 345 678"/);
  assert.doesNotMatch(text, /482913/);
});

test("a malformed phone or PIN is corrected on the page, before anything is counted", async () => {
  const { response, text } = await posted({ view: signInAt("identify") }, "/identify", "/identify", {
    phone: "12",
    pin: "12a4",
  });
  assert.equal(response.status, 400);
  assert.match(text, /id="phone-error"[^]*id="pin-error"/);
  assert.doesNotMatch(text, /12a4/);
});

test("the right code sets the signed-in cookie and leads to consent; with a temporary PIN it leads to a new one, without", async () => {
  const confirm =
    (signedIn: string | null): SignIn["confirm"] =>
    async () => ({ ok: true, signedIn });
  const right = await posted({ view: signInAt("code"), confirm: confirm(secret) }, "/code", "/code", { code: "123456" });
  assert.equal(right.response.headers.get("Location"), at("/consent"));
  assert.equal(right.client.cookies.get("signed_in"), secret);
  const temporary = await posted({ view: signInAt("code"), confirm: confirm(null) }, "/code", "/code", { code: "123456" });
  assert.equal(temporary.response.headers.get("Location"), at("/new-pin"));
  assert.equal(temporary.client.cookies.has("signed_in"), false);
});

test("a wrong code says how many tries are left", async () => {
  const confirm: SignIn["confirm"] = async () => ({ ok: false, refusal: "code.wrong", triesLeft: 1 });
  const { response, text } = await posted({ view: signInAt("code"), confirm }, "/code", "/code", { code: "123456" });
  assert.equal(response.status, 422);
  assert.match(text, /data-refusal="code\.wrong"/);
  assert.match(text, /mais uma vez/);
});

test("an expired code leads back to phone and PIN, and says why", async () => {
  let step: "code" | "identify" = "code";
  const confirm: SignIn["confirm"] = async () => {
    step = "identify";
    return { ok: false, refusal: "code.expired" };
  };
  const view: SignIn["view"] = (id, visitor) => signInAt(step)(id, visitor);
  const { text } = await posted({ view, confirm }, "/code", "/code", { code: "123456" });
  assert.match(text, /data-page="sign-in-identify" data-refusal="code\.expired"/);
});

test("a locked key is a page of its own, with a desk as the way on and the portal as the way out", async () => {
  const confirm: SignIn["confirm"] = async () => ({ ok: false, refusal: "code.used-up" });
  const { response, text } = await posted({ view: signInAt("code"), confirm }, "/code", "/code", { code: "123456" });
  assert.equal(response.status, 403);
  assert.match(text, /data-refusal="code\.used-up"/);
  assert.match(text, /href="\/activate\/desk"/);
  assert.match(text, /href="https:\/\/faturas\.exemplo\.pt\/"/);
});

test("two different PINs never reach core; a weak one is refused in words", async () => {
  const different = await posted({ view: signInAt("new-pin") }, "/new-pin", "/new-pin", {
    pin_new: "482913",
    pin_repeat: "482914",
  });
  assert.equal(different.response.status, 400);
  assert.match(different.text, /id="pin_repeat-error"/);
  const choosePin: SignIn["choosePin"] = async () => ({ ok: false, refusal: "pin.birth-date" });
  const weak = await posted({ view: signInAt("new-pin"), choosePin }, "/new-pin", "/new-pin", {
    pin_new: "290284",
    pin_repeat: "290284",
  });
  assert.equal(weak.response.status, 422);
  assert.match(weak.text, /data-refusal="pin\.birth-date"/);
  assert.match(weak.text, /data de nascimento/);
});

test("consent hands over the decision and the attributes left ticked, none that do not exist, and returns to the portal", async () => {
  const heard: unknown[] = [];
  const decide: SignIn["decide"] = async (_id, _visitor, decision, ticked) => {
    heard.push(decision, ticked);
    return { ok: true, to: { redirect: "/oidc/back" } };
  };
  const fields: [string, string][] = [
    ["decision", "authorise"],
    ["attribute", "email"],
    ["attribute", "wealth"],
  ];
  const { response } = await posted({ view: signInAt("consent"), decide }, "/consent", "/consent", fields);
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("Location"), "/oidc/back");
  assert.deepEqual(heard, ["authorise", ["email"]]);
});

test("an answer that is posted goes by itself, or by its button where nothing runs, to the portal alone", async () => {
  const fields = { SAMLResponse: "PHg+", RelayState: '"><script>' };
  const form = { action: "https://portal.exemplo.pt/acs", fields };
  const decide: SignIn["decide"] = async () => ({ ok: true, to: { form } });
  const { response, text } = await posted({ view: signInAt("consent"), decide }, "/consent", "/consent", {
    decision: "authorise",
  });
  assert.equal(response.status, 200);
  assert.match(text, /<form method="post" action="https:\/\/portal\.exemplo\.pt\/acs" data-posted>/);
  assert.match(text, /name="SAMLResponse" value="PHg\+"/);
  assert.match(text, /name="RelayState" value="&quot;&gt;&lt;script&gt;"/);
  assert.match(text, /<button type="submit"/);
  assert.equal(response.headers.get("Cache-Control"), "no-store");
  const policy = response.headers.get("Content-Security-Policy") ?? "";
  assert.match(policy, /form-action 'self' https:\/\/portal\.exemplo\.pt;/);
});

test("a consent without a decision decides nothing", async () => {
  const { response } = await posted({ view: signInAt("consent") }, "/consent", "/consent", {});
  assert.equal(response.status, 400);
});

test("the optional attribute is ticked from the start, under the name a client can rely on", async () => {
  const text = await (await aClient(sites({ signIn: { view: signInAt("consent") } })).ask(at("/consent"))).text();
  assert.match(text, /<input type="checkbox" id="attribute-email" name="attribute" value="email" checked>/);
  assert.match(text, /name="decision" value="authorise"[^]*name="decision" value="refuse"/);
});

test("cancelling at any step returns to the portal", async () => {
  const cancel: SignIn["cancel"] = async () => ({ ok: true, to: { redirect: "/oidc/back" } });
  const { response } = await posted({ view: signInAt("code"), cancel }, "/code", "/cancel", {});
  assert.equal(response.headers.get("Location"), "/oidc/back");
});

test("a step already passed, by a double click or another window, leads to where the sign-in stands", async () => {
  const confirm: SignIn["confirm"] = async () => ({ ok: false, refusal: "sign-in.out-of-step" });
  const { response } = await posted({ view: signInAt("code"), confirm }, "/code", "/code", { code: "123456" });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("Location"), at(""));
});
