import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignIn } from "#core/sign-in";
import { aClient, unaskedBy, signInAt, sites } from "../../../tests/pages/page-fakes.ts";

const at = (page: string) => `/sign-in/abc_DEF-123${page}`;
const question = { doorToken: "d".repeat(43), nonce: "bm9uY2U=", expiresAt: new Date("2026-11-23T14:32:00Z") };
type ByCard = SignIn["by"]["citizen-card"];
const ask: ByCard["ask"] = async () => ({ ok: true, question });
const show: ByCard["show"] = async () => Promise.reject(new Error("this test shows no card"));
const byCard = (answers: Partial<ByCard> = {}) => ({ by: { ...unaskedBy, "citizen-card": { ask, show, ...answers } } });
const both = { view: signInAt("identify"), ...byCard() };
const cardOnly = { view: signInAt("identify", { cardOnly: true }), ...byCard() };
const noDoor = { cardDoorUrl: null };
const refusing = (refusal: Extract<Awaited<ReturnType<ByCard["show"]>>, { ok: false }>["refusal"]) =>
  byCard({ show: async () => ({ ok: false, refusal }) });

async function shown(signIn: Partial<SignIn>, page: string, settings = {}) {
  const response = await aClient(sites({ signIn }, settings)).ask(at(page));
  return { status: response.status, location: response.headers.get("Location"), text: await response.text() };
}

async function posted(signIn: Partial<SignIn>, fields: Record<string, string>) {
  const client = aClient(sites({ signIn }));
  const response = await client.post(at("/card/web-eid"), { csrf: await client.csrfOf(at("/card")), ...fields });
  return { client, location: response.headers.get("Location") };
}

test("where both serve, key and card are two tabs of one step, and each says which it is", async () => {
  const key = await shown(both, "/identify");
  assert.match(key.text, /<nav class="tabs"[^]*href="[^"]*\/identify" aria-current="page"[^]*href="[^"]*\/card">/);
  const card = await shown(both, "/card");
  assert.match(card.text, /data-page="sign-in-card"[^]*href="[^"]*\/identify">[^]*href="[^"]*\/card" aria-current="page"/);
  assert.match(card.text, new RegExp(`href="https://localhost:3003/\\?question=${question.doorToken}"`));
  assert.match(card.text, /name="nonce" value="bm9uY2U="/);
});

test("a portal that asks the highest level gets the card alone, and the page says why", async () => {
  assert.equal((await shown(cardOnly, "/identify")).location, at("/card"));
  const { text } = await shown(cardOnly, "/card");
  assert.doesNotMatch(text, /class="tabs"/);
  assert.match(text, /As Minhas Faturas pede o nível de confiança mais alto/);
});

test("where no cards are read there is no tab; a portal that needs one is told of honestly, with the way back to it", async () => {
  assert.doesNotMatch((await shown(both, "/identify", noDoor)).text, /class="tabs"/);
  assert.equal((await shown(both, "/card", noDoor)).location, at("/identify"));
  const closed = await shown(cardOnly, "/card", noDoor);
  assert.equal(closed.status, 422);
  assert.match(closed.text, /data-page="sign-in-card-closed" data-refusal="card\.closed"/);
  assert.match(closed.text, /action="[^"]*\/cancel"/);
});

test("the ticket from the door, and the token of Web eID, reach core as they came, and lead to the consent signed in", async () => {
  const heard: unknown[] = [];
  const show: ByCard["show"] = async (id, _visitor, proof) => {
    heard.push(id, proof);
    return { ok: true, signedIn: "s".repeat(43) };
  };
  const client = aClient(sites({ signIn: byCard({ show }) }));
  const back = await client.ask(at("/card/return?ticket=from-the-door"));
  assert.equal(back.headers.get("Location"), at("/consent"));
  assert.equal(client.cookies.get("signed_in"), "s".repeat(43));
  const signed = await posted({ ...both, ...byCard({ show }) }, { nonce: "n", token: "t", failure: "" });
  assert.equal(signed.location, at("/consent"));
  assert.deepEqual(heard, [
    "abc_DEF-123",
    { kind: "ticket", ticket: "from-the-door" },
    "abc_DEF-123",
    { kind: "web-eid", nonce: "n", token: "t" },
  ]);
});

test("a card that identifies nobody ends nothing: why, at an address without the ticket, and both ways on", async () => {
  for (const refusal of ["card.absent", "card.revoked", "card.gone", "registry.unavailable", "person.unknown"] as const) {
    const met = await shown(refusing(refusal), "/card/return?ticket=t");
    assert.equal(met.location, at(`/card/refused/${refusal}`));
    const { status, text } = await shown(both, `/card/refused/${refusal}`);
    assert.equal(status, refusal === "card.gone" ? 410 : refusal === "registry.unavailable" ? 503 : 422);
    assert.match(text, new RegExp(`data-page="sign-in-card-refused" data-refusal="${refusal}"`));
    const isForDesk = refusal === "card.revoked" || refusal === "person.unknown";
    assert.match(text, isForDesk ? /class="button" href="[^"]*\/identify"/ : /class="button" href="[^"]*\/card"/);
    for (const way of ["card", "identify"]) assert.match(text, new RegExp(`href="[^"]*/${way}"`));
  }
  for (const refusal of ["card.absent", "card.revoked"])
    assert.doesNotMatch((await shown(cardOnly, `/card/refused/${refusal}`)).text, /\/identify"/);
});

test("what only the browser knows went wrong is said too, in our own words", async () => {
  for (const [failure, refusal] of [
    ["ERR_WEBEID_USER_CANCELLED", "card.cancelled"],
    ["ERR_WEBEID_PIN_BLOCKED", "card.pin-blocked"],
    ["ERR_WEBEID_NATIVE_UNAVAILABLE", "card.absent"],
    ["__proto__", "card.reader-failed"],
    ["<script>", "card.reader-failed"],
  ] as const)
    assert.equal((await posted(both, { nonce: "n", token: "", failure })).location, at(`/card/refused/${refusal}`));
});

test("a reason that does not exist is no page; gone and out of step lead where every other page of it leads", async () => {
  for (const code of ["card.none", "__proto__", "constructor", "%00"])
    assert.equal((await shown(both, `/card/refused/${code}`)).status, 404, code);
  assert.equal((await shown(refusing("sign-in.gone"), "/card/return?ticket=t")).status, 410);
  assert.equal((await shown(refusing("sign-in.out-of-step"), "/card/return")).location, at(""));
  for (const page of ["/card", "/card/refused/card.absent"])
    assert.equal((await shown({ view: signInAt("consent") }, page)).location, at("/consent"));
});

test("the door's page for what is no question names no journey", async () => {
  const { status, text } = await aClient(sites())
    .ask("/card-gone")
    .then(async (response) => ({ status: response.status, text: await response.text() }));
  assert.equal(status, 410);
  assert.match(text, /data-page="card-gone" data-refusal="card\.gone"/);
});

test("the consent after a card is the second step of two", async () => {
  const { text } = await shown({ view: signInAt("consent", { by: "citizen-card" }) }, "/consent");
  assert.match(text, /Passo 2 de 2/);
});
