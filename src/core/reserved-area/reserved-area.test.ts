/** The door of the reserved area, and what stands behind it: for whom it opens, for how long, and what it shows. */
import type { Visitor } from "#core/vocabulary";
import assert from "node:assert/strict";
import { test } from "node:test";

import { expectOk, healthPortal, openCoreWorld, somePerson, someVisitor, taxPortal } from "../../../tests/world/core-world.ts";

const world = await openCoreWorld();
const { clock, db, reservedArea, signIn } = world;
const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);

async function seen(visitor: Visitor) {
  const found = await reservedArea.view(visitor);
  expectOk(found);
  return found.view;
}

test("nobody signed in sees nothing, nor who makes a session up", async () => {
  assert.equal(refusalOf(await reservedArea.view(someVisitor())), "session.none");
  assert.equal(refusalOf(await reservedArea.view(someVisitor({ signedIn: "A".repeat(43) }))), "session.none");
});

test("with the key: phone, PIN and code, no consent, and back to where one was going", async () => {
  const owner = await world.openKey();
  const visitor = owner.visitor;
  const { id, step, slip } = await reservedArea.enter(visitor, "/reserved-area", "key-or-card");
  assert.equal(step, "identify");
  assert.ok(slip, "who only asks leaves nothing in the database");
  expectOk(await signIn.identify(id, { ...visitor, slip }, owner));
  const code = await world.codeTo(owner.phone);
  assert.ok(world.smsTo(owner.phone).some((text) => text.includes('ENTRAR em "Area reservada"')));
  const confirmed = await signIn.confirm(id, visitor, code);
  expectOk(confirmed);
  const inside = { ...visitor, signedIn: confirmed.signedIn };
  const after = await signIn.view(id, inside);
  assert.ok(after.ok && after.view.step === "finished" && after.view.returnTo === "/reserved-area");
  const view = await seen(inside);
  assert.equal(view.name, owner.person.name);
  assert.equal(view.key?.condition, "active");
  assert.equal(view.key.phone, owner.phone);
  assert.deepEqual(view.document, { kind: "CC", number: owner.person.document?.number, expires: "2032-06-30" });
});

test("with the card, who has no key sees so", async () => {
  const inside = await world.enterByCard(somePerson());
  const view = await seen(inside);
  assert.equal(view.key, null);
  assert.equal(view.lastSignIn, null);
});

test("with the card, who has a locked key sees that", async () => {
  const owner = await world.openLockedKey();
  assert.equal((await seen(await world.enterByCard(owner.person))).key?.condition, "locked");
});

test("a temporary PIN is replaced at this door too, and then it opens", async () => {
  const applied = await world.activateByLetter();
  const { id, slip } = await reservedArea.enter(applied.visitor, "/reserved-area", "key-or-card");
  expectOk(await signIn.identify(id, { ...applied.visitor, slip }, applied));
  const confirmed = await signIn.confirm(id, applied.visitor, await world.codeTo(applied.phone));
  expectOk(confirmed);
  assert.equal(confirmed.signedIn, null, "no session before the new PIN");
  const chosen = await signIn.choosePin(id, applied.visitor, "739164");
  expectOk(chosen);
  const inside = { ...applied.visitor, signedIn: chosen.signedIn };
  const after = await signIn.view(id, inside);
  assert.ok(after.ok && after.view.step === "finished");
  assert.equal((await seen(inside)).key?.condition, "active");
});

test("a portal's sign-in opens this door, but what was proven here spares nothing at a portal that asks for data", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner);
  assert.equal((await seen(visitor)).key?.condition, "active");
  const inside = await world.enterByKey(owner, owner.visitor);
  const id = await world.ask(inside, { attributes: [{ name: "name", required: true }] });
  const asked = await signIn.view(id, inside);
  assert.ok(asked.ok && asked.view.step === "identify");
});

test("a portal that wants the citizen card does not get the key's session, nor its PIN", async () => {
  const owner = await world.openKey();
  const { id, slip } = await reservedArea.enter(owner.visitor, "/reserved-area/unblock", "card");
  const refused = await signIn.identify(id, { ...owner.visitor, slip }, owner);
  assert.equal(refusalOf(refused), "sign-in.card-only");
});

test("sixty minutes of rest end it, eight hours in all, and signing out at once", async () => {
  const owner = await world.openKey();
  const resting = await world.enterByKey(owner, owner.visitor);
  clock.advance("PT59M");
  await seen(resting);
  clock.advance("PT60M");
  assert.equal(refusalOf(await reservedArea.view(resting)), "session.none");
  const busy = await world.enterByKey(owner, owner.visitor);
  for (let half = 0; half < 15; half++) {
    clock.advance("PT30M");
    await seen(busy);
  }
  clock.advance("PT30M");
  assert.equal(refusalOf(await reservedArea.view(busy)), "session.none");
  const leaving = await world.enterByKey(owner, owner.visitor);
  await reservedArea.signOut(leaving);
  assert.equal(refusalOf(await reservedArea.view(leaving)), "session.none");
});

test("a session opened with a key ends when the key is locked, frozen, replaced or over; the card's does not", async () => {
  for (const change of ["locked", "frozen", "replaced", "cancelled"]) {
    const owner = await world.openKey();
    const [byKey, byCard] = [await world.enterByKey(owner, owner.visitor), await world.enterByCard(owner.person)];
    if (change === "locked") await db`update mobile_keys.key set code_failures = 3 where phone = ${owner.phone}`;
    else await db`update mobile_keys.key set state = ${change} where phone = ${owner.phone}`;
    assert.equal(refusalOf(await reservedArea.view(byKey)), "session.none", change);
    await seen(byCard);
  }
});

test("whoever turns back at the door goes home, and the door stays shut", async () => {
  const visitor = someVisitor();
  const { id, slip } = await reservedArea.enter(visitor, "/reserved-area", "key-or-card");
  const cancelled = await signIn.cancel(id, { ...visitor, slip });
  expectOk(cancelled);
  assert.deepEqual(cancelled.to, { redirect: "/" });
  assert.equal(refusalOf(await reservedArea.view(visitor)), "session.none");
});

test("the last sign-in is told: where, when and how, but not the entry that is this visit", async () => {
  const owner = await world.openKey();
  await world.signInto(owner.visitor, owner);
  const at = clock.now();
  clock.advance("PT10M");
  const first = await world.enterByCard(owner.person);
  assert.deepEqual((await seen(first)).lastSignIn, { portal: taxPortal.name, at, byCard: false });
  const entered = clock.now();
  clock.advance("PT10M");
  const { lastSignIn } = await seen(await world.enterByKey(owner, owner.visitor));
  assert.deepEqual(lastSignIn, { portal: { pt: "Área reservada", en: "Reserved area" }, at: entered, byCard: true });
});

test("a portal that is no longer there has no name, and a sign-in that the person refused is none", async () => {
  const owner = await world.openKey();
  await world.signInto(owner.visitor, owner, [], { portalId: healthPortal.id });
  await world.portals.disable(healthPortal.id);
  clock.advance("PT1M");
  const refusing = await world.prove(owner.visitor, owner);
  expectOk(await signIn.decide(refusing.id, refusing.visitor, "refuse", []));
  clock.advance("PT1M");
  const { lastSignIn } = await seen(await world.enterByCard(owner.person));
  assert.equal(lastSignIn?.portal, null);
  await world.portals.register(healthPortal);
});

test("no protocol can ask in the house's name", async () => {
  assert.equal(await world.portals.find("the house"), null);
});

test("one person's sign-ins are never another's last", async () => {
  const [one, other] = [await world.openKey(), await world.openKey()];
  await world.signInto(one.visitor, one);
  clock.advance("PT1M");
  assert.equal((await seen(await world.enterByCard(other.person))).lastSignIn, null);
});
