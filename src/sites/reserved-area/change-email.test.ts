import assert from "node:assert/strict";
import { test } from "node:test";
import type { Acts, ActView } from "#core/acts";
import { aClient, sites } from "../../../tests/pages/page-fakes.ts";

const path = "/reserved-area/email";
type ChangeEmail = Acts["change-email"];

const actAt = (step: ActView["step"], email: string | null = "dona@correio.exemplo.pt"): ChangeEmail["view"] => {
  const code = { sentTo: "nova@correio.exemplo.pt", expiresAt: new Date("2026-11-23T14:37:00Z"), resendAt: null };
  return async () => ({ ok: true, view: { step, session: "the-session", email, code: step === "code" ? code : null } });
};
const clientOf = (answers: Partial<ChangeEmail>) => aClient(sites({ acts: { "change-email": answers } }));

test("whoever has not proven who they are just now signs in by key or card, and comes back", async () => {
  const entered: string[] = [];
  const wanted = async () => ({ ok: false as const, refusal: "proof.wanted" as const });
  const client = aClient(
    sites({
      acts: { "change-email": { view: wanted } },
      reservedArea: {
        enter: async (_visitor, returnTo, by) => {
          entered.push(`${returnTo} ${by}`);
          return { id: "an-entry", step: "identify", slip: null };
        },
      },
    }),
  );
  for (const page of ["", "/code", "/confirm", "/done"])
    assert.equal((await client.ask(path + page)).headers.get("Location"), "/sign-in/an-entry");
  assert.deepEqual(new Set(entered), new Set(["/reserved-area/email key-or-card"]));
});

test("the form says which address the key has, and that none is an answer too, where there is one", async () => {
  const has = await (await clientOf({ view: actAt("form") }).ask(path)).text();
  assert.match(has, /data-page="email"[^]*dona@correio\.exemplo\.pt[^]*name="email"/);
  assert.match(has, /Se deixar vazio/);
  const none = await (await clientOf({ view: actAt("form", null) }).ask(path)).text();
  assert.match(none, /não tem e-mail/);
  assert.doesNotMatch(none, /Se deixar vazio/);
});

test("a malformed address, a list or a second line among them, is corrected in the form, and core is not asked", async () => {
  const client = clientOf({ view: actAt("form") });
  const csrf = await client.csrfOf(path);
  for (const email of [
    "nova@",
    "nova",
    "nova@correio.exemplo.pt, outra@correio.exemplo.pt",
    "nova@correio.exemplo.pt\r\nBcc: outra@correio.exemplo.pt",
    `"><script>@correio.exemplo.pt`,
    `${"l".repeat(250)}@correio.exemplo.pt`,
  ]) {
    const response = await client.post(path, { csrf, email });
    const text = await response.text();
    assert.equal(response.status, 400, email);
    assert.match(text, /href="#email"[^]*id="email-error"/);
    assert.doesNotMatch(text, /<script>@/);
  }
});

test("an address is given as mail is sent to it, and leads to its code; none leads to a button", async () => {
  const given: string[] = [];
  const give: ChangeEmail["give"] = async ({ shownIn }, { email }) => {
    given.push(`${shownIn ?? ""} ${email}`);
    return { ok: true, step: email === "" ? "confirm" : "code" };
  };
  const client = clientOf({ view: actAt("form"), give });
  const csrf = await client.csrfOf(path);
  const sent = await client.post(path, { csrf, email: " nova@Correio.Exemplo.PT " });
  assert.equal(sent.headers.get("Location"), `${path}/code`);
  assert.equal((await client.post(path, { csrf, email: "" })).headers.get("Location"), `${path}/confirm`);
  assert.deepEqual(given, ["the-session nova@correio.exemplo.pt", "the-session "]);
});

test("what core wants corrected is said at the field, and what was typed is still there", async () => {
  const client = clientOf({ view: actAt("form"), give: async () => ({ ok: false, mistake: "email.same" }) });
  const response = await client.post(path, { csrf: await client.csrfOf(path), email: "dona@correio.exemplo.pt" });
  const text = await response.text();
  assert.equal(response.status, 422);
  assert.match(text, /data-page="email" data-refusal="email\.same"/);
  assert.match(text, /id="email" name="email" value="dona@correio\.exemplo\.pt"/);
});

test("the page of the code shows the whole address, and a way to another one that gives this one up", async () => {
  let cancelled = 0;
  const client = clientOf({ view: actAt("code"), cancel: async () => void cancelled++ });
  const text = await (await client.ask(`${path}/code`)).text();
  assert.match(text, /data-page="email-code"[^]*nova@correio\.exemplo\.pt[^]*name="code"/);
  assert.match(text, /action="\/reserved-area\/email\/again"/);
  const again = await client.post(`${path}/again`, { csrf: await client.csrfOf(`${path}/code`) });
  assert.equal(again.headers.get("Location"), path);
  assert.equal(cancelled, 1);
});

test("the page of the button says which address goes, and pressing it confirms without a code", async () => {
  const codes: (string | null)[] = [];
  const confirm: ChangeEmail["confirm"] = async (_actor, code) => {
    codes.push(code);
    return { ok: true };
  };
  const client = clientOf({ view: actAt("confirm"), confirm });
  const text = await (await client.ask(`${path}/confirm`)).text();
  assert.match(text, /data-page="email-confirm"[^]*dona@correio\.exemplo\.pt[^]*action="\/reserved-area\/email\/confirm"/);
  const pressed = await client.post(`${path}/confirm`, { csrf: await client.csrfOf(`${path}/confirm`) });
  assert.equal(pressed.headers.get("Location"), `${path}/done`);
  assert.deepEqual(codes, [null]);
});

test("an error ends it, says why, and offers a new start; a locked key is led to where it is unblocked", async () => {
  const client = clientOf({ view: actAt("code"), confirm: async () => ({ ok: false, refusal: "code.wrong" }) });
  const response = await client.post(`${path}/code`, { csrf: await client.csrfOf(`${path}/code`), code: "123456" });
  assert.equal(response.status, 422);
  assert.match(
    await response.text(),
    /data-page="email-refused" data-refusal="code\.wrong"[^]*href="\/reserved-area\/email">Come/,
  );
  const locked = clientOf({ view: async () => ({ ok: false, refusal: "key.locked" }) });
  assert.match(await (await locked.ask(path)).text(), /data-refusal="key\.locked"[^]*href="\/reserved-area\/unblock"/);
});

test("a form without our mark, or from another site, changes nothing", async () => {
  const client = clientOf({ view: actAt("form") });
  const csrf = await client.csrfOf(path);
  assert.equal((await client.post(path, { email: "nova@correio.exemplo.pt" })).status, 403);
  const foreign = await client.post(path, { csrf, email: "nova@correio.exemplo.pt" }, { Origin: "https://evil.example" });
  assert.equal(foreign.status, 403);
});
