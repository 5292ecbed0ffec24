import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { request as send } from "node:http";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { openTestDatabase, projectRoot, silentLog, testClock, testRandom, testSecrets } from "../../../tests/world/world.ts";
import { listen, nameRoute, requestId } from "./http.ts";
import type { DoorNeeds } from "./http.ts";
import { createJobs } from "../jobs/job-queue.ts";
import type { Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { openOperations } from "./operations.ts";

const lines: object[] = [];
const log: Log = { ...silentLog, info: (about) => void lines.push(about) };

async function door(handle: DoorNeeds["handle"], further: Partial<DoorNeeds> = {}) {
  const opened = await listen({ port: 0, host: "127.0.0.1", handle, log, ...further });
  after(() => opened.close());
  return { ...opened, url: `http://127.0.0.1:${String(opened.port)}` };
}

const echo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request);
  response.end(`${requestId(request)} ${String(body.length)}`);
};

async function raw(port: number, octets: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(octets);
  return text(socket);
}

test("the id of a request is ours, whatever the visitor says it is", async () => {
  const { url } = await door(echo);
  const response = await fetch(url, { headers: { "x-request-id": "theirs" } });
  const id = response.headers.get("x-request-id");
  assert.match(id ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(await response.text(), `${id ?? ""} 0`);
});

test("a line is written for each request, without its query, its identifiers or anybody's name", async () => {
  const seen: string[] = [];
  const { url, close } = await door(echo, { observe: ({ route }) => void seen.push(route) });
  lines.length = 0;
  await (await fetch(`${url}/sign-in/7c9e6679-7425-40de-944b/code?phone=912345678`)).text();
  await (await fetch(`${url}/people/Maria%20Silva/+351912345678`)).text();
  await close();
  assert.doesNotMatch(JSON.stringify(lines), /912345678|7c9e|Maria/);
  assert.deepEqual(seen, ["/sign-in/:id/code", "/people/:id/:id"]);
});

test("the router's own pattern is what is written", async () => {
  const seen: string[] = [];
  const { url, close } = await door(
    (_request, response: ServerResponse) => {
      nameRoute(response, "/thing/:thing");
      response.end();
    },
    { observe: ({ route }) => void seen.push(route) },
  );
  await (await fetch(`${url}/thing/abc`)).text();
  await close();
  assert.deepEqual(seen, ["/thing/:thing"]);
});

test("a body over the limit is refused, announced or not; the limit may depend on the path", async () => {
  const { url, port } = await door(echo, { bodyLimit: (path) => (path === "/sign" ? 100_000 : 1_000) });
  const post = (path: string, body: string) => fetch(url + path, { method: "POST", body });
  assert.equal((await post("/", "x".repeat(1_000))).status, 200);
  assert.equal((await post("/", "x".repeat(1_001))).status, 413);
  assert.equal((await post("/sign", "x".repeat(50_000))).status, 200);
  const chunked = send({ port, host: "127.0.0.1", method: "POST", headers: { "transfer-encoding": "chunked" } });
  chunked.on("error", () => undefined);
  const answered = once(chunked, "response");
  for (let i = 0; i < 20; i++) chunked.write("x".repeat(100));
  chunked.end();
  const [response] = (await answered) as [IncomingMessage];
  assert.equal(response.statusCode, 413);
});

test("what is no HTTP is answered 400, and headers without end 431", async () => {
  const { port, url } = await door(echo);
  assert.match(await raw(port, "nonsense\r\n\r\n"), /^HTTP\/1\.1 400 /);
  assert.match(await raw(port, `GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.equal((await fetch(url)).status, 200);
});

test("a fault is a 500 that says nothing, thrown at once or later", async () => {
  for (const handle of [
    () => {
      throw new Error("s3cret");
    },
    () => Promise.reject(new Error("s3cret")),
  ]) {
    const { url } = await door(handle);
    const response = await fetch(url);
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /s3cret/);
  }
});

test("closing waits for the answer that is being made", async () => {
  const { promise: entered, resolve: enter } = Promise.withResolvers<undefined>();
  const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();
  const opened = await listen({
    port: 0,
    host: "127.0.0.1",
    log: silentLog,
    handle: async (_request, response: ServerResponse) => {
      enter(undefined);
      await gate;
      response.end("whole");
    },
  });
  const answer = fetch(`http://127.0.0.1:${String(opened.port)}`);
  await entered;
  const closed = opened.close();
  open(undefined);
  assert.equal(await (await answer).text(), "whole");
  await closed;
});

test("operators see whether it is alive, ready, and how it is", async () => {
  const db = await openTestDatabase();
  const clock = testClock();
  const jobs = createJobs({ db, clock, random: testRandom, secrets: testSecrets(), log: silentLog });
  const metrics = createMetrics({ db, jobs, clock });
  const operations = await openOperations({ port: 0, db, migrations: `${projectRoot}/sql`, metrics, log: silentLog });
  after(() => operations.close());
  const ask = (path: string) => fetch(`http://127.0.0.1:${String(operations.port)}${path}`);

  assert.equal((await ask("/health/live")).status, 200);
  assert.equal((await ask("/health/ready")).status, 200);
  await jobs.enqueue({ kind: "note", payload: {} });
  metrics.observeDoor("public")({ method: "GET", route: "/activate", status: 200, seconds: 0.01 });
  const page = await (await ask("/metrics")).text();
  assert.match(page, /chave_jobs\{kind="note",state="queued"\} 1/);
  assert.match(page, /chave_http_request_seconds_count\{door="public",method="GET",route="\/activate",status="2xx"\} 1/);
  assert.match(page, /chave_database_connections/);
  assert.equal((await ask("/constructor")).status, 404);

  await db`update migrations.migration set number = -number`;
  assert.match(await (await ask("/health/ready")).text(), /migrations missing: 0001_jobs\.sql/);
  operations.drain();
  assert.equal((await ask("/health/ready")).status, 503);
});
