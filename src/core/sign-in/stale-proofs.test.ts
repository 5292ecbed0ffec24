/** A proof that the world has overtaken: a process halted between two lines, a lock that came meanwhile, a person who has left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secrets } from "#platform/secrets";
import { composeCore, expectOk, openCoreWorld, otherThan, someVisitor } from "../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { clock, db, sessions, signIn, acts } = world;
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);

/** A process that, once halted, stands between counting a PIN and comparing it until it may go on. */
async function createHaltable() {
  let halting: { readonly reached: () => void; readonly goOn: Promise<void> } | null = null;
  const secrets: Secrets = {
    ...world.secrets,
    async mac(purpose, data, version) {
      const here = purpose === "pin" ? halting : null;
      halting = here ? null : halting;
      here?.reached();
      await here?.goOn;
      return world.secrets.mac(purpose, data, version);
    },
  };
  const core = await composeCore({ ...world.ground, secrets });
  return {
    ...core,
    /** Halts the next comparison; ends when it stands there, with what lets it go on. */
    halt() {
      const [reached, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      halting = { reached: reached.resolve, goOn: gone.promise };
      return { reached: reached.promise, goOn: gone.resolve };
    },
  };
}
const slow = await createHaltable();

test("a PIN counted before the key was locked and unblocked, and compared after it, is the old one: it opens nothing", async () => {
  const owner = await world.openKey();
  const thief = someVisitor();
  const id = await world.ask(thief);
  const { reached, goOn } = slow.halt();
  const guess = slow.signIn.identify(id, thief, owner);
  await reached;
  const { id: other } = await world.identify(owner.visitor, owner);
  const code = await world.codeTo(owner.phone);
  for (const _ of [1, 2, 3]) await signIn.confirm(other, owner.visitor, otherThan(code));
  const here = await world.enterByCard(owner.person);
  expectOk(await acts.unblock.give(here, { pin: "840275" }));
  expectOk(await acts.unblock.confirm(here, await world.codeTo(owner.phone)));
  await world.runDue();
  const heard = world.smsTo(owner.phone).length;
  goOn();
  assert.equal(refusalOf(await guess), "sign-in.refused");
  await world.runDue();
  assert.equal(world.smsTo(owner.phone).length, heard, "no code is sent for it");
  assert.equal(refusalOf(await signIn.confirm(id, thief, "000000")), "sign-in.out-of-step");
});

test("a temporary PIN counted before its owner chose another, and compared after it, opens nothing", async () => {
  const owner = await world.activateByLetter();
  const thief = someVisitor();
  const id = await world.ask(thief);
  const { reached, goOn } = slow.halt();
  const guess = slow.signIn.identify(id, thief, owner);
  await reached;
  const proven = await world.prove(owner.visitor, owner);
  expectOk(await signIn.choosePin(proven.id, proven.visitor, "840275"));
  goOn();
  assert.equal(refusalOf(await guess), "sign-in.refused");
});

test("a right code does not open a key that was locked by wrong PINs while it was on its way", async () => {
  const owner = await world.openKey();
  await db`update mobile_keys.key set owner_failures = 9 where phone = ${owner.phone}`;
  const { id, outcome } = await world.identify(owner.visitor, owner);
  expectOk(outcome);
  const code = await world.codeTo(owner.phone);
  assert.equal(refusalOf((await world.identify(owner.visitor, { ...owner, pin: "000000" })).outcome), "sign-in.refused");
  const locked = async () => (await world.keys.owned((await world.citizens.idOf(owner.person.civilId)) ?? ""))?.condition;
  assert.equal(await locked(), "locked");
  assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, code)), "sign-in.gone");
  assert.equal(await locked(), "locked");
});

test("what the card proved is not authorised by a session of the key's, once the card's has ended", async () => {
  const owner = await world.openKey();
  const id = await world.ask(owner.visitor, { level: 4 });
  const byCard = await world.proveByCard(owner.visitor, owner.person, id);
  await sessions.signOut(byCard);
  const byKey = await world.enterByKey(owner, { ...owner.visitor, signedIn: null });
  assert.equal(refusalOf(await signIn.decide(id, byKey, "authorise", [])), "sign-in.gone");
});

test("whoever has signed out is shown no more of the person at a consent left open, by key or card", async () => {
  const owner = await world.openKey();
  const byKey = await world.prove(owner.visitor, owner);
  const id = await world.ask(owner.visitor, { level: 4 });
  const byCard = await world.proveByCard(owner.visitor, owner.person, id);
  for (const [open, visitor] of [
    [byKey.id, byKey.visitor],
    [id, byCard],
  ] as const) {
    clock.advance("PT10S");
    await sessions.signOut(visitor);
    for (const leaving of [visitor, { ...visitor, signedIn: null }])
      assert.equal(refusalOf(await signIn.view(open, leaving, "consent")), "sign-in.gone");
  }
});

test("a temporary PIN that went as far as its code, when another sign-in chose a PIN, opens nothing", async () => {
  const owner = await world.activateByLetter();
  const elsewhere = someVisitor();
  const { id, outcome } = await world.identify(elsewhere, owner);
  expectOk(outcome);
  const code = await world.codeTo(owner.phone);
  const proven = await world.prove(owner.visitor, owner);
  expectOk(await signIn.choosePin(proven.id, proven.visitor, "840275"));
  assert.equal(refusalOf(await signIn.confirm(id, elsewhere, code)), "sign-in.gone");
});

test("two sign-ins that one temporary PIN took to a new PIN, which both choose at the same moment: one goes on, and the key has its PIN", async () => {
  const owner = await world.activateByLetter();
  const proven = [await world.prove(owner.visitor, owner), await world.prove(someVisitor(), owner)];
  const pins = ["840275", "617380"];
  const chosen = await Promise.all(proven.map(({ id, visitor }, place) => signIn.choosePin(id, visitor, pins[place] ?? "")));
  assert.deepEqual(chosen.map(({ ok }) => ok).toSorted(), [false, true]);
  const winner = pins[chosen.findIndex(({ ok }) => ok)] ?? "";
  const [key] = await db<{ id: string }>`select id from mobile_keys.key where phone = ${owner.phone}`;
  assert.equal(await world.keys.hasPin(key?.id ?? "", winner), true);
  const sessions = await db`select from sessions.session where key_id = ${key?.id}`;
  assert.equal(sessions.length, 1);
});

const other = await composeCore(world.ground);
const codeFailuresOf = async (phone: string) =>
  (await db<{ failures: number }>`select code_failures as failures from mobile_keys.key where phone = ${phone}`)[0]?.failures;

test("what one process remembers of a sign-in is worth nothing once another has ended it", async () => {
  const owner = await world.openKey();
  const { id, outcome } = await world.identify(owner.visitor, owner);
  expectOk(outcome);
  const code = await world.codeTo(owner.phone);
  expectOk(await other.signIn.cancel(id, owner.visitor));
  assert.equal(refusalOf(await signIn.confirm(id, owner.visitor, code)), "sign-in.out-of-step");
  assert.equal(await codeFailuresOf(owner.phone), 0, "a try was not taken for it");
  const left = await world.prove(owner.visitor, owner);
  await other.sessions.signOut(left.visitor);
  assert.equal(refusalOf(await signIn.decide(left.id, left.visitor, "authorise", [])), "sign-in.gone");
  const refusing = await world.prove(owner.visitor, owner);
  expectOk(await other.signIn.decide(refusing.id, refusing.visitor, "refuse", []));
  assert.equal(refusalOf(await signIn.decide(refusing.id, refusing.visitor, "authorise", [])), "sign-in.out-of-step");
  const unblocked = await world.prove(owner.visitor, owner);
  await db`update mobile_keys.key set code_failures = 3 where phone = ${owner.phone}`;
  const here = await world.enterByCard(owner.person);
  expectOk(await other.acts.unblock.give(here, { pin: "840275" }));
  expectOk(await other.acts.unblock.confirm(here, await world.codeTo(owner.phone)));
  assert.equal(refusalOf(await signIn.decide(unblocked.id, unblocked.visitor, "authorise", [])), "sign-in.gone");
});

test("a sign-in that its browser carries, cancelled in one process, is over in another that still remembers it", async () => {
  const owner = await world.openKey();
  const { id, slip } = await world.reservedArea.enter(owner.visitor, "/reserved-area", "key-or-card");
  const carrying = { ...owner.visitor, slip };
  expectOk(await other.signIn.cancel(id, carrying));
  assert.equal(refusalOf(await signIn.by["citizen-card"].ask(id, carrying, "/back")), "sign-in.out-of-step");
  assert.equal(refusalOf(await signIn.identify(id, carrying, owner)), "sign-in.out-of-step");
  const [counts] = await db`select owner_failures as owner from mobile_keys.key where phone = ${owner.phone}`;
  assert.deepEqual(counts, { owner: 0 });
});
