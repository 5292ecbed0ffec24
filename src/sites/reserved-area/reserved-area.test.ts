import assert from "node:assert/strict";
import { test } from "node:test";
import { actsFor } from "#core/acts";
import type { Acts, ActView } from "#core/acts";
import type { ReservedArea, ReservedAreaView } from "#core/reserved-area";
import { aClient, sites } from "../../../tests/pages/page-fakes.ts";

const home = "/reserved-area";
const unblock = "/reserved-area/unblock";
const refuse =
  <Refusal extends string>(refusal: Refusal) =>
  async () => ({ ok: false as const, refusal });

const area: ReservedAreaView = {
  name: "Maria Inês <Exemplo>",
  givenNames: "Maria Inês",
  civilId: "99000001",
  taxNumber: null,
  document: { kind: "CC", number: "99000001 0 ZZ1", expires: "2032-06-30" },
  key: { condition: "active", validUntil: new Date("2032-07-30T12:00:00Z"), phone: "+351912345678", email: null },
  acts: ["change-email"],
  lastSignIn: { portal: { pt: "Faturas", en: "Invoices" }, at: new Date("2026-11-20T09:12:00Z"), byCard: false },
};
const showing =
  (change: Partial<ReservedAreaView> = {}): ReservedArea["view"] =>
  async () => ({ ok: true, view: { ...area, ...change } });

const actAt = (step: ActView["step"], email: string | null = null) => {
  const code = { sentTo: "+351 ••• ••• 678", expiresAt: new Date("2026-11-23T14:32:00Z"), resendAt: null };
  return async () => ({
    ok: true as const,
    view: { step, session: "the-session", email, code: step === "code" ? code : null },
  });
};

/** Notes how the door was gone through. */
function aDoor() {
  const entered: string[] = [];
  const enter: ReservedArea["enter"] = async (_visitor, returnTo, by) => {
    entered.push(`${returnTo} ${by}`);
    return { id: "an-entry", step: "identify", slip: "a-slip" };
  };
  return { entered, enter };
}

test("nobody signed in is led to sign in, by key or card, and the browser carries what was asked", async () => {
  const { entered, enter } = aDoor();
  const client = aClient(sites({ reservedArea: { view: refuse("session.none"), enter } }));
  const response = await client.ask(home);
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("Location"), "/sign-in/an-entry");
  assert.match(response.headers.getSetCookie().join("\n"), /^sign_in=a-slip;.*Path=\/sign-in\/an-entry/im);
  assert.deepEqual(entered, ["/reserved-area key-or-card"]);
});

test("the key's state comes first, then validity, the last sign-in and the data, and sign out is in the header", async () => {
  const text = await (await aClient(sites({ reservedArea: { view: showing() } })).ask(`${home}?lang=en`)).text();
  const order = ['data-page="reserved-area"', "Your key is active", "30 July 2032", "Invoices", "Maria Inês &lt;Exemplo&gt;"];
  const places = order.map((what) => text.indexOf(what));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? 0)),
    JSON.stringify(places),
  );
  assert.match(text, /<header[^]*action="\/reserved-area\/sign-out"[^]*<\/header>/);
  assert.doesNotMatch(text, /href="\/reserved-area\/unblock"/);
  assert.match(text, /912\u00a0345\u00a0678/);
});

test("an action is offered where it does something: unblocking a locked key, activating where there is none", async () => {
  const show = async (key: ReservedAreaView["key"]) =>
    (
      await aClient(sites({ reservedArea: { view: showing({ key, acts: actsFor(key?.condition ?? null) }) } })).ask(home)
    ).text();
  const withCondition = (condition: NonNullable<ReservedAreaView["key"]>["condition"]) =>
    area.key && show({ ...area.key, condition });
  assert.match((await withCondition("locked")) ?? "", /href="\/reserved-area\/unblock"/);
  assert.match(await show(null), /class="button" href="\/activate"/);
  for (const condition of ["active", "frozen", "suspended", "expired", "temporary"] as const)
    assert.doesNotMatch((await withCondition(condition)) ?? "", /class="button" href/, condition);
});

test("signing out is a form of ours: it ends the session, forgets the cookie and says so; a link does not", async () => {
  let ended = 0;
  const client = aClient(sites({ reservedArea: { view: showing(), signOut: async () => void ended++ } }));
  const foreign = await client.post(`${home}/sign-out`, { csrf: "not ours" });
  assert.equal(foreign.status, 403);
  assert.equal((await client.ask(`${home}/sign-out`)).headers.get("Location"), home);
  assert.equal(ended, 0);
  const response = await client.post(`${home}/sign-out`, { csrf: await client.csrfOf(home) });
  assert.equal(response.headers.get("Location"), `${home}/signed-out`);
  assert.match(response.headers.getSetCookie().join("\n"), /^signed_in=;/m);
  assert.equal(ended, 1);
  assert.match(await (await client.ask(`${home}/signed-out`)).text(), /data-page="signed-out"/);
});

test("whoever has not shown the card is led to show it, and to this page afterwards, from every page and form", async () => {
  const wanted = refuse("proof.wanted");
  const { entered, enter } = aDoor();
  const core = { view: wanted, give: wanted, confirm: wanted, resend: wanted };
  const client = aClient(sites({ reservedArea: { view: showing(), enter }, acts: { unblock: core } }));
  const csrf = await client.csrfOf(home);
  const answers = [
    await client.ask(unblock),
    await client.ask(`${unblock}/code`),
    await client.ask(`${unblock}/done`),
    await client.post(unblock, { csrf, pin_new: "840275", pin_repeat: "840275" }),
    await client.post(`${unblock}/code`, { csrf, code: "123456" }),
    await client.post(`${unblock}/code/resend`, { csrf }),
  ];
  for (const { headers } of answers) assert.equal(headers.get("Location"), "/sign-in/an-entry");
  assert.deepEqual(new Set(entered), new Set(["/reserved-area/unblock card"]));
});

test("a PIN that is malformed or typed differently is corrected in the form, and core is not asked", async () => {
  const client = aClient(sites({ reservedArea: { view: showing() }, acts: { unblock: { view: actAt("form") } } }));
  const csrf = await client.csrfOf(home);
  for (const [fields, mistaken] of [
    [{ pin_new: "", pin_repeat: "" }, "pin_new"],
    [{ pin_new: "12a4", pin_repeat: "12a4" }, "pin_new"],
    [{ pin_new: "840275", pin_repeat: "840276" }, "pin_repeat"],
  ] as const) {
    const response = await client.post(unblock, { csrf, ...fields });
    const text = await response.text();
    assert.equal(response.status, 400);
    assert.match(text, new RegExp(`href="#${mistaken}"[^]*id="${mistaken}-error"`));
    assert.doesNotMatch(text, /840275/, "no PIN is shown back");
  }
});

test("a weak PIN is corrected in the form as well; a good one leads to the code", async () => {
  const given: string[] = [];
  const give: Acts["unblock"]["give"] = async (_visitor, { pin }) => {
    given.push(pin);
    return pin === "1234" ? { ok: false, mistake: "pin.run" } : { ok: true, step: "code" };
  };
  const client = aClient(sites({ reservedArea: { view: showing() }, acts: { unblock: { view: actAt("form"), give } } }));
  const csrf = await client.csrfOf(home);
  const weak = await client.post(unblock, { csrf, pin_new: "1234", pin_repeat: "1234" });
  assert.equal(weak.status, 422);
  assert.match(await weak.text(), /data-page="unblock-pin" data-refusal="pin\.run"/);
  const good = await client.post(unblock, { csrf, pin_new: "840275", pin_repeat: "840275" });
  assert.equal(good.headers.get("Location"), `${unblock}/code`);
  assert.deepEqual(given, ["1234", "840275"]);
});

test("a form says in which session its page was shown, whichever is open when it is posted", async () => {
  const shownIn: (string | undefined)[] = [];
  const give: Acts["unblock"]["give"] = async (visitor) => {
    shownIn.push(visitor.shownIn);
    return { ok: true, step: "code" };
  };
  const client = aClient(sites({ acts: { unblock: { view: actAt("form"), give } } }));
  await client.post(unblock, { csrf: await client.csrfOf(unblock), pin_new: "840275", pin_repeat: "840275" });
  assert.deepEqual(shownIn, ["the-session"]);
});

test("an error ends it: why in a sentence, that nothing was kept, and only a new start", async () => {
  const client = aClient(
    sites({ reservedArea: { view: showing() }, acts: { unblock: { view: actAt("code"), confirm: refuse("code.wrong") } } }),
  );
  const response = await client.post(`${unblock}/code`, { csrf: await client.csrfOf(home), code: "123 456" });
  const text = await response.text();
  assert.equal(response.status, 422);
  assert.match(text, /data-page="unblock-refused" data-refusal="code\.wrong"/);
  assert.doesNotMatch(text, /<form/);
  assert.match(text, new RegExp(`class="button" href="${unblock}">Começar de novo`));
  const other = /href="([^"]+\?lang=en)"/.exec(text)?.[1] ?? "";
  assert.match(await (await client.ask(other)).text(), /The code is not right/);
});

test("a key that is not locked has nothing to start again: back to the reserved area", async () => {
  for (const obstacle of ["key.not-locked", "key.frozen", "key.suspended", "key.expired", "key.none"] as const) {
    const text = await (await aClient(sites({ acts: { unblock: { view: refuse(obstacle) } } })).ask(unblock)).text();
    assert.match(text, new RegExp(`data-refusal="${obstacle}"[^]*class="button" href="${home}"`));
    assert.doesNotMatch(text, /Começar de novo/);
  }
});

test("the back button, a double click and a second window lead to where it stands", async () => {
  const client = aClient(
    sites({
      reservedArea: { view: showing() },
      acts: { unblock: { view: actAt("done"), confirm: refuse("act.out-of-step") } },
    }),
  );
  for (const path of [unblock, `${unblock}/code`]) {
    const response = await client.ask(path);
    assert.equal(response.headers.get("Location"), `${unblock}/done`);
  }
  const twice = await client.post(`${unblock}/code`, { csrf: await client.csrfOf(home), code: "123456" });
  assert.equal(twice.headers.get("Location"), `${unblock}/done`);
  assert.match(await (await client.ask(`${unblock}/done`)).text(), /data-page="unblock-done"/);
});

test("too much hurry for another code is said without ending anything", async () => {
  const until = new Date("2026-11-23T14:28:00Z");
  const resend: Acts["unblock"]["resend"] = async () => ({ ok: false, refusal: "code.too-soon", until });
  const client = aClient(sites({ reservedArea: { view: showing() }, acts: { unblock: { view: actAt("code"), resend } } }));
  const response = await client.post(`${unblock}/code/resend`, { csrf: await client.csrfOf(home) });
  assert.equal(response.status, 422);
  assert.match(await response.text(), /role="status">Ainda é cedo/);
});

test("the front page leads to the reserved area", async () => {
  assert.match(await (await aClient(sites()).ask("/")).text(), /href="\/reserved-area"/);
});
