import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { TaxLetterSteps } from "#core/activation";
import { Unavailable } from "#platform/faults";
import { createLog } from "#platform/log";
import { aClient, activationAt, byTaxLetter, needs, publicUrl, sites } from "../../../tests/pages/page-fakes.ts";
import { comesFromOurPage } from "./csrf.ts";
import { parseForm } from "./form.ts";
import { contentSecurityPolicy, pageHeaders } from "./headers.ts";
import { preferred } from "./language.ts";
import { createApp, createKit } from "./kit.ts";
import { joinStyle } from "./style.ts";
import { readEmail, readPhone } from "./typed.ts";

const contact = "/activate/tax-authority/contact";
const start = "/activate/tax-authority";

test("a phone is understood in any usual form", () => {
  for (const typed of ["912 345 678", "912345678", "+351912345678", "00351 912 345 678", "+351 (912) 345-678", "912.345.678"]) {
    assert.deepEqual(readPhone(typed), { e164: "+351912345678", shown: "+351 912 345 678" }, typed);
  }
  assert.deepEqual(readPhone("+34 612 345 678"), { e164: "+34612345678", shown: "+34 612 34 56 78" });
});

test("what is no mobile phone is told apart from what is no phone", () => {
  assert.deepEqual(readPhone(""), { mistake: "missing" });
  assert.deepEqual(readPhone("213 456 789"), { mistake: "notMobile" });
  for (const typed of ["912", "telefone", "912345678912345678", "9".repeat(500), "ligue 912345678 já", "912345678;ext=5"]) {
    assert.deepEqual(readPhone(typed), { mistake: "notPhone" }, typed);
  }
});

test("an e-mail address is complete, or it is none", () => {
  assert.equal(readEmail("Maria.Exemplo@Correio.Exemplo.PT"), "Maria.Exemplo@correio.exemplo.pt");
  for (const typed of [
    "maria@",
    "@exemplo.pt",
    "maria exemplo@exemplo.pt",
    "maria@exemplo",
    "a@b.pt\nBcc: c@d.pt",
    "a..b@exemplo.pt",
    `${"a".repeat(65)}@exemplo.pt`,
  ]) {
    assert.equal(readEmail(typed), null, typed);
  }
});

test("a form with a field twice, broken escapes, bytes that are not UTF-8 or control characters is malformed", () => {
  const bodies = [
    "pin=1&pin=2",
    "pin=%zz",
    "pin=%ff",
    "pin=%00",
    "pin=1%1b",
    Array.from({ length: 65 }, (_, index) => `f${index}=1`).join("&"),
  ];
  for (const body of bodies) assert.equal(parseForm(Buffer.from(body)), "malformed", body);
  assert.equal(parseForm(Buffer.from([0x70, 0x3d, 0xff])), "malformed");
});

test("only optional attributes may come more than once, and blanks around a value do not count", () => {
  const form = parseForm(Buffer.from("attribute=name&attribute=email&phone=+912+345+678+&note=a%3Db=c"));
  assert.ok(typeof form === "object");
  assert.deepEqual(form.all("attribute"), ["name", "email"]);
  assert.equal(form.text("phone"), "912 345 678");
  assert.equal(form.text("note"), "a=b=c");
  assert.equal(form.text("absent"), "");
});

test("the browser's own word on where a form came from is believed, and its silence is not held against it", () => {
  const from = (headers: Record<string, string>) => comesFromOurPage(new Headers(headers), publicUrl);
  assert.equal(from({}), true);
  assert.equal(from({ "Sec-Fetch-Site": "same-origin", Origin: publicUrl }), true);
  assert.equal(from({ "Sec-Fetch-Site": "same-origin", Origin: "null" }), true);
  assert.equal(from({ Origin: "null" }), false);
  assert.equal(from({ Origin: "https://outro.exemplo" }), false);
  assert.equal(from({ "Sec-Fetch-Site": "cross-site" }), false);
  assert.equal(from({ "Sec-Fetch-Site": "same-site", Origin: publicUrl }), false);
});

test("Accept-Language decides only between the languages we speak", () => {
  assert.equal(preferred("fr-FR, en-GB;q=0.8, pt;q=0.5"), "en");
  assert.equal(preferred("pt-BR,en;q=0.9"), "pt");
  assert.equal(preferred("de"), "pt");
  assert.equal(preferred("en;q=0, pt;q=0.1"), "pt");
  assert.equal(preferred(""), "pt");
});

test("nothing but a bare origin enters the policy", () => {
  const policy = contentSecurityPolicy([
    "https://portal.exemplo",
    "https://a.exemplo; script-src *",
    "javascript:alert(1)",
    "*",
  ]);
  assert.match(policy, /form-action 'self' https:\/\/portal\.exemplo;/);
  assert.doesNotMatch(policy, /\*|javascript/);
});

test("the virtual reader's script and frame are let into a page that reads a card, in the sandbox alone", async () => {
  const virtualReader = "http://localhost:3010";
  const policyOf = (sandbox: boolean, page: object) =>
    pageHeaders({ ...needs().settings, sandbox, virtualReader }, [], page)["Content-Security-Policy"] ?? "";
  assert.match(
    policyOf(true, { readsCard: true }),
    /script-src 'self' http:\/\/localhost:3010; frame-src http:\/\/localhost:3010;/,
  );
  assert.match(policyOf(false, { readsCard: true }), /script-src 'self';/);
  for (const policy of [policyOf(true, { scripted: true }), policyOf(true, {}), policyOf(false, { readsCard: true })])
    assert.doesNotMatch(policy, /3010|frame-src/);
  assert.doesNotMatch(policyOf(true, {}), /script-src/);

  const reader = async (settings: object) =>
    (await sites({}, { virtualReader, ...settings }).request(`${publicUrl}/gallery/activation-reader`)).text();
  assert.match(await reader({}), /<script src="http:\/\/localhost:3010\/card-reader\/bridge\.js" defer><\/script>/);
  assert.doesNotMatch(await reader({ sandbox: false }), /bridge/);
  assert.doesNotMatch(
    await (await sites({}, { virtualReader }).request(`${publicUrl}/activate/citizen-card`)).text(),
    /bridge/,
  );
});

test("the language asked for is spoken, remembered, and named on the page", async () => {
  const client = aClient(sites());
  assert.match(await (await client.ask("/")).text(), /<html lang="pt">/);
  assert.match(await (await client.ask("/?lang=en")).text(), /<html lang="en">/);
  assert.match(await (await client.ask("/help")).text(), /<html lang="en">/);
  assert.match(await (await client.ask("/help?lang=xx")).text(), /<html lang="en">/);
});

test("pages are never kept nor framed, and promise HTTPS only when they have it", async () => {
  const { headers } = await sites().request(`${publicUrl}/`);
  assert.equal(headers.get("Cache-Control"), "no-store");
  assert.equal(headers.get("Strict-Transport-Security"), null);
  assert.match(headers.get("Content-Security-Policy") ?? "", /^default-src 'none'; .*frame-ancestors 'none'/);
  const secure = await sites({}, { publicUrl: "https://chave.exemplo" }).request(
    "https://chave.exemplo/activate/tax-authority",
  );
  assert.match(secure.headers.get("Strict-Transport-Security") ?? "", /max-age/);
  assert.match(
    secure.headers.getSetCookie().join("\n"),
    /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/m,
  );
});

test("assets are named by their content, kept for ever, and found only under that name", async () => {
  const app = sites();
  const page = await (await app.request(`${publicUrl}/`)).text();
  const urls = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url ?? "");
  assert.equal(urls.length, 3);
  for (const url of urls) {
    const response = await app.request(`${publicUrl}${url}`);
    assert.equal(response.status, 200, url);
    assert.match(response.headers.get("Cache-Control") ?? "", /immutable/);
  }
  assert.equal((await app.request(`${publicUrl}/assets/style.css`)).status, 404);
  assert.equal((await app.request(`${publicUrl}/assets/../package.json`)).status, 404);
});

test("the style sheet is joined from every part that there is, and begins with its fonts", () => {
  const joined = joinStyle({ latin: "a", latinExt: "b" });
  assert.match(joined, /^@font-face \{\n[^}]*url\("b"\)[^]*url\("a"\)/);
  const files = globSync("style/*.css", { cwd: import.meta.dirname });
  const parts = files.map((file) => readFileSync(`${import.meta.dirname}/${file}`, "utf8").replaceAll(/\{latin(-ext)?\}/g, ""));
  const rules = (text: string) => text.split("{").length - 1;
  assert.equal(
    rules(joined),
    parts.reduce((sum, part) => sum + rules(part), 0),
  );
});

test("a form posted without a session, with another session's mark or from another site is refused with a clear page", async () => {
  const app = sites({ activation: { view: activationAt("contact") } });
  const [client, other] = [aClient(app), aClient(app)];
  const first = await client.post(contact, { phone: "912345678" });
  assert.equal(first.status, 403);
  assert.match(await first.text(), /data-refusal="session\.expired"/);
  await client.csrfOf(contact);
  const stolen = await client.post(contact, { csrf: await other.csrfOf(contact), phone: "912345678" });
  assert.equal(stolen.status, 403);
  const crossSite = await client.post(contact, { csrf: await client.csrfOf(contact) }, { "Sec-Fetch-Site": "cross-site" });
  assert.match(await crossSite.text(), /data-refusal="form\.other-site"/);
});

test("what is not a form, or too large a one, is turned away before it is read", async () => {
  const app = sites();
  const send = (body: string, type: string) =>
    app.request(`${publicUrl}${contact}`, { method: "POST", body, headers: { "Content-Type": type } });
  assert.equal((await send("{}", "application/json")).status, 415);
  assert.equal((await send("a=1", "multipart/form-data; boundary=x")).status, 415);
  assert.equal((await send(`a=${"x".repeat(17_000)}`, "application/x-www-form-urlencoded")).status, 413);
  assert.equal((await send("a=%ff", "application/x-www-form-urlencoded")).status, 400);
});

test("a fault says nothing but a reference, and the outside world failing asks to come back later", async () => {
  const failing = (fault: Error) =>
    sites({ activation: { view: () => Promise.reject(fault) } }).request(`${publicUrl}${contact}`);
  const bug = await failing(new Error("select secret from somewhere"));
  assert.equal(bug.status, 500);
  const text = await bug.text();
  assert.doesNotMatch(text, /select/);
  assert.match(text, /Referência: \d{4}-\d{4}/);
  const down = await failing(new Unavailable("the civil registry"));
  assert.equal(down.status, 503);
  assert.ok(down.headers.get("Retry-After"));
});

test("a fault that quotes what a person typed is written down without it", async () => {
  let written = "";
  const destination = { write: (line: string) => void (written += line) };
  const log = createLog({ level: "info", destination });
  const app = createApp(createKit({ ...needs(), log }), log);
  app.get("/broken", () => {
    throw Object.assign(new Error('invalid input syntax for type date: "912345678"'), { severity: "ERROR", code: "22007" });
  });
  assert.equal((await app.request(`${publicUrl}/broken`)).status, 500);
  assert.match(written, /invalid input syntax/);
  assert.doesNotMatch(written, /912345678/);
});

test("an unknown address is a page in our words, and never a link to somebody else's site", async () => {
  const response = await sites().request("http://localhost:3000//evil.example/x");
  assert.equal(response.status, 404);
  assert.doesNotMatch(await response.text(), /href="\/\/evil/);
});

test("the gallery is closed unless it is asked for, and the sandbox says that it is one", async () => {
  const earnest = sites({}, { gallery: false, sandbox: false });
  assert.equal((await earnest.request(`${publicUrl}/gallery`)).status, 404);
  assert.doesNotMatch(await (await earnest.request(`${publicUrl}/`)).text(), /class="sandbox"/);
  assert.match(await (await sites().request(`${publicUrl}/`)).text(), /class="sandbox"/);
});

test("a visitor's address is the one our own proxy heard, never one the visitor claims", async () => {
  const heard: string[] = [];
  const identify: TaxLetterSteps["identify"] = async ({ address }) => {
    heard.push(address);
    return { ok: true };
  };
  const headers = { "X-Forwarded-For": "10.0.0.1, 203.0.113.9" };
  const incoming = { socket: { remoteAddress: "::ffff:198.51.100.7" } };
  for (const proxies of [0, 1])
    await sites({ activation: byTaxLetter({ identify }) }, { proxies }).request(
      `${publicUrl}${start}/return`,
      { headers },
      { incoming },
    );
  assert.deepEqual(heard, ["198.51.100.7", "203.0.113.9"]);
});

test("the session's mark is 256 random bits, and a cookie of another shape is replaced", async () => {
  const client = aClient(sites());
  await client.ask(start);
  const first = client.cookies.get("session") ?? "";
  assert.match(first, /^[\w-]{43}$/);
  await client.ask(start);
  assert.equal(client.cookies.get("session"), first);
  client.cookies.set("session", "fixed");
  await client.ask(start);
  assert.match(client.cookies.get("session") ?? "", /^[\w-]{43}$/);
});
