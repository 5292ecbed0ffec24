import assert from "node:assert/strict";
import { request, type RequestOptions } from "node:https";
import { test, after } from "node:test";
import { connect, type TLSSocket } from "node:tls";
import { createCitizenCards } from "#core/citizen-cards";
import { createJobs } from "#platform/jobs/job-queue";
import { listen } from "#platform/http";
import { holderParts, makeCertificate, makeKey } from "../../../tests/world/card-authorities.ts";
import type { Made } from "../../../tests/world/card-authorities.ts";
import { openCardWorld } from "../../../tests/world/card-world.ts";
import { createOutside, somePerson, someVisitor } from "../../../tests/world/core-world.ts";
import { openTestDatabase, silentLog, testRandom, testSecrets } from "../../../tests/world/world.ts";
import { cardTls, createCardDoor } from "./index.ts";

const { card, clock, gateway, root, issuing } = await openCardWorld();
const db = await openTestDatabase();
const secrets = testSecrets();
const jobs = createJobs({ db, clock, random: testRandom, secrets, log: silentLog });
const outside = createOutside();
const floor = { db, clock, random: testRandom, secrets, jobs };
const cards = createCitizenCards({ floor, registry: outside.registry, authority: gateway() });
const server = await makeCertificate({ name: [["2.5.4.3", "localhost"]] });
const pemKey = ({ key }: Made) => key.export({ type: "pkcs8", format: "pem" }).toString();
const door = await listen({
  port: 0,
  handle: createCardDoor({ cards, publicUrl: "https://chave.example" }),
  log: silentLog,
  tls: cardTls({
    key: pemKey(server),
    certificate: server.x509.toString(),
    authorities: [root, issuing].map(({ x509 }) => x509.toString()),
  }),
});
after(() => door.close());

const person = somePerson();
outside.people.set(person.civilId, person);
const leaf = await card({ name: holderParts(`BI${person.civilId}1`, person.name) });
const purposeOf = () => ({ session: someVisitor().session, act: "activation", subject: "x" }) as const;
const withCard = (made: Made) => ({ key: pemKey(made), cert: made.x509.toString() });

interface Answered {
  readonly status: number;
  readonly location: string;
}

function ask(question: string, options: RequestOptions = {}): Promise<Answered> {
  const at = {
    host: "localhost",
    port: door.port,
    path: `/?question=${question}`,
    rejectUnauthorized: false,
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    request({ ...at, ...options }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? "" });
    })
      .once("error", reject)
      .end();
  });
}

const gone = "https://chave.example/card-gone";
const ticketIn = (location: string) => /^https:\/\/chave\.example\/back\?ticket=([\w-]{43})$/.exec(location)?.[1] ?? "";

async function verdictOf(purpose: ReturnType<typeof purposeOf>, { location }: Answered): Promise<string> {
  const identified = await cards.identifyByCard(purpose, { kind: "ticket", ticket: ticketIn(location) });
  return identified.ok ? identified.person.civilId : identified.refusal;
}

test("a card that answers the handshake names its holder to the browser that asked", async () => {
  const purpose = purposeOf();
  const { doorToken } = await cards.ask(purpose, "/back");
  const answered = await ask(doorToken, withCard(leaf));
  assert.equal(answered.status, 303);
  assert.equal(await verdictOf(purpose, answered), person.civilId);
});

test("no certificate, an unknown issuer's, a signature certificate: the connection holds, and the page is told why", async () => {
  const stranger = await makeCertificate({});
  const signing = await card({ usage: ["nonRepudiation"] });
  for (const [options, refusal] of [
    [{}, "card.absent"],
    [withCard(stranger), "card.unknown-issuer"],
    [withCard(signing), "card.wrong-certificate"],
  ] as const) {
    const purpose = purposeOf();
    const { doorToken } = await cards.ask(purpose, "/back");
    assert.equal(await verdictOf(purpose, await ask(doorToken, options)), refusal);
  }
});

test("another's certificate without its key opens no connection", async () => {
  const { doorToken } = await cards.ask(purposeOf(), "/back");
  const thief = { cert: leaf.x509.toString(), key: pemKey({ ...leaf, key: makeKey("P-256") }) };
  await assert.rejects(ask(doorToken, thief));
});

test("a question is answered once; what comes again goes back without a ticket, and what is no question to the page that says so", async () => {
  const { doorToken } = await cards.ask(purposeOf(), "/back");
  assert.notEqual(ticketIn((await ask(doorToken, withCard(leaf))).location), "");
  assert.equal((await ask(doorToken, withCard(leaf))).location, "https://chave.example/back");
  for (const question of ["", "x", "x".repeat(5_000), "%00", "a".repeat(43)]) {
    assert.equal((await ask(question, withCard(leaf))).location, gone, question.slice(0, 50));
  }
});

test("what a page loads behind the person's back is not answered, nor is a form", async () => {
  const { doorToken } = await cards.ask(purposeOf(), "/back");
  for (const destination of ["image", "iframe", "empty", "script"]) {
    const headers = { "sec-fetch-dest": destination };
    assert.equal((await ask(doorToken, { ...withCard(leaf), headers })).location, gone);
  }
  assert.equal((await ask(doorToken, { ...withCard(leaf), method: "POST" })).status, 405);
  const answered = await ask(doorToken, { ...withCard(leaf), headers: { "sec-fetch-dest": "document" } });
  assert.notEqual(ticketIn(answered.location), "");
});

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  test(`a connection takes up no earlier one's proof (${version})`, async () => {
    const first = await handshake({ ...withCard(leaf), minVersion: version, maxVersion: version });
    const second = await handshake({ session: first.session, minVersion: version, maxVersion: version });
    assert.equal(second.isReused, false);
  });
}

interface Shaken {
  readonly session: Buffer | undefined;
  readonly isReused: boolean;
}

/** One request, read to its end, for a session to be kept if there is one. */
function handshake(options: object): Promise<Shaken> {
  return new Promise((resolve, reject) => {
    let session: Buffer | undefined;
    let isReused = true;
    const socket: TLSSocket = connect({ port: door.port, host: "localhost", rejectUnauthorized: false, ...options }, () => {
      isReused = socket.isSessionReused();
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    socket.on("session", (kept: Buffer) => (session = kept));
    socket.resume();
    socket.once("error", reject);
    socket.once("close", () => {
      resolve({ session, isReused });
    });
  });
}

test("the ticket is nowhere but in the address: what the card proved expects its own browser", async () => {
  const [mine, theirs] = [purposeOf(), purposeOf()];
  const { doorToken } = await cards.ask(mine, "/back");
  const answered = await ask(doorToken, withCard(leaf));
  assert.equal(await verdictOf(theirs, answered), "card.gone");
  assert.equal(await verdictOf(mine, answered), "card.gone");
});
