import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Hono } from "hono";
import { createCivilRegistrySandbox } from "../civil-registry/index.ts";
import { createSandboxClock } from "../clock/index.ts";
import { createPeople, type SamplePerson } from "../people/index.ts";
import { createHub } from "./index.ts";

function openHub() {
  const shelfFolder = mkdtempSync(join(tmpdir(), "hub-"));
  const clock = createSandboxClock({ shelfFolder });
  const people = createPeople({ clock, shelfFolder });
  const registry = createCivilRegistrySandbox({ people, clock, credential: "credential", shelfFolder });
  const actors = [{ routes: new Hono().get("/phones", (c) => c.text("phones")) }];
  return createHub({
    port: 0,
    people,
    registry,
    clock,
    settled: () => Promise.resolve(),
    actors,
    places: [{ label: "Chave", url: "http://localhost:3000" }],
  }).routes;
}

const post = (body: unknown) => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

test("the front page shows the people, the clock and the places, and is plainly a sandbox", async () => {
  const text = await (await openHub().request("/")).text();
  for (const shown of [
    "SANDBOX",
    "Leonor Exemplo Sereno",
    "/phones/+351910000101",
    "/letterboxes/10000101",
    "http://localhost:3000",
    `name="advance"`,
  ]) {
    assert.ok(text.includes(shown), shown);
  }
});

test("the actors' own routes answer at the hub", async () => {
  assert.equal(await (await openHub().request("/phones")).text(), "phones");
});

test("an event at the registry shows in the list of people", async () => {
  const hub = openHub();
  const event = await hub.request("/registry/10000101", post({ documentExpires: "2031-01-02" }));
  assert.equal(event.status, 200);
  const people = (await (await hub.request("/people")).json()) as SamplePerson[];
  assert.equal(people.find(({ civilId }) => civilId === "10000101")?.document.expires, "2031-01-02");
});

test("an event that is not understood is 400, one for nobody 404", async () => {
  const hub = openHub();
  for (const bad of [
    {},
    { documentExpires: "2031-02-31" },
    { deceased: "yes" },
    { address: { lines: [] } },
    { other: 1 },
    null,
  ]) {
    assert.equal((await hub.request("/registry/10000101", post(bad))).status, 400, JSON.stringify(bad));
  }
  assert.equal((await hub.request("/registry/00000000", post({ deceased: true }))).status, 404);
});

test("the registry's wire is closed without its credential", async () => {
  const answer = await openHub().request("/registry-api/persons/search", post({ taxNumber: "200001019" }));
  assert.equal(answer.status, 401);
});

test("forms of the front page move the clock, make a person, and come back", async () => {
  const hub = openHub();
  const form = { method: "POST", body: new URLSearchParams({ advance: "P5D" }) };
  assert.equal((await hub.request("/clock", form)).status, 303);
  const { offsetSeconds } = (await (await hub.request("/clock")).json()) as { offsetSeconds: number };
  assert.equal(offsetSeconds, 432_000);
  const made = await hub.request("/people/new", { method: "POST" });
  assert.equal(made.headers.get("location"), "/#15000000");
});
