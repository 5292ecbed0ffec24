/** Who only asks leaves nothing behind: what the browser carries instead, and what it is worth in other hands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, openCoreWorld, someVisitor, taxPortal } from "../../../tests/world/core-world.ts";
import { figures } from "./rules.ts";

const world = await openCoreWorld();
const { clock, db, signIn } = world;
const answered: string[] = [];
signIn.giveWayBack("test", (answer) => {
  answered.push(answer.outcome);
  return Promise.resolve({ to: { redirect: `https://portal.example/${answer.outcome}` }, keep: [] });
});

const refusalOf = (outcome: { ok: true } | { ok: false; refusal: string }) => (outcome.ok ? "none" : outcome.refusal);

async function begin(visitor = someVisitor(), memory = "remembered") {
  const asked = { portalId: taxPortal.id, attributes: [{ name: "name", required: true }], level: 2, fresh: false } as const;
  const reference = crypto.randomUUID();
  const begun = await signIn.begin({ ...asked, reference, returnTo: `/back/${reference}`, memory, wayBack: "test" }, visitor);
  return { ...begun, visitor: { ...visitor, slip: begun.slip } };
}

const rowsOf = (id: string) => db`select step from sign_in.request where id = ${id}`;

test("asking keeps nothing; the right PIN does, and from then on the row is the truth", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  assert.ok(visitor.slip);
  assert.deepEqual(await rowsOf(id), []);
  const seen = await signIn.view(id, visitor, "identify");
  assert.ok(seen.ok && seen.view.step === "identify");
  expectOk(await signIn.identify(id, visitor, owner));
  assert.deepEqual(
    (await rowsOf(id)).map((row) => row["step"]),
    ["code"],
  );
  const now = await signIn.view(id, visitor);
  assert.ok(now.ok && now.view.step === "code", "the slip, brought again, does not take it back");
  assert.equal(refusalOf(await signIn.identify(id, visitor, owner)), "sign-in.out-of-step");
});

test("pressed ten times at once with the right PIN: one code, one sign-in", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  const before = world.smsTo(owner.phone).length;
  const pressed = await Promise.all(Array.from({ length: 10 }, () => signIn.identify(id, visitor, owner)));
  await world.runDue();
  assert.equal(pressed.filter(({ ok }) => ok).length, 1);
  assert.equal(world.smsTo(owner.phone).length, before + 1);
  assert.equal((await rowsOf(id)).length, 1);
});

test("a slip is worth nothing in another session, for another sign-in, altered, cut or enormous", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  const other = await begin(owner.visitor);
  const slip = visitor.slip ?? "";
  const flipped = slip.replace(/^(.{40})(.)/, (_, head: string, sign: string) => head + (sign === "A" ? "B" : "A"));
  const attempts = {
    "another session": { ...someVisitor(), slip },
    "another sign-in's": { ...visitor, slip: other.visitor.slip },
    altered: { ...visitor, slip: flipped },
    cut: { ...visitor, slip: slip.slice(0, -10) },
    empty: { ...visitor, slip: "" },
    enormous: { ...visitor, slip: slip.repeat(50) },
    "of other signs": { ...visitor, slip: "%00<>" },
  };
  for (const [what, bringing] of Object.entries(attempts)) {
    assert.equal(refusalOf(await signIn.view(id, bringing, "identify")), "sign-in.gone", what);
    assert.equal(refusalOf(await signIn.identify(id, bringing, owner)), "sign-in.gone", what);
  }
  assert.deepEqual(await rowsOf(id), []);
});

test("a slip ends with the time a sign-in may take", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  clock.advance(`PT${String(figures.requestLives / 1000)}S`);
  assert.equal(refusalOf(await signIn.identify(id, visitor, owner)), "sign-in.gone");
});

test("who leaves has left: the slip brought again opens nothing", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  const [left, again] = [await signIn.cancel(id, visitor), await signIn.cancel(id, visitor)];
  expectOk(left);
  assert.deepEqual(left.to, { redirect: "https://portal.example/refused" });
  expectOk(again);
  assert.match(JSON.stringify(again.to), /"\/back\//, "the portal heard of it once");
  assert.equal(refusalOf(await signIn.identify(id, visitor, owner)), "sign-in.out-of-step");
});

test("decided, it is over: the portal is answered once, and the slip brought again opens nothing", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  expectOk(await signIn.identify(id, visitor, owner));
  const confirmed = await signIn.confirm(id, visitor, await world.codeTo(owner.phone));
  expectOk(confirmed);
  const signedIn = { ...visitor, signedIn: confirmed.signedIn };
  const decided = await Promise.all(Array.from({ length: 5 }, () => signIn.decide(id, signedIn, "authorise", [])));
  assert.equal(decided.filter(({ ok }) => ok).length, 1);
  assert.equal(refusalOf(await signIn.identify(id, signedIn, owner)), "sign-in.out-of-step");
});

test("a code for a sign-in that is still at phone and PIN is led back there, and costs no try", async () => {
  const owner = await world.openKey();
  const { id, visitor } = await begin(owner.visitor);
  assert.equal(refusalOf(await signIn.confirm(id, visitor, "123456")), "sign-in.out-of-step");
  const [key] = await db`select code_failures from mobile_keys.key where phone = ${owner.phone}`;
  assert.equal(key?.["code_failures"], 0);
});

test("what is too long for a cookie is kept by us", async () => {
  const owner = await world.openKey();
  const { id, slip, visitor } = await begin(owner.visitor, "m".repeat(3_000));
  assert.equal(slip, null);
  assert.equal((await rowsOf(id)).length, 1);
  expectOk(await signIn.identify(id, visitor, owner));
});
