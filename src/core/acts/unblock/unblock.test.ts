/** Unblocking with the card: what opens a locked key, what does not, and that nothing in between is ever left. */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import { expectOk, openCoreWorld, otherThan, someVisitor } from "../../../../tests/world/core-world.ts";
import type { Keyed } from "../../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { clock, db, sessions, signIn } = world;
const { unblock } = world.acts;
const newPin = "840275";
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string } | { ok: false; mistake: string }) =>
  outcome.ok ? "none" : "mistake" in outcome ? outcome.mistake : outcome.refusal;

async function stepOf(visitor: Visitor): Promise<string> {
  const seen = await unblock.view(visitor, "form");
  return seen.ok ? seen.view.step : seen.refusal;
}

const conditionOf = async ({ person }: Keyed) => {
  const id = await world.citizens.idOf(person.civilId);
  return id === null ? null : ((await world.keys.owned(id))?.condition ?? null);
};

/** To the page on which the code is typed. */
async function reachCode(owner: Keyed, visitor?: Visitor) {
  const here = await world.enterByCard(owner.person, visitor);
  expectOk(await unblock.give(here, { pin: newPin }));
  return { here, code: await world.codeTo(owner.phone) };
}

const tells = async (owner: Keyed, what: RegExp) => {
  await world.runDue();
  return world.smsTo(owner.phone).some((text) => what.test(text));
};

test("card, new PIN, code: the key opens with the new PIN, its owner is told, and the history and the audit know", async () => {
  const owner = await world.openLockedKey();
  const here = await world.enterByCard(owner.person);
  assert.equal(await stepOf(here), "form");
  expectOk(await unblock.give(here, { pin: newPin }));
  const seen = await unblock.view(here, "form");
  assert.ok(seen.ok && seen.view.step === "code");
  assert.match(seen.view.code?.sentTo ?? "", /•/);
  const code = await world.codeTo(owner.phone);
  assert.ok(await tells(owner, /DESBLOQUEAR a sua chave com um PIN novo/));
  assert.equal(await conditionOf(owner), "locked", "not before the code");
  expectOk(await unblock.confirm(here, code));
  assert.equal(await stepOf(here), "done");
  assert.equal(await conditionOf(owner), "active");
  assert.ok(await tells(owner, /desbloqueada/));
  const events = await db`
    select kind, detail from activity.event join citizens.citizen c on c.id = citizen_id
    where civil_id = ${owner.person.civilId} and kind = 'key.unblocked'`;
  assert.deepEqual(events, [{ kind: "key.unblocked", detail: { by: "citizen-card" } }]);
  assert.equal((await world.activity.check()).broken, null);
  clock.advance("PT1M");
  const { answer } = await world.signInto(someVisitor(), { phone: owner.phone, pin: newPin });
  assert.equal(answer?.outcome, "authorised");
  const old = await world.identify(someVisitor(), owner);
  assert.equal(refusalOf(old.outcome), "sign-in.refused", "the old PIN is worth nothing");
});

test("a key with an e-mail is told there as well", async () => {
  const owner = await world.openLockedKey();
  const email = "dona@correio.example";
  await db`update mobile_keys.key set email = ${email} where phone = ${owner.phone}`;
  const { here, code } = await reachCode(owner);
  expectOk(await unblock.confirm(here, code));
  await world.runDue();
  assert.ok(world.outside.heard.emails.some(({ to, text }) => to === email && text.includes("desbloqueada")));
});

test("a key locked by ten wrong PINs in its owner's browser opens likewise, and that browser stays known", async () => {
  const owner = await world.openKey();
  await db`update mobile_keys.key set owner_failures = 10 where phone = ${owner.phone}`;
  const { here, code } = await reachCode(owner, owner.visitor);
  expectOk(await unblock.confirm(here, code));
  const checked = await world.keys.checkPin(owner.phone, newPin, owner.visitor.browser);
  assert.ok(checked.right && checked.lane === "owner");
});

test("a weak PIN is a mistake to correct: nothing is begun, nothing sent", async () => {
  const owner = await world.openLockedKey();
  const here = await world.enterByCard(owner.person);
  await world.runDue();
  const before = world.smsTo(owner.phone).length;
  const weak = [
    ["1234", "pin.run"],
    ["7777", "pin.repeats"],
    ["870521", "pin.birth-date"],
    [owner.phone.slice(-5), "pin.phone"],
    [owner.person.civilId, "pin.document"],
    ["2580", "pin.common"],
    ["123", "pin.length"],
  ] as const;
  for (const [pin, refusal] of weak) assert.equal(refusalOf(await unblock.give(here, { pin: pin })), refusal);
  await world.runDue();
  assert.equal(world.smsTo(owner.phone).length, before);
  assert.equal(await stepOf(here), "form");
});

test("the PIN the key had is refused, but only to who has its phone: at once it would tell a card's thief the PIN", async () => {
  const owner = await world.openLockedKey();
  const here = await world.enterByCard(owner.person);
  expectOk(await unblock.give(here, { pin: owner.pin }));
  assert.equal(refusalOf(await unblock.confirm(here, await world.codeTo(owner.phone))), "pin.same");
  assert.equal(await conditionOf(owner), "locked");
  assert.equal(await stepOf(here), "form", "only a new start is left");
});

test("a wrong code ends it and wipes the new PIN; the right one then opens nothing", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  assert.equal(refusalOf(await unblock.confirm(here, otherThan(code))), "code.wrong");
  assert.equal(refusalOf(await unblock.confirm(here, code)), "act.gone");
  assert.equal(await conditionOf(owner), "locked");
  const kept = await db`
    select from acts.act where typed is not null and (step = 'done' or ended_at is not null)`;
  assert.deepEqual(kept, []);
});

test("a code too old ends it", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  clock.advance("PT6M");
  assert.equal(refusalOf(await unblock.confirm(here, code)), "code.expired");
  assert.equal(await conditionOf(owner), "locked");
});

test("another code kills the first, after half a minute and twice at most", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  assert.equal(refusalOf(await unblock.resend(here)), "code.too-soon");
  clock.advance("PT31S");
  expectOk(await unblock.resend(here));
  const second = await world.codeTo(owner.phone);
  clock.advance("PT31S");
  expectOk(await unblock.resend(here));
  clock.advance("PT31S");
  assert.equal(refusalOf(await unblock.resend(here)), "code.no-more");
  const third = await world.codeTo(owner.phone);
  assert.notEqual(third, code);
  assert.notEqual(third, second);
  expectOk(await unblock.confirm(here, third));
});

test("a code for signing in opens nothing here, nor the other way round", async () => {
  const [owner, other] = [await world.openLockedKey(), await world.openKey()];
  const { here, code } = await reachCode(owner);
  const { id } = await world.identify(other.visitor, other);
  const signInCode = await world.codeTo(other.phone);
  if (code !== signInCode) assert.equal(refusalOf(await signIn.confirm(id, other.visitor, code)), "code.wrong");
  assert.equal(refusalOf(await unblock.confirm(here, otherThan(code))), "code.wrong");
});

test("who is signed in with the key, or not at all, or with the card ten minutes ago, is asked for the card", async () => {
  const owner = await world.openKey();
  assert.equal(await stepOf(someVisitor()), "proof.wanted");
  assert.equal(await stepOf(await world.enterByKey(owner, owner.visitor)), "proof.wanted");
  const locked = await world.openLockedKey();
  const here = await world.enterByCard(locked.person);
  clock.advance("PT10M");
  assert.equal(await stepOf(here), "proof.wanted");
  assert.equal(refusalOf(await unblock.give(here, { pin: newPin })), "proof.wanted");
  const again = await world.enterByCard(locked.person, here);
  expectOk(await unblock.give(again, { pin: newPin }));
});

test("a session opened with a key unblocks nothing, even if the key is locked while it lives", async () => {
  const owner = await world.openKey();
  const inside = await world.enterByKey(owner, owner.visitor);
  await db`update mobile_keys.key set code_failures = 3 where phone = ${owner.phone}`;
  assert.equal(refusalOf(await unblock.give(inside, { pin: newPin })), "proof.wanted");
  assert.equal(await sessions.whoIsHere(inside), null);
});

test("another person's card opens that person's key and no other: what is under way is not theirs to go on with", async () => {
  const [owner, thief] = [await world.openLockedKey(), await world.openLockedKey()];
  const { here, code } = await reachCode(owner);
  const thiefHere = await world.enterByCard(thief.person, here);
  assert.equal(await stepOf(thiefHere), "form", "in the same browser, the other person begins anew");
  assert.equal(refusalOf(await unblock.confirm(thiefHere, code)), "act.gone");
  assert.equal(refusalOf(await unblock.confirm(here, code)), "proof.wanted", "the first session is over");
  assert.equal(await conditionOf(owner), "locked");
});

test("another browser's session, without its secret, is nobody's", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  for (const visitor of [someVisitor(), { ...here, signedIn: null }, someVisitor({ session: here.session })]) {
    assert.equal(refusalOf(await unblock.confirm(visitor, code)), "proof.wanted");
    assert.equal(refusalOf(await unblock.resend(visitor)), "proof.wanted");
  }
  expectOk(await unblock.confirm(here, code));
});

test("signed out, nothing goes on", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  await sessions.signOut(here);
  assert.equal(refusalOf(await unblock.confirm(here, code)), "proof.wanted");
  assert.equal(await conditionOf(owner), "locked");
});

for (const [name, change] of [
  ["cancelled", "state = 'cancelled'"],
  ["frozen", "state = 'frozen'"],
  ["unblocked elsewhere", "code_failures = 0"],
] as const) {
  test(`a key ${name} in between stays as it is, and nobody is told otherwise`, async () => {
    const owner = await world.openLockedKey();
    const { here, code } = await reachCode(owner);
    await changeKey(owner.phone, change);
    const [before] = await db`select to_jsonb(key) as key from mobile_keys.key where phone = ${owner.phone}`;
    assert.equal(refusalOf(await unblock.confirm(here, code)), "key.changed");
    const [after] = await db`select to_jsonb(key) as key from mobile_keys.key where phone = ${owner.phone}`;
    assert.deepEqual(after, before);
    assert.ok(!(await tells(owner, /desbloqueada/)));
  });
}

async function changeKey(phone: string, change: string): Promise<void> {
  if (change.startsWith("state")) {
    await db`update mobile_keys.key set state = ${change.split("'")[1]} where phone = ${phone}`;
  } else await db`update mobile_keys.key set code_failures = 0 where phone = ${phone}`;
}

test("replaced by a new one in between, the old key stays dead and the new one as it is", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  const old = (await world.citizens.idOf(owner.person.civilId)) ?? "";
  const living = await world.keys.living(old);
  assert.ok(living && (await world.keys.replace(living.id)));
  assert.equal(refusalOf(await unblock.confirm(here, code)), "key.changed");
  assert.equal(await conditionOf(owner), null);
});

for (const [name, state, obstacle] of [
  ["an open key", "active", "key.not-locked"],
  ["a frozen key", "frozen", "key.frozen"],
  ["a suspended key", "suspended", "key.suspended"],
  ["a cancelled key", "cancelled", "key.none"],
] as const) {
  test(`the holder of ${name} is told ${obstacle}, and no code is sent`, async () => {
    const owner = await world.openKey();
    await db`update mobile_keys.key set state = ${state} where phone = ${owner.phone}`;
    const here = await world.enterByCard(owner.person);
    assert.equal(await stepOf(here), obstacle);
    await world.runDue();
    const before = world.smsTo(owner.phone).length;
    assert.equal(refusalOf(await unblock.give(here, { pin: newPin })), obstacle);
    await world.runDue();
    assert.equal(world.smsTo(owner.phone).length, before);
  });
}

test("what was proven with the old PIN ends: sessions, and a sign-in that already waits for its code", async () => {
  const owner = await world.openKey();
  const elsewhere = await world.enterByKey(owner, owner.visitor);
  const thief = someVisitor();
  const waiting = await world.identify(thief, owner);
  expectOk(waiting.outcome);
  const code = await world.codeTo(owner.phone);
  await db`update mobile_keys.key set owner_failures = 10 where phone = ${owner.phone}`;
  const { here, code: unblockCode } = await reachCode(owner);
  expectOk(await unblock.confirm(here, unblockCode));
  assert.equal(await sessions.whoIsHere(elsewhere), null);
  assert.equal(refusalOf(await signIn.confirm(waiting.id, thief, code)), "sign-in.gone");
  assert.ok(await sessions.whoIsHere(here), "the card's own session goes on");
});

test("a sign-in that ends with its right code while the key is being unblocked: one of the two happens, whichever it is", async () => {
  for (let round = 0; round < 8; round++) {
    const owner = await world.openKey();
    const waiting = await world.identify(owner.visitor, owner);
    expectOk(waiting.outcome);
    const signInCode = await world.codeTo(owner.phone);
    await db`update mobile_keys.key set owner_failures = 10 where phone = ${owner.phone}`;
    clock.advance("PT1S");
    const { here, code } = await reachCode(owner);
    const [entered, opened] = await Promise.all([
      signIn.confirm(waiting.id, owner.visitor, signInCode),
      unblock.confirm(here, code),
    ]);
    assert.notEqual(entered.ok, opened.ok);
    const inside = entered.ok ? { ...owner.visitor, signedIn: entered.signedIn } : owner.visitor;
    assert.equal((await sessions.whoIsHere(inside)) !== null, entered.ok);
    const key = await world.keys.ownerOf(owner.phone);
    assert.equal(key && (await world.keys.hasPin(key.id, opened.ok ? newPin : owner.pin)), true);
  }
});

test("pressed five times at once, the right code opens the key once and tells once", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => unblock.confirm(here, code)));
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
  assert.ok(outcomes.every((outcome) => ["act.out-of-step", "none"].includes(refusalOf(outcome))));
  await world.runDue();
  assert.equal(world.smsTo(owner.phone).filter((text) => text.includes("desbloqueada")).length, 1);
});

test("two PINs chosen at once: one of them waits for one code", async () => {
  const owner = await world.openLockedKey();
  const here = await world.enterByCard(owner.person);
  const outcomes = await Promise.all([unblock.give(here, { pin: newPin }), unblock.give(here, { pin: "617380" })]);
  assert.deepEqual(outcomes.map(refusalOf).toSorted(), ["act.out-of-step", "none"]);
  expectOk(await unblock.confirm(here, await world.codeTo(owner.phone)));
});

test("two browsers of one person, both with the card: one opens the key, the other changes nothing", async () => {
  const owner = await world.openLockedKey();
  const first = await reachCode(owner);
  clock.advance("PT1S");
  const second = await reachCode(owner);
  const outcomes = await Promise.all([unblock.confirm(first.here, first.code), unblock.confirm(second.here, second.code)]);
  assert.deepEqual(outcomes.map(refusalOf).toSorted(), ["key.changed", "none"]);
});

test("fifty wrong codes at once buy three comparisons at most, and end it", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => unblock.confirm(here, otherThan(code))));
  assert.ok(outcomes.filter((outcome) => refusalOf(outcome) === "code.wrong").length <= 3);
  assert.equal(refusalOf(await unblock.confirm(here, code)), "act.gone");
});

test("too many codes to one number are refused, and nothing is begun", async () => {
  const owner = await world.openLockedKey();
  const here = await world.enterByCard(owner.person);
  for (let sent = 0; sent < 8; sent++) {
    const chosen = await unblock.give(here, { pin: newPin });
    if (!chosen.ok) assert.equal(refusalOf(chosen), "sms.too-many");
    await unblock.cancel(here);
  }
  assert.equal(refusalOf(await unblock.give(here, { pin: newPin })), "sms.too-many");
  assert.equal(await stepOf(here), "form");
});

test("given up, it is gone and its code is worth nothing; begun anew, it is another", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  await unblock.cancel(here);
  assert.equal(refusalOf(await unblock.confirm(here, code)), "act.gone");
  expectOk(await unblock.give(here, { pin: newPin }));
  expectOk(await unblock.confirm(here, await world.codeTo(owner.phone)));
});

test("locked again after it was unblocked, it can be unblocked again in the same session", async () => {
  const owner = await world.openLockedKey();
  const { here, code } = await reachCode(owner);
  expectOk(await unblock.confirm(here, code));
  await db`update mobile_keys.key set code_failures = 3 where phone = ${owner.phone}`;
  assert.equal(await stepOf(here), "form");
  expectOk(await unblock.give(here, { pin: "617380" }));
  expectOk(await unblock.confirm(here, await world.codeTo(owner.phone)));
});

test("the new PIN never lies in the clear, and what is over is purged", async () => {
  const owner = await world.openLockedKey();
  await reachCode(owner);
  const rows = await db<{ typed: Buffer }>`select typed from acts.act where typed is not null`;
  assert.ok(rows.length > 0);
  for (const { typed } of rows) assert.ok(!typed.toString("latin1").includes(newPin));
  clock.advance("PT2H");
  await world.acts.purge();
  assert.deepEqual(await db`select from acts.act`, []);
});

test("a form that was left open in another window is not taken for whoever has shown their card there since", async () => {
  const [one, other] = [await world.openLockedKey(), await world.openLockedKey()];
  const left = await world.enterByCard(one.person);
  const shown = await unblock.view(left, "form");
  assert.ok(shown.ok);
  const here = await world.enterByCard(other.person, left);
  const posting = { ...here, shownIn: shown.view.session };
  assert.equal(refusalOf(await unblock.give(posting, { pin: newPin })), "proof.wanted");
  expectOk(await unblock.give(here, { pin: newPin }));
  assert.equal(refusalOf(await unblock.confirm(posting, await world.codeTo(other.phone))), "proof.wanted");
  await unblock.cancel(posting);
  assert.equal(await stepOf(here), "code");
});
