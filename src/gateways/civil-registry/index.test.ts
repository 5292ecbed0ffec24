import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Hono } from "hono";
import type { Log } from "#platform/log";
import { systemRandom as random } from "#platform/world";
import { createCivilRegistrySandbox } from "../../sandbox/civil-registry/index.ts";
import { PATIENCE_MILLISECONDS } from "../../../tests/world/patience.ts";
import { openDoor } from "../../sandbox/kit/door.ts";
import { createPeople } from "../../sandbox/people/index.ts";
import { CivilRegistryFault, createCivilRegistry, type Patience } from "./index.ts";

const CREDENTIAL = "registry-credential";
const LEONOR = "200001019";
const patience: Partial<Patience> = { retries: 2, pause: 4, threshold: 5, rest: 10_000 };

function createHeardLog(): { log: Log; heard: () => string } {
  const lines: unknown[] = [];
  const note = (about: object, message?: string) => void lines.push({ about, message });
  const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
  return { log, heard: () => JSON.stringify(lines) };
}

function createMovableClock() {
  let time = Date.parse("2026-11-22T10:00:00Z");
  return { now: () => new Date(time), move: (milliseconds: number) => (time += milliseconds) };
}

function gatewayTo(url: string, credential = CREDENTIAL, timeout = PATIENCE_MILLISECONDS) {
  const clock = createMovableClock();
  const { log, heard } = createHeardLog();
  return {
    registry: createCivilRegistry({ url, credential, clock, random, log, patience: { ...patience, timeout } }),
    clock,
    heard,
  };
}

function faultOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => assert.fail("an answer where a fault was due"),
    (fault: unknown) => fault,
  );
}

/** A registry that behaves as the test says, on a real socket. */
async function openRegistry(t: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(address && typeof address === "object");
  return `http://127.0.0.1:${address.port}`;
}

async function openSandboxRegistry(t: TestContext) {
  const shelfFolder = mkdtempSync(join(tmpdir(), "registry-"));
  const clock = createMovableClock();
  const people = createPeople({ clock, shelfFolder });
  const sandbox = createCivilRegistrySandbox({ people, clock, credential: CREDENTIAL, shelfFolder });
  const door = await openDoor(new Hono().route("/registry-api", sandbox.routes).fetch, 0);
  t.after(() => door.close());
  return { url: `http://127.0.0.1:${door.port}/registry-api`, sandbox, people, shelfFolder, clock };
}

test("a person of the registry is found by tax number, and nobody is null", async (t) => {
  const { url } = await openSandboxRegistry(t);
  const { registry } = gatewayTo(url);
  const person = await registry.findByTaxNumber(LEONOR);
  assert.equal(person?.name, "Leonor Exemplo Sereno");
  assert.equal(person.document?.kind, "CC");
  assert.equal(person.address?.postalCode.length, 8);
  assert.equal(await registry.findByTaxNumber("299999998"), null);
});

test("an event at the registry changes its answer and outlives a restart", async (t) => {
  const { url, sandbox, people, clock, shelfFolder } = await openSandboxRegistry(t);
  const { registry } = gatewayTo(url);
  const address = { lines: ["Rua Nova, 1"], postalCode: "1234-567", locality: "Vila Nova", country: "PT" };
  sandbox.record("10000101", { documentCancelled: true, deceased: true, address });
  const person = await registry.findByTaxNumber(LEONOR);
  assert.equal(person?.document?.cancelled, true);
  assert.equal(person.deceased, true);
  assert.equal(person.address?.since, "2026-11-22");
  const reopened = createCivilRegistrySandbox({ people, clock, credential: CREDENTIAL, shelfFolder });
  const [leonor] = people.all();
  assert.ok(leonor);
  assert.equal(reopened.current(leonor).address.locality, "Vila Nova");
});

test("a wrong credential is a fault, and is not tried again", async (t) => {
  const { url } = await openSandboxRegistry(t);
  const { registry, heard } = gatewayTo(url, "stolen");
  await assert.rejects(registry.findByTaxNumber(LEONOR), CivilRegistryFault);
  assert.equal(heard(), "[]");
});

test("the number asked for travels in the body, never in the address", async (t) => {
  const addresses: string[] = [];
  const url = await openRegistry(t, (request, response) => {
    addresses.push(request.url ?? "");
    response.writeHead(404, { "content-type": "application/json" }).end(`{"error":"person_not_found"}`);
  });
  assert.equal(await gatewayTo(url).registry.findByTaxNumber(LEONOR), null);
  assert.deepEqual(addresses, ["/persons/search"]);
});

test("a 404 that is not the registry's own is a fault, not nobody", async (t) => {
  const url = await openRegistry(t, (_request, response) => response.writeHead(404).end("<h1>no such page</h1>"));
  await assert.rejects(gatewayTo(url).registry.findByTaxNumber(LEONOR), CivilRegistryFault);
});

test("two bad moments are forgiven, and the person still gets an answer", async (t) => {
  let calls = 0;
  const url = await openRegistry(t, (_request, response) => {
    calls += 1;
    if (calls === 1) response.writeHead(503).end();
    else if (calls === 2) response.destroy();
    else response.writeHead(404).end(`{"error":"person_not_found"}`);
  });
  assert.equal(await gatewayTo(url).registry.findByTaxNumber(LEONOR), null);
  assert.equal(calls, 3);
});

test("a refusal by the registry (4xx) is asked once", async (t) => {
  let calls = 0;
  const url = await openRegistry(t, (_request, response) => {
    calls += 1;
    response.writeHead(429).end();
  });
  await assert.rejects(gatewayTo(url).registry.findByTaxNumber(LEONOR), CivilRegistryFault);
  assert.equal(calls, 1);
});

test("a registry that says nothing is given up after its time, and no fault or log line names the person", async (t) => {
  const url = await openRegistry(t, () => undefined);
  const { registry, heard } = gatewayTo(url, CREDENTIAL, 150);
  const fault = await faultOf(registry.findByTaxNumber(LEONOR));
  assert.ok(fault instanceof CivilRegistryFault);
  assert.match(fault.message, /TimeoutError/);
  assert.match(heard(), /TimeoutError/);
  assert.ok(!heard().includes(LEONOR) && !String(fault.stack).includes(LEONOR));
});

test("after five failures nobody waits; after the rest one call tries and closes the circuit", async (t) => {
  let calls = 0;
  let healthy = false;
  const url = await openRegistry(t, (_request, response) => {
    calls += 1;
    if (healthy) response.writeHead(404).end(`{"error":"person_not_found"}`);
    else response.writeHead(500).end();
  });
  const { registry, clock } = gatewayTo(url);
  await assert.rejects(registry.findByTaxNumber(LEONOR), /status 500/);
  await assert.rejects(registry.findByTaxNumber(LEONOR), /resting/);
  assert.equal(calls, 5);
  await assert.rejects(registry.findByTaxNumber(LEONOR), /resting/);
  assert.equal(calls, 5);
  clock.move(10_000);
  healthy = true;
  assert.equal(await registry.findByTaxNumber(LEONOR), null);
  assert.equal(await registry.findByTaxNumber(LEONOR), null);
  assert.equal(calls, 7);
});

const person = {
  civilId: "10000101",
  taxNumber: LEONOR,
  name: "Leonor Exemplo",
  givenNames: "Leonor",
  familyNames: "Exemplo",
  birthDate: "1990-01-01",
  nationality: "PT",
  deceased: false,
  document: null,
  address: null,
};
const malformed: Readonly<Record<string, string>> = {
  "another person's record": JSON.stringify({ ...person, taxNumber: "200002023" }),
  "a missing status": JSON.stringify({ ...person, deceased: undefined }),
  "an impossible birth date": JSON.stringify({ ...person, birthDate: "1990-02-31" }),
  "no JSON": "<html>",
  "too much": JSON.stringify({ ...person, name: "L".repeat(20_000) }),
};
for (const [what, body] of Object.entries(malformed)) {
  test(`an answer with ${what} is a fault that does not quote it`, async (t) => {
    const url = await openRegistry(t, (_request, response) => response.writeHead(200).end(body));
    const { registry, heard } = gatewayTo(url);
    const fault = await faultOf(registry.findByTaxNumber(LEONOR));
    assert.ok(fault instanceof CivilRegistryFault);
    assert.ok(!`${fault.stack} ${heard()}`.includes("Leonor"));
  });
}
