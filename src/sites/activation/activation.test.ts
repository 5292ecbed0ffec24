import assert from "node:assert/strict";
import { test } from "node:test";
import type { Activation, LetterView, TaxLetterSteps } from "#core/activation";
import { aClient, activationAt, byTaxLetter, sites } from "../../../tests/pages/page-fakes.ts";

const start = "/activate/tax-authority";
const good = { phone: "912 345 678", email: "", consent: "yes" };
const refuse =
  <Refusal extends string>(refusal: Refusal) =>
  async () => ({ ok: false as const, refusal });

test("before anybody starts, the three ways say what each needs, and the warnings that surprise people later", async () => {
  const text = await (await aClient(sites()).ask("/activate?lang=en")).text();
  assert.match(text, /data-page="activate"/);
  for (const path of [start, "/activate/citizen-card", "/activate/desk"]) assert.match(text, new RegExp(`href="${path}"`));
  assert.match(text, /digital signature can only be enabled at a desk/);
  assert.match(text, /Identity Document \(BI\)[^<]*you have to go to a desk/);
});

test("starting leads to the tax authority, which the page's policy lets the form reach", async () => {
  const client = aClient(
    sites({ activation: byTaxLetter({ begin: async () => ({ ok: true, url: "http://localhost:3011/authorize?x=1" }) }) }),
  );
  const page = await client.ask(start);
  assert.match(page.headers.get("Content-Security-Policy") ?? "", /form-action 'self' http:\/\/localhost:3011;/);
  const begun = await client.post(start, { csrf: await client.csrfOf(start) });
  assert.equal(begun.status, 303);
  assert.equal(begun.headers.get("Location"), "http://localhost:3011/authorize?x=1");
});

test("the tax authority's answer is handed over as it came, with the session that began", async () => {
  const seen: string[] = [];
  const identify: TaxLetterSteps["identify"] = async (applicant, query) => {
    seen.push(applicant.session, query);
    return { ok: true };
  };
  const client = aClient(sites({ activation: byTaxLetter({ identify }) }));
  await client.ask(start);
  const returned = await client.ask(`${start}/return?code=a%2Bb&state=c`);
  assert.equal(returned.headers.get("Location"), `${start}/contact`);
  assert.deepEqual(seen, [client.cookies.get("session"), "code=a%2Bb&state=c"]);
});

test("a refusal ends it: why, what to do, a reference, and only a new start", async () => {
  const client = aClient(sites({ activation: byTaxLetter({ identify: refuse("document.identity-document") }) }));
  const response = await client.ask(`${start}/return?code=x`);
  const text = await response.text();
  assert.equal(response.status, 422);
  assert.match(text, /data-page="activation-refused" data-refusal="document\.identity-document"/);
  assert.match(text, /Começar de novo/);
  assert.match(text, /href="\/activate\/desk"/);
  assert.doesNotMatch(text, /<form/);
  const other = /href="([^"]+\?lang=en)"/.exec(text)?.[1] ?? "";
  assert.match(await (await client.ask(other)).text(), /With an Identity Document, you activate at a desk/);
});

test("a contact with mistakes is shown again with what was typed, each mistake beside its field, and core is not asked", async () => {
  const client = aClient(sites({ activation: { view: activationAt("contact") } }));
  const response = await client.post(`${start}/contact`, {
    csrf: await client.csrfOf(`${start}/contact`),
    phone: '912"<b>',
    email: "maria@",
  });
  const text = await response.text();
  assert.equal(response.status, 400);
  assert.match(text, /<title>Erro: /);
  for (const field of ["phone", "email", "consent"]) assert.match(text, new RegExp(`href="#${field}"[^]*id="${field}-error"`));
  assert.match(text, /value="912&quot;&lt;b&gt;"/);
});

test("a good phone with another mistake is shown back as it was understood", async () => {
  const client = aClient(sites({ activation: { view: activationAt("contact") } }));
  const response = await client.post(`${start}/contact`, {
    ...good,
    csrf: await client.csrfOf(`${start}/contact`),
    consent: "no",
  });
  assert.match(await response.text(), /Percebemos: \+351 912 345 678/);
});

test("a good contact reaches core in E.164, and leads to the code", async () => {
  const given: unknown[] = [];
  const giveContact: Activation["giveContact"] = async (_applicant, contact) => {
    given.push(contact);
    return { ok: true };
  };
  const client = aClient(sites({ activation: { view: activationAt("contact"), giveContact } }));
  const response = await client.post(`${start}/contact`, { ...good, csrf: await client.csrfOf(`${start}/contact`) });
  assert.equal(response.headers.get("Location"), `${start}/code`);
  assert.deepEqual(given, [{ phone: "+351912345678", email: null, consent: true }]);
});

test("the back button and the double click lead to where the activation stands", async () => {
  const client = aClient(sites({ activation: { view: activationAt("code"), giveContact: refuse("activation.out-of-step") } }));
  const back = await client.ask(`${start}/contact`);
  assert.equal(back.status, 303);
  assert.equal(back.headers.get("Location"), `${start}/code`);
  const twice = await client.post(`${start}/contact`, { ...good, csrf: await client.csrfOf(`${start}/code`) });
  assert.equal(twice.headers.get("Location"), `${start}/code`);
});

test("with no activation under way, a page leads to the start and a form says that it is over", async () => {
  const client = aClient(sites({ activation: { view: refuse("activation.gone"), confirm: refuse("activation.gone") } }));
  assert.equal((await client.ask(`${start}/code`)).headers.get("Location"), start);
  const late = await client.post(`${start}/code`, { csrf: await client.csrfOf(start), code: "123456" });
  assert.equal(late.status, 410);
  assert.match(await late.text(), /data-refusal="activation\.gone"/);
});

test("the code may be typed in groups; six digits are asked for before core counts a try", async () => {
  const tried: string[] = [];
  const confirm: Activation["confirm"] = async (_applicant, code) => {
    tried.push(code);
    return { ok: true };
  };
  const client = aClient(sites({ activation: { view: activationAt("code"), confirm } }));
  const csrf = await client.csrfOf(`${start}/code`);
  assert.equal((await client.post(`${start}/code`, { csrf, code: "12345" })).status, 400);
  assert.equal((await client.post(`${start}/code`, { csrf, code: "123 456" })).headers.get("Location"), `${start}/done`);
  assert.deepEqual(tried, ["123456"]);
});

test("asking for a code too soon shows the page again and says until when to wait, in a minute that is not over too soon", async () => {
  const resend: Activation["resend"] = async () => ({
    ok: false,
    refusal: "code.too-soon",
    until: new Date("2026-11-23T14:27:12Z"),
  });
  const client = aClient(sites({ activation: { view: activationAt("code"), resend } }));
  const response = await client.post(`${start}/code/resend`, { csrf: await client.csrfOf(`${start}/code`) });
  const text = await response.text();
  assert.match(text, /data-page="activation-code"/);
  assert.match(text, /Espere até às 14h28/);
});

test("the letter on its way shows its days, and again after a reload", async () => {
  const letter: LetterView = {
    reference: "CH7K-29QX",
    maskedPhone: "+351 ••• ••• 678",
    requestedAt: new Date("2026-11-23T14:30:00Z"),
    dueBy: new Date("2026-11-30T12:00:00Z"),
    expiresAt: new Date("2026-12-23T12:00:00Z"),
    state: "printed",
  };
  const view: Activation["view"] = async () => ({
    ok: true,
    view: { id: "an-activation", channel: "tax-letter", step: "done", givenNames: "", code: null, shown: { letter } },
  });
  const client = aClient(sites({ activation: { view } }));
  for (const text of [await (await client.ask(`${start}/done`)).text(), await (await client.ask(`${start}/done`)).text()]) {
    assert.match(text, /data-page="activation-done"/);
    assert.match(text, /CH7K-29QX/);
    assert.match(text, /até 30 de novembro de 2026/);
    assert.match(text, /aria-current="step"[^]*Impressa/);
  }
});
