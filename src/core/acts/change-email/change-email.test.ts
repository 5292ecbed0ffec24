/** Changing the key's e-mail: nothing of an address is used before its reader has typed the code, and then all of it, once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Visitor } from "#core/vocabulary";
import { expectOk, openCoreWorld, otherThan, someVisitor } from "../../../../tests/world/core-world.ts";
import type { Keyed } from "../../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { clock, db, sessions, signIn } = world;
const { unblock, "change-email": changeEmail } = world.acts;
let serial = 0;
const someEmail = () => `pessoa${String(++serial)}@correio.example`;

const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string } | { ok: false; mistake: string }) =>
  outcome.ok ? "none" : "mistake" in outcome ? outcome.mistake : outcome.refusal;

const keyOf = async ({ person }: Keyed) => {
  const key = await world.keys.owned((await world.citizens.idOf(person.civilId)) ?? "");
  assert.ok(key);
  return key;
};
const emailOf = async (owner: Keyed) => (await keyOf(owner)).email;

async function emailsTo(address: string): Promise<string[]> {
  await world.runDue();
  return world.outside.heard.emails.filter(({ to }) => to === address).map(({ text }) => text);
}

async function codeAt(address: string): Promise<string> {
  const codes = (await emailsTo(address)).map((text) => /^(\d{6}) /.exec(text)?.[1]);
  return codes.findLast((code) => code !== undefined) ?? assert.fail(`no code came to ${address}`);
}

const smsAbout = async ({ phone }: Keyed, what: RegExp) => {
  await world.runDue();
  return world.smsTo(phone).filter((text) => what.test(text)).length;
};

async function stepOf(visitor: Visitor): Promise<string> {
  const seen = await changeEmail.view(visitor, "form");
  return seen.ok ? seen.view.step : seen.refusal;
}

/** Signed in with a key that has that e-mail. */
async function openInside(email: string | null = null) {
  const owner = await world.openKey();
  await db`update mobile_keys.key set email = ${email} where phone = ${owner.phone}`;
  return { owner, here: await world.enterByKey(owner, owner.visitor) };
}

/** To the page on which the code is typed. */
async function reachCode(former: string | null = null) {
  const [inside, email] = [await openInside(former), someEmail()];
  expectOk(await changeEmail.give(inside.here, { email }));
  return { ...inside, email, code: await codeAt(email) };
}

const eventsOf = async ({ person }: Keyed) =>
  db`select detail from activity.event join citizens.citizen c on c.id = citizen_id
     where civil_id = ${person.civilId} and kind = 'key.email-changed' order by at`;

test("entered with the key, address, code: the key has it; phone, new and former address are told, history and audit know", async () => {
  const former = someEmail();
  const { owner, here } = await openInside(former);
  assert.equal(await stepOf(here), "form");
  const email = someEmail();
  const begun = await changeEmail.give(here, { email });
  assert.deepEqual(begun, { ok: true, step: "code" });
  const seen = await changeEmail.view(here, "code");
  assert.ok(seen.ok && seen.view.step === "code");
  assert.equal(seen.view.code?.sentTo, email, "whole, or a wrong one could not be seen");
  const code = await codeAt(email);
  assert.equal((await emailsTo(email)).length, 1);
  assert.equal(await emailOf(owner), former, "not before the code");
  assert.deepEqual([(await emailsTo(former)).length, await smsAbout(owner, /e-mail/)], [0, 0]);
  expectOk(await changeEmail.confirm(here, code));
  assert.equal(await emailOf(owner), email);
  for (const address of [email, former])
    assert.match((await emailsTo(address)).at(-1) ?? "", /O e-mail da sua chave móvel mudou/);
  assert.equal((await emailsTo(former)).length, 1);
  assert.equal(await smsAbout(owner, /O e-mail da sua chave movel mudou/), 1);
  assert.deepEqual(await eventsOf(owner), [{ detail: { by: "key-and-code", change: "changed" } }]);
  assert.equal((await world.activity.check()).broken, null);
});

test("entered with the card likewise, and a first address is added", async () => {
  const [owner, email] = [await world.openKey(), someEmail()];
  const here = await world.enterByCard(owner.person);
  expectOk(await changeEmail.give(here, { email }));
  expectOk(await changeEmail.confirm(here, await codeAt(email)));
  assert.equal(await emailOf(owner), email);
  assert.deepEqual(await eventsOf(owner), [{ detail: { by: "citizen-card", change: "added" } }]);
});

test("a portal that asks for the e-mail is told the new one, and not before it was proven", async () => {
  const { owner, here, email, code } = await reachCode();
  const asked = { attributes: [{ name: "email" as const, required: true }] };
  const consentedEmail = async () => {
    const { id, visitor } = await world.prove(owner.visitor, owner, asked);
    const seen = await signIn.view(id, visitor);
    return seen.ok && seen.view.consent?.attributes[0]?.value;
  };
  assert.equal(await consentedEmail(), null);
  expectOk(await changeEmail.confirm(here, code));
  clock.advance("PT1M");
  assert.equal(await consentedEmail(), email);
});

test("the code's e-mail says what it is for, no link, and nothing of the person", async () => {
  const { owner, email } = await reachCode();
  const sent = world.outside.heard.emails.find(({ to }) => to === email);
  assert.match(sent?.text ?? "", /^\d{6} é o código para CONFIRMAR este endereço/);
  assert.doesNotMatch(`${sent?.subject ?? ""}\n${sent?.text ?? ""}`, /https?:|www\.|\/\/|Benedita/);
  assert.ok(!sent?.text.includes(owner.phone) && !sent?.subject.match(/\d/));
});

test("empty removes the address, once a button has confirmed it: no code, phone and former address told", async () => {
  const former = someEmail();
  const { owner, here } = await openInside(former);
  assert.deepEqual(await changeEmail.give(here, { email: "" }), { ok: true, step: "confirm" });
  const seen = await changeEmail.view(here, "confirm");
  assert.ok(seen.ok && seen.view.step === "confirm" && seen.view.email === former && seen.view.code === null);
  assert.equal(await emailOf(owner), former, "not before the button");
  assert.equal(refusalOf(await changeEmail.resend(here)), "act.out-of-step");
  expectOk(await changeEmail.confirm(here, null));
  assert.equal(await emailOf(owner), null);
  assert.match((await emailsTo(former))[0] ?? "", /foi retirado/);
  assert.equal(await smsAbout(owner, /foi retirado/), 1);
  assert.deepEqual(await eventsOf(owner), [{ detail: { by: "key-and-code", change: "removed" } }]);
});

test("a mistake begins nothing and sends nothing: what is no address, the one it has, none where there is none", async () => {
  const former = someEmail();
  const { here } = await openInside(former);
  const before = world.outside.heard.emails.length;
  for (const [email, mistake] of [
    [`nova@correio.example\r\nBcc: ${someEmail()}`, "email.malformed"],
    [`${"l".repeat(300)}@correio.example`, "email.malformed"],
    [former.toUpperCase(), "email.same"],
  ] as const)
    assert.equal(refusalOf(await changeEmail.give(here, { email })), mistake);
  const none = await openInside();
  assert.equal(refusalOf(await changeEmail.give(none.here, { email: "" })), "email.missing");
  await world.runDue();
  assert.equal(world.outside.heard.emails.length, before);
  assert.equal(await stepOf(here), "form");
});

test("no button does what wants a code, and no code what was ended by a wrong one", async () => {
  const { owner, here, code } = await reachCode();
  assert.equal(refusalOf(await changeEmail.confirm(here, null)), "act.out-of-step");
  assert.equal(refusalOf(await changeEmail.confirm(here, otherThan(code))), "code.wrong");
  assert.equal(refusalOf(await changeEmail.confirm(here, code)), "act.gone");
  assert.equal(await emailOf(owner), null);
  assert.deepEqual(await db`select from acts.act where typed is not null and (step = 'done' or ended_at is not null)`, []);
});

test("no code does what wants a button: the page of a code that was given up does not press it", async () => {
  const former = someEmail();
  const { owner, here, code } = await reachCode(former);
  await changeEmail.cancel(here);
  expectOk(await changeEmail.give(here, { email: "" }));
  assert.equal(refusalOf(await changeEmail.confirm(here, code)), "act.out-of-step");
  assert.equal(await emailOf(owner), former);
  expectOk(await changeEmail.confirm(here, null));
});

test("the code for one address is worth nothing for another: the form filled in anew is another act", async () => {
  const { owner, here, code } = await reachCode();
  await changeEmail.cancel(here);
  const second = someEmail();
  expectOk(await changeEmail.give(here, { email: second }));
  const right = await codeAt(second);
  if (code !== right) assert.equal(refusalOf(await changeEmail.confirm(here, code)), "code.wrong");
  assert.equal(await emailOf(owner), null);
});

test("a form filled in again while a code is waited for changes nothing: the first address stays the one in question", async () => {
  const { owner, here, email, code } = await reachCode();
  const second = someEmail();
  assert.equal(refusalOf(await changeEmail.give(here, { email: second })), "act.out-of-step");
  assert.deepEqual(await emailsTo(second), []);
  expectOk(await changeEmail.confirm(here, code));
  assert.equal(await emailOf(owner), email);
});

test("a code is used once: again it is out of step, and the last page can be looked at", async () => {
  const { here, code } = await reachCode();
  expectOk(await changeEmail.confirm(here, code));
  assert.equal(refusalOf(await changeEmail.confirm(here, code)), "act.out-of-step");
  const seen = await changeEmail.view(here, "done");
  assert.ok(seen.ok && seen.view.step === "done");
  assert.equal(await stepOf(here), "form", "and another can be given");
});

test("pressed five times at once, the right code changes it once and tells once", async () => {
  const { owner, here, code } = await reachCode();
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => changeEmail.confirm(here, code)));
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
  assert.ok(outcomes.every((outcome) => ["none", "act.out-of-step"].includes(refusalOf(outcome))));
  assert.equal(await smsAbout(owner, /e-mail/), 1);
  assert.equal((await eventsOf(owner)).length, 1);
});

test("fifty wrong codes at once buy three comparisons at most, and end it", async () => {
  const { owner, here, code } = await reachCode();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => changeEmail.confirm(here, otherThan(code))));
  assert.ok(outcomes.filter((outcome) => refusalOf(outcome) === "code.wrong").length <= 3);
  assert.equal(refusalOf(await changeEmail.confirm(here, code)), "act.gone");
  assert.equal(await emailOf(owner), null);
});

test("in two sessions of one person at once, one changes it and the other, which began from the former, does not undo it", async () => {
  const first = await reachCode(someEmail());
  const here = await world.enterByCard(first.owner.person);
  const email = someEmail();
  expectOk(await changeEmail.give(here, { email }));
  const code = await codeAt(email);
  const outcomes = await Promise.all([changeEmail.confirm(first.here, first.code), changeEmail.confirm(here, code)]);
  assert.deepEqual(outcomes.map(refusalOf).toSorted(), ["key.changed", "none"]);
  assert.equal(await emailOf(first.owner), outcomes[0].ok ? first.email : email);
});

test("another session's act, another person's or nobody's browser: nothing of it is reached", async () => {
  const { owner, here, code } = await reachCode();
  const [other, thief] = [await world.enterByCard(owner.person), await openInside()];
  assert.equal(refusalOf(await changeEmail.confirm(other, code)), "act.gone", "the same person, another session");
  assert.equal(refusalOf(await changeEmail.confirm(thief.here, code)), "act.gone");
  for (const visitor of [someVisitor(), { ...here, signedIn: null }])
    assert.equal(refusalOf(await changeEmail.confirm(visitor, code)), "proof.wanted");
  assert.equal(refusalOf(await unblock.confirm(here, code)), "proof.wanted", "nor by another act");
  assert.deepEqual([await emailOf(owner), await emailOf(thief.owner)], [null, null]);
  expectOk(await changeEmail.confirm(here, code));
});

test("a page shown in a session that has ended is taken for nobody else's", async () => {
  const { owner, here } = await openInside();
  const shown = await changeEmail.view(here, "form");
  assert.ok(shown.ok);
  const other = await world.openKey();
  const now = await world.enterByKey(other, here);
  const posting = { ...now, shownIn: shown.view.session };
  assert.equal(refusalOf(await changeEmail.give(posting, { email: someEmail() })), "proof.wanted");
  assert.equal(await emailOf(owner), null);
});

test("a proof of ten minutes ago is asked for anew; a code that was sent meanwhile may still be typed", async () => {
  const { owner, here } = await openInside();
  clock.advance("PT9M");
  const email = someEmail();
  expectOk(await changeEmail.give(here, { email }));
  clock.advance("PT2M");
  expectOk(await changeEmail.confirm(here, await codeAt(email)));
  assert.equal(refusalOf(await changeEmail.give(here, { email: someEmail() })), "proof.wanted");
  assert.equal(await stepOf(here), "proof.wanted");
  assert.equal(await emailOf(owner), email);
});

test("signed out, or the key locked meanwhile, nothing goes on in a session that the key opened", async () => {
  const out = await reachCode();
  await sessions.signOut(out.here);
  assert.equal(refusalOf(await changeEmail.confirm(out.here, out.code)), "proof.wanted");
  const locked = await reachCode();
  await db`update mobile_keys.key set code_failures = 3 where phone = ${locked.owner.phone}`;
  assert.equal(refusalOf(await changeEmail.confirm(locked.here, locked.code)), "proof.wanted");
  assert.deepEqual([await emailOf(out.owner), await emailOf(locked.owner)], [null, null]);
});

for (const [name, changes] of [
  ["locked", { code_failures: 3, state: "active" }],
  ["frozen", { code_failures: 0, state: "frozen" }],
] as const) {
  test(`a key ${name} in between keeps its e-mail, though the card's session goes on`, async () => {
    const [owner, email] = [await world.openKey(), someEmail()];
    const here = await world.enterByCard(owner.person);
    expectOk(await changeEmail.give(here, { email }));
    const { code_failures, state } = changes;
    await db`update mobile_keys.key set code_failures = ${code_failures}, state = ${state} where phone = ${owner.phone}`;
    assert.equal(refusalOf(await changeEmail.confirm(here, await codeAt(email))), "key.changed");
    assert.equal(await emailOf(owner), null);
    assert.deepEqual([await smsAbout(owner, /e-mail/), (await emailsTo(email)).length], [0, 1]);
    assert.equal(await stepOf(here), `key.${name}`);
  });
}

test("a code lives ten minutes; another kills it, after half a minute and twice at most", async () => {
  const { owner, here, email, code } = await reachCode();
  assert.equal(refusalOf(await changeEmail.resend(here)), "code.too-soon");
  clock.advance("PT31S");
  expectOk(await changeEmail.resend(here));
  const second = await codeAt(email);
  if (second !== code) {
    assert.equal(refusalOf(await changeEmail.confirm(here, code)), "code.wrong");
    expectOk(await changeEmail.give(here, { email }));
  }
  const third = await codeAt(email);
  clock.advance("PT10M");
  assert.equal(refusalOf(await changeEmail.confirm(here, third)), "code.expired");
  assert.equal(await emailOf(owner), null);
});

test("no mailbox is filled: five codes an hour to one address, from however many keys and however it is spelt", async () => {
  const address = `alvo${String(++serial)}@correio.example`;
  const spelt = [
    address,
    address.toUpperCase(),
    address.replace("@", "+um@"),
    address.replace("@", "+dois@"),
    address,
    address,
  ];
  const answers: string[] = [];
  for (const email of spelt) answers.push(refusalOf(await changeEmail.give((await openInside()).here, { email })));
  assert.deepEqual(answers, [...Array<string>(5).fill("none"), "email.too-many"]);
});

const codeMayGoTo = async (email: string) => refusalOf(await changeEmail.give((await openInside()).here, { email }));

test("while a code is waited for, forms filled in anew spend nothing of an address that hears nothing of them", async () => {
  const [waiting, spared] = [await reachCode(), someEmail()];
  for (let press = 0; press < 6; press++)
    assert.equal(refusalOf(await changeEmail.give(waiting.here, { email: spared })), "act.out-of-step");
  assert.equal(await codeMayGoTo(spared), "none");
});

test("nor many mailboxes by one key: fifteen codes a day", async () => {
  const { here } = await openInside();
  const answers: string[] = [];
  for (let sent = 0; sent < 16; sent++) {
    answers.push(refusalOf(await changeEmail.give(here, { email: someEmail() })));
    await changeEmail.cancel(here);
  }
  assert.deepEqual([answers.filter((answer) => answer === "none").length, answers.at(-1)], [15, "email.too-many"]);
});

test("a key that has had its share spends nothing of any mailbox, nor of what there is for everybody", async () => {
  const { here } = await openInside();
  const spared = someEmail();
  const spentOfAll = async () => {
    const [row] = await db<{ spent: number }>`
      select coalesce(sum(spent), 0)::integer as spent from messages.budget where bucket like 'email-code-global:%'`;
    return row?.spent ?? 0;
  };
  for (let sent = 0; sent < 15; sent++) {
    await changeEmail.give(here, { email: someEmail() });
    await changeEmail.cancel(here);
  }
  const before = await spentOfAll();
  for (let press = 0; press < 6; press++)
    assert.equal(refusalOf(await changeEmail.give(here, { email: spared })), "email.too-many");
  assert.equal(await spentOfAll(), before);
  assert.equal(await codeMayGoTo(spared), "none");
});

test("the address never lies in the clear while it is unproven", async () => {
  const { email } = await reachCode();
  const rows = await db<{ row: string }>`select act::text || encode(coalesce(typed, ''), 'escape') as row from acts.act`;
  assert.ok(rows.length > 0);
  for (const { row } of rows) assert.ok(!row.includes(email));
});
