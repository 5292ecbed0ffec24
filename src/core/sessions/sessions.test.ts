/** What a session spares, how long, and what ends it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { healthPortal, openCoreWorld, someVisitor } from "../../../tests/world/core-world.ts";
import { asking, createSignInStories, refusalOf } from "../../../tests/world/sign-in-stories.ts";

const world = await openCoreWorld();
const { clock, sessions, signIn } = world;
const { stepOf } = createSignInStories(world);

test("a session spares the PIN for the same attributes at the same level or a lower one, never the consent", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner, [], { attributes: asking("name", "tax_number") });
  const cases = [
    ["the same", { attributes: asking("name", "tax_number") }, "consent"],
    ["another portal", { attributes: asking("name"), portalId: healthPortal.id }, "consent"],
    ["a lower level", { attributes: asking("name"), level: 2 }, "consent"],
    ["one more attribute", { attributes: asking("name", "email") }, "identify"],
    ["a higher level", { attributes: asking("name"), level: 4 }, "identify"],
    ["proof asked anew", { attributes: asking("name"), fresh: true }, "identify"],
  ] as const;
  for (const [what, asked, step] of cases) assert.equal(await stepOf(await world.ask(visitor, asked), visitor), step, what);
  assert.equal(
    await stepOf(await world.ask(owner.visitor, { attributes: asking("name") }), owner.visitor),
    "identify",
    "without its cookie",
  );
  const thief = someVisitor({ signedIn: "a secret that was guessed" });
  assert.equal(await stepOf(await world.ask(thief, { attributes: asking("name") }), thief), "identify");
});

test("a session ends after 60 minutes of silence, and after 8 hours whatever happens", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner);
  const step = async () => stepOf(await world.ask(visitor), visitor);
  for (let minutes = 59; minutes < 8 * 60; minutes += 59) {
    clock.advance("PT59M");
    assert.equal(await step(), "consent", `after ${minutes} minutes`);
  }
  clock.advance("PT8M");
  assert.equal(await step(), "identify");
  const again = await world.signInto(owner.visitor, owner);
  clock.advance("PT60M");
  assert.equal(await stepOf(await world.ask(again.visitor), again.visitor), "identify");
});

test("signing out ends the session, and what waits for consent in another tab", async () => {
  const owner = await world.openKey();
  const { visitor } = await world.signInto(owner.visitor, owner);
  const tab = await world.ask(visitor);
  await sessions.signOut(visitor);
  assert.equal(refusalOf(await signIn.decide(tab, visitor, "authorise", [])), "sign-in.gone");
  assert.equal(await stepOf(await world.ask(visitor), visitor), "identify");
});

test("a proof opens a new session and ends the browser's old one", async () => {
  const owner = await world.openKey();
  const first = await world.signInto(owner.visitor, owner);
  const second = await world.signInto(first.visitor, owner, [], { fresh: true });
  assert.notEqual(first.visitor.signedIn, second.visitor.signedIn);
  assert.equal(await stepOf(await world.ask(first.visitor), first.visitor), "identify");
  assert.equal(await stepOf(await world.ask(second.visitor), second.visitor), "consent");
});
